import type { ErrorCode } from './error-codes.ts';

/** The exchange that failed, as far as it may be shown: no key, no Authorization header. */
export interface FailedExchange {
  readonly method: string;
  /** Path and query, without host. */
  readonly path: string;
  readonly status?: number;
  readonly requestId?: string;
  /** The provider's own words: the body as parsed JSON, or the first 2,000 characters of text. */
  readonly body?: unknown;
}

interface AppErrorFacts {
  /** The next step, in a sentence. */
  readonly hint?: string | undefined;
  readonly retryable?: boolean | undefined;
  readonly exchange?: FailedExchange | undefined;
  readonly cause?: unknown;
}

/**
 * What Donna refuses or could not do, and what to do about it. The one class that doors render: HTTP as
 * problem+json, the CLI as a line, a hint and an exit code. Anything else that is thrown is a bug.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly exchange: FailedExchange | undefined;

  constructor(code: ErrorCode, message: string, facts: AppErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.hint = facts.hint;
    this.retryable = facts.retryable ?? false;
    this.exchange = facts.exchange;
  }
}
