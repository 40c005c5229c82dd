import type { Fault, Problem } from '../api/problem.ts';
import type { ProblemCode } from '../api/problem-codes.ts';

interface ApiErrorFacts {
  readonly status: number;
  readonly hint?: string | undefined;
  readonly errors?: readonly Fault[] | undefined;
  readonly findings?: Problem['findings'];
  readonly explanation?: Problem['explanation'];
  readonly requestId?: string | undefined;
  readonly retryAfterSecs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * What the server refused, by its problem+json. Tell refusals apart by `code`. `unreachable`: no answer came, and whether the request was
 * worked on is not known (a call is safe to send again with the same idempotency key). `unreadable`: the answer is not Donna's.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ProblemCode | 'unreachable' | 'unreadable';
  /** HTTP status; 0 where none came. */
  readonly status: number;
  readonly hint: string | undefined;
  readonly errors: readonly Fault[];
  readonly findings: NonNullable<Problem['findings']>;
  /** Why a provider refused a request of the server’s, where that is what happened. */
  readonly explanation: Problem['explanation'];
  readonly requestId: string | undefined;
  /** Seconds after which the server wants to be asked again. */
  readonly retryAfterSecs: number | undefined;

  constructor(code: ApiError['code'], message: string, facts: ApiErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.status = facts.status;
    this.hint = facts.hint;
    this.errors = facts.errors ?? [];
    this.findings = facts.findings ?? [];
    this.explanation = facts.explanation;
    this.requestId = facts.requestId;
    this.retryAfterSecs = facts.retryAfterSecs;
  }
}
