import { type AttemptRecord, attemptRecords, isOpen } from './attempt-record.ts';
import type { AttemptEntry } from './ports.ts';

/** What speaks against dialling now: "the same call …". */
export const repetitionWords = {
  unfinished: 'is not over yet',
  unknown: 'may have been placed: its reply was lost',
  'just-now': 'was placed less than a minute ago',
} as const satisfies Record<Repetition['why'], string>;

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
  // Whoever had this call dialled again knew of the unknown ones before it, and decided. One that the provider accepted
  // still counts: it can be asked about.
  let decided = false;
  for (const record of earlier) {
    const { state, ids } = record;
    if (state === 'accepted' && (ids.conversationId || !decided))
      return { earlier: record, why: 'unfinished' };
    if (isOpen(record) && !decided) return { earlier: record, why: 'unknown' };
    decided ||= record.dialing.again && state === 'ended';
  }
  const last = earlier.find((record) => record.state === 'ended');
  // Either way, since the machine's clock may have been set back meanwhile.
  if (last && Math.abs(call.nowMs - Date.parse(last.dialing.at)) < SAME_CALL_WITHIN_MS)
    return { earlier: last, why: 'just-now' };
  return undefined;
}
