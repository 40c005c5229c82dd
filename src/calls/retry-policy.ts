import type { Outcome, OutcomeKind } from './outcome.ts';

/** Outcomes after which the same person may be phoned again. */
export const retriedOutcomes = ['no-answer', 'busy', 'voicemail', 'declined', 'failed'] as const;
export type RetriedOutcome = (typeof retriedOutcomes)[number];

/** How often and when a call is tried again, for each outcome, as data. */
export type RetryPolicy = Readonly<Record<RetriedOutcome, RetryRule>>;

export interface RetryRule {
  /** Minutes to wait after the first, the second… attempt; the last one repeats. */
  readonly delaysMinutes: readonly number[];
  /** Attempts of the whole call, the first one included. 1 means: never again after this outcome. */
  readonly maxAttempts: number;
}

const byDefault: RetryRule = { delaysMinutes: [30, 60, 120], maxAttempts: 3 };

export const defaultRetryPolicy: RetryPolicy = {
  'no-answer': byDefault,
  busy: byDefault,
  voicemail: byDefault,
  declined: byDefault,
  failed: byDefault,
};

/**
 * When the next attempt is due (milliseconds since 1970) after attempt number `made` ended; `undefined` when there is none. What an
 * outcome calls not retryable (a wrong number, a config to mend, somebody who was reached) is final, whatever the table says.
 */
export function nextAttemptMs(
  policy: RetryPolicy,
  outcome: Pick<Outcome, 'kind' | 'retryable'>,
  made: number,
  atMs: number,
): number | undefined {
  if (!outcome.retryable || !isRetried(outcome.kind)) return undefined;
  const { delaysMinutes, maxAttempts } = policy[outcome.kind];
  const delay = delaysMinutes[Math.min(made, delaysMinutes.length) - 1];
  if (made >= maxAttempts || delay === undefined) return undefined;
  return atMs + delay * 60_000;
}

function isRetried(kind: OutcomeKind): kind is RetriedOutcome {
  return (retriedOutcomes as readonly string[]).includes(kind);
}
