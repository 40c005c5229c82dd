import * as z from 'zod';

/** One fault that the provider found in a request: where, in its own words. `loc` starts with body, query or path. */
export interface ErrorIssue {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type?: string;
}

/**
 * An error body, whatever its shape.
 *
 * - `envelope`: `detail` is an object with `type` and `code`, the form of today (written documentation, seen live);
 * - `legacy`: `detail` is an object with `status` or `message` alone, still sent by many routes (seen live);
 * - `validation`: `detail` is a list of issues, the form of FastAPI for a 422 (document, HTTPValidationError);
 * - `text`: `detail` is a sentence, the form of FastAPI for an unknown path or method (405 unverified);
 * - `foreign`: none of these. The answer comes from something between us and the provider, and says nothing about
 *   whether the provider acted.
 */
export interface ErrorBody {
  readonly shape: 'envelope' | 'legacy' | 'validation' | 'text' | 'foreign';
  /** Such as `authentication_error`. */
  readonly type?: string;
  /** Such as `invalid_api_key`. */
  readonly code?: string;
  /** The older word for the code, such as `missing_permissions`; some envelopes carry both. */
  readonly status?: string;
  /** A sentence; empty when a foreign body has none. */
  readonly message: string;
  /** The field at fault. */
  readonly param?: string;
  readonly requestId?: string;
  /** Only in `validation`. */
  readonly issues?: readonly ErrorIssue[];
}

// A field of another type than expected is left out, so that a slip of the provider does not hide its message.
const text = z.string().optional().catch(undefined);

const detailObject = z.looseObject({
  type: text,
  code: text,
  status: text,
  message: text,
  param: text,
  request_id: text,
});

const issue = z.looseObject({
  loc: z.array(z.union([z.string(), z.number()])),
  msg: z.string(),
  type: text,
});

const withDetail = z.looseObject({
  detail: z.union([z.string(), z.array(issue).min(1), detailObject]),
});

const longestForeignText = 300;

/** Reads the parsed JSON, or the text, of an answer that is not 2xx. Never throws. */
export function readErrorBody(body: unknown): ErrorBody {
  const parsed = withDetail.safeParse(body);
  if (!parsed.success) return foreign(body);
  const { detail } = parsed.data;
  if (typeof detail === 'string') return { shape: 'text', message: detail };
  if (Array.isArray(detail)) return validation(detail);
  const { type, code, status, message, param, request_id: requestId } = detail;
  if (message === undefined && status === undefined && code === undefined) return foreign(body);
  return {
    shape: type !== undefined && code !== undefined ? 'envelope' : 'legacy',
    message: message ?? status ?? code ?? '',
    ...(type === undefined ? {} : { type }),
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    ...(param === undefined ? {} : { param }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function validation(found: readonly z.output<typeof issue>[]): ErrorBody {
  const issues = found.map(({ loc, msg, type }) => ({ loc, msg, ...(type === undefined ? {} : { type }) }));
  return {
    shape: 'validation',
    message: issues.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; '),
    issues,
  };
}

function foreign(body: unknown): ErrorBody {
  const message = typeof body === 'string' ? body.trim().slice(0, longestForeignText) : '';
  return { shape: 'foreign', message };
}
