import type { SandboxWebhook } from '../state.ts';
import type { Delivery } from './delivery.ts';

/** What came of one attempt: the receiver's status, or that none came. */
export type AttemptOutcome =
  | { readonly status: number }
  | { readonly failure: string; readonly timedOut: boolean };

// After the first, second, third and fourth attempt. The provider adds up to a tenth by chance; the sandbox does not.
const RETRY_AFTER_MS = [30_000, 120_000, 480_000, 1_800_000] as const;
const FAILURES_TO_DISABLE = 10;
const SEVEN_DAYS_SECS = 7 * 86_400;

export function wasDelivered(outcome: AttemptOutcome): boolean {
  return 'status' in outcome && outcome.status === 200;
}

/** When to try again, in milliseconds from now; `undefined` gives up. Only a transcript of a webhook that asked for retries is tried again. */
export function retryAfterMs(
  delivery: Pick<Delivery, 'type' | 'attempts'>,
  webhook: Pick<SandboxWebhook, 'retry_enabled'>,
  outcome: AttemptOutcome,
): number | undefined {
  if (!webhook.retry_enabled || delivery.type !== 'post_call_transcription') return undefined;
  const worthIt =
    'status' in outcome ? outcome.status >= 500 || [408, 429].includes(outcome.status) : outcome.timedOut;
  return worthIt ? RETRY_AFTER_MS[delivery.attempts - 1] : undefined;
}

/** The webhook after an attempt: ten failures in a row, with no success for seven days, switch it off. */
export function afterAttempt(
  webhook: SandboxWebhook,
  outcome: AttemptOutcome,
  nowSecs: number,
): SandboxWebhook {
  if (wasDelivered(outcome)) return { ...webhook, consecutive_failures: 0, last_success_timestamp: nowSecs };
  const failures = webhook.consecutive_failures + 1;
  const { last_success_timestamp: lastSuccess } = webhook;
  const stale = lastSuccess === null || nowSecs - lastSuccess > SEVEN_DAYS_SECS;
  return {
    ...webhook,
    consecutive_failures: failures,
    most_recent_failure_error_code: 'status' in outcome ? outcome.status : null,
    most_recent_failure_timestamp: nowSecs,
    is_auto_disabled: webhook.is_auto_disabled || (failures >= FAILURES_TO_DISABLE && stale),
  };
}
