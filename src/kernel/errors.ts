import type { ErrorCode } from './error-codes.ts';
import type { FailureExplanation } from './failure-explanation.ts';

/** The exchange that failed, as far as it may be shown: no key, no Authorization header. */
export interface FailedExchange {
  readonly method: string;
  /** Path and query, without host. */
  readonly path: string;
  readonly status?: number;
  readonly requestId?: string;
  /** The provider's own words: the body as parsed JSON, or the first 2,000 characters of text. */
  readonly body?: unknown;
  /** What was sent, of a request that ended in a 4xx. Not enumerable (`withSent`): it goes into no log, file or reply. */
  readonly sent?: SentExchange;
}

/** A request as it left, without the values of its headers. It may hold numbers of people and variables. */
export interface SentExchange {
  /** Whose API it was meant for. */
  readonly provider: string;
  /** As configured; it may have a path of its own. */
  readonly baseUrl: string;
  readonly url: string;
  readonly headerNames: readonly string[];
  readonly encoding: 'json' | 'form';
  readonly body?: unknown;
}

/** The exchange with what was sent, where only code that asks for it finds it. */
export function withSent(exchange: FailedExchange, sent: SentExchange): FailedExchange {
  return Object.defineProperty({ ...exchange }, 'sent', { value: sent, enumerable: false });
}

interface AppErrorFacts {
  /** The next step, in a sentence. */
  readonly hint?: string | undefined;
  readonly retryable?: boolean | undefined;
  readonly exchange?: FailedExchange | undefined;
  /** Where it was explained already, by the server that Donna asked. */
  readonly explanation?: FailureExplanation | undefined;
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
  readonly explanation: FailureExplanation | undefined;

  constructor(code: ErrorCode, message: string, facts: AppErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.hint = facts.hint;
    this.retryable = facts.retryable ?? false;
    this.exchange = facts.exchange;
    this.explanation = facts.explanation;
  }
}
