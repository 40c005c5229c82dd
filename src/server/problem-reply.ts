import type { Problem } from '../api/problem.ts';
import { type ProblemCode, problemCodes } from '../api/problem-codes.ts';
import { AppError } from '../kernel/errors.ts';
import type { FailureExplanation } from '../kernel/failure-explanation.ts';
import type { ServerDeps } from './deps.ts';
import { Refused } from './refused.ts';

/**
 * What was thrown as problem+json (RFC 9457). An AppError and a Refused say what happened; anything else is a bug, of which the reply
 * says no more than the id under which the log has it.
 */
export async function problemReply(
  error: unknown,
  requestId: string,
  { log, explainFailure }: Pick<ServerDeps, 'log' | 'explainFailure'>,
): Promise<Response> {
  if (error instanceof Refused) {
    const { hint, errors, findings, headers } = error.facts;
    return reply(error.code, error.message, requestId, { hint, errors, findings }, headers);
  }
  if (error instanceof AppError) {
    if (problemCodes[error.code].status >= 500)
      log.warn({ requestId, code: error.code, err: error }, 'request failed');
    const retry: Record<string, string> = error.retryable ? { 'Retry-After': '5' } : {};
    const explanation = error.exchange && (await explainFailure?.(error.exchange));
    return reply(error.code, error.message, requestId, { hint: error.hint, explanation }, retry);
  }
  log.error({ requestId, err: error }, 'a bug ended a request');
  return reply(
    'internal',
    'Donna failed at this request. It is a mistake in Donna, not in the request.',
    requestId,
    {
      hint: 'Look for the request id in the log of the server.',
    },
  );
}

function reply(
  code: ProblemCode,
  detail: string,
  requestId: string,
  facts: {
    readonly hint?: string | undefined;
    readonly errors?: readonly unknown[] | undefined;
    readonly findings?: readonly unknown[] | undefined;
    readonly explanation?: FailureExplanation | undefined;
  },
  headers: Readonly<Record<string, string>> = {},
): Response {
  const { status, title } = problemCodes[code];
  const body = { type: `urn:donna:problem:${code}`, title, status, code, detail, ...facts, requestId };
  return new Response(JSON.stringify(body satisfies { [Name in keyof Problem]?: unknown }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}
