import { type AttemptRecord, attemptRecords, isOpen } from './attempt-record.ts';
import type { AttemptEntry } from './ports.ts';

/** Milliseconds within which the same call is taken for a slip, even when the first one is over. */
const SAME_CALL_WITHIN_MS = 60_000;

export interface Repetition {
  readonly earlier: AttemptRecord;
  readonly why: 'unfinished' | 'unknown' | 'just-now';
}

/**
 * An earlier attempt of the same call that speaks against dialling now. `before` limits the search to lines ahead of
 * an attempt of our own: of two processes that commit the same call at once, the first line in the journal goes.
 */
export function findRepetition(
  entries: readonly AttemptEntry[],
  call: { fingerprint: string; nowMs: number; before?: string },
): Repetition | undefined {
  const records = attemptRecords(entries);
  const own = call.before ? records.findIndex((record) => record.attempt === call.before) : -1;
  const earlier = (own === -1 ? records : records.slice(0, own))
    .filter((record) => record.dialing.fingerprint === call.fingerprint)
    .reverse();
  for (const record of earlier) {
    if (record.state === 'accepted') return { earlier: record, why: 'unfinished' };
    if (isOpen(record)) return { earlier: record, why: 'unknown' };
    // Whoever dialled this one again knew of those before it, and decided.
    if (record.dialing.again && record.state !== 'withdrawn') break;
  }
  const last = earlier.find((record) => record.state === 'ended');
  if (last && call.nowMs - Date.parse(last.dialing.at) < SAME_CALL_WITHIN_MS)
    return { earlier: last, why: 'just-now' };
  return undefined;
}
