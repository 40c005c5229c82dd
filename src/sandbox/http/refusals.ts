import type { JsonObject } from '../json.ts';

/** A reply as a handler gives it; the server adds date, ids and length. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** Bytes instead of JSON. */
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(body: unknown, status = 200): Reply {
  return { status, body };
}

/** FastAPI's own errors have a text for `detail`. */
export function plainRefusal(status: number, detail: string, headers: Record<string, string> = {}): Reply {
  return { status, body: { detail }, headers };
}

/** One of FastAPI's complaints about a request. */
export interface ValidationIssue {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: JsonObject;
}

export function validationRefusal(issues: readonly ValidationIssue[]): Reply {
  return { status: 422, body: { detail: issues } };
}

/** The older envelope, which many routes still give. */
export function legacyRefusal(httpStatus: number, status: string, message: string): Reply {
  return { status: httpStatus, body: { detail: { status, message } } };
}

interface Envelope {
  readonly type: string;
  readonly code: string;
  readonly message: string;
  /** The older word for the same, which clients still read. */
  readonly status: string;
  readonly param?: string;
}

/** The current envelope. The server writes the request id into it. */
export function refusal(httpStatus: number, detail: Envelope, headers: Record<string, string> = {}): Reply {
  return { status: httpStatus, body: { detail: { ...detail, request_id: REQUEST_ID_PLACE } }, headers };
}

/** Stands where the id of the request belongs until the server knows it. */
export const REQUEST_ID_PLACE = '{request_id}';

export const refusals = {
  noKey: refusal(401, {
    type: 'authentication_error',
    code: 'missing_api_key',
    status: 'needs_authorization',
    message: 'Neither authorization header nor xi-api-key received, please provide one.',
  }),
  badKey: refusal(401, {
    type: 'authentication_error',
    code: 'unauthorized',
    status: 'invalid_api_key',
    message: 'Invalid API key',
  }),
  missingPermission: (permission: string) =>
    refusal(401, {
      type: 'authentication_error',
      code: 'unauthorized',
      status: 'missing_permissions',
      message: `The API key you used is missing the permission ${permission} to execute this operation.`,
    }),
  agentNotFound: (id: string) =>
    legacyRefusal(404, 'document_not_found', `Document with id ${id} not found.`),
  lineNotFound: (id: string) =>
    refusal(404, {
      type: 'not_found',
      code: 'phone_number_not_found',
      status: 'phone_number_not_found',
      message: `Phone number with id ${id} not found.`,
    }),
  conversationNotFound: (id: string) =>
    refusal(404, {
      type: 'not_found',
      code: 'conversation_not_found',
      status: 'conversation_history_not_found',
      message: `Conversation with id ${id} not found.`,
    }),
  webhookNotFound: (id: string) =>
    legacyRefusal(404, 'webhook_not_found', `Webhook with id ${id} not found.`),
  wrongProvider: (number: string, provider: string) =>
    legacyRefusal(
      400,
      'invalid_provider_config',
      `We are missing some ${provider} credentials for the number ${number}.`,
    ),
  invalidParameters: (param: string, message: string) =>
    refusal(400, {
      type: 'validation_error',
      code: 'invalid_parameters',
      status: 'invalid_parameters',
      message,
      param,
    }),
  tooManyCalls: (current: number, maximum: number) =>
    refusal(
      429,
      {
        type: 'rate_limit_error',
        code: 'concurrent_limit_exceeded',
        status: 'too_many_concurrent_requests',
        message: `Too many concurrent requests. Your current subscription is associated with a maximum of ${maximum} concurrent conversations (running: ${current}).`,
      },
      { 'current-concurrent-requests': String(current), 'maximum-concurrent-requests': String(maximum) },
    ),
  noCredits: (needed: number, left: number) =>
    refusal(402, {
      type: 'payment_required',
      code: 'insufficient_credits',
      status: 'quota_exceeded',
      message: `This request exceeds your quota. You have ${left} credits remaining, while ${needed} credits are required for this request.`,
    }),
  tooLarge: refusal(400, {
    type: 'invalid_request',
    code: 'request_too_large',
    status: 'request_too_large',
    message: 'The request body is too large.',
  }),
} as const;
