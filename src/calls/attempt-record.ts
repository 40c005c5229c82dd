import type { AttemptEntry, CallIds } from './ports.ts';

/**
 * An attempt as its journal lines tell it.
 *
 * dialing: committed, the request may have left · accepted: the provider has it · unknown: nobody knows whether a
 * phone rang · withdrawn: put back before a byte was sent · not-placed: refused · ended: its outcome is known.
 * dialing (after a crash), accepted and unknown are open: a second dial of the same call must not follow them.
 */
export interface AttemptRecord {
  readonly attempt: string;
  readonly dialing: Extract<AttemptEntry, { kind: 'dialing' }>;
  readonly state: AttemptEntry['kind'];
  readonly ids: CallIds;
  /** Why it was not placed, is unknown, was withdrawn, or how it ended. */
  readonly note: string | undefined;
}

/** Folds the journal, oldest first. Lines about an attempt whose first line is lost are passed over. */
export function attemptRecords(entries: readonly AttemptEntry[]): AttemptRecord[] {
  const records = new Map<string, AttemptRecord>();
  for (const entry of entries) {
    if (entry.kind === 'dialing') {
      records.set(entry.attempt, {
        attempt: entry.attempt,
        dialing: entry,
        state: 'dialing',
        ids: {},
        note: undefined,
      });
      continue;
    }
    const record = records.get(entry.attempt);
    if (!record || isFinal(record)) continue;
    // Two processes may look for the same attempt: one that found it knows more than one that did not.
    if (record.state === 'accepted' && entry.kind !== 'accepted' && entry.kind !== 'ended') continue;
    records.set(entry.attempt, {
      ...record,
      state: entry.kind,
      note: noteOf(entry),
      ids: { ...record.ids, ...idsOf(entry) },
    });
  }
  return [...records.values()];
}

export function isOpen(record: AttemptRecord): boolean {
  return record.state === 'dialing' || record.state === 'accepted' || record.state === 'unknown';
}

function isFinal(record: AttemptRecord): boolean {
  return !isOpen(record);
}

function idsOf(entry: AttemptEntry): CallIds {
  if (entry.kind !== 'accepted' && entry.kind !== 'not-placed') return {};
  const { conversationId, callSid, sipCallId } = entry;
  return {
    ...(conversationId ? { conversationId } : {}),
    ...(callSid ? { callSid } : {}),
    ...(sipCallId ? { sipCallId } : {}),
  };
}

function noteOf(entry: AttemptEntry): string | undefined {
  if (entry.kind === 'unknown' || entry.kind === 'withdrawn') return entry.why;
  if (entry.kind === 'not-placed') return entry.code;
  return entry.kind === 'ended' ? entry.outcome : undefined;
}
