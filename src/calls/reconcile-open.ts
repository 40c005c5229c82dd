import { type Clock, sleep } from '../kernel/clock.ts';
import { type AttemptRecord, attemptRecords } from './attempt-record.ts';
import type { AttemptJournal, CarrierRecords, VoiceProvider } from './ports.ts';
import { type Reconciliation, reconcileAttempt } from './reconcile.ts';

export interface OpenAttempt {
  readonly record: AttemptRecord;
  readonly looked: Reconciliation;
}

/** Attempts older than this are not looked up at each start; `donna calls show <attempt>` still does. */
const LOOK_BACK_MS = 7 * 24 * 3600_000;
const MOST = 20;
/** A new call does not wait longer than this for news of old ones. */
const LOOK_FOR_MS = 5_000;
/** Longer than connecting and waiting for a reply. */
const IN_FLIGHT_MS = 60_000;

/**
 * Looks for what the journal left open: attempts whose process died after the commit, or whose reply was lost. What is found
 * is adopted. What is not stays open, because absence now is no proof.
 */
export async function reconcileOpen(world: {
  provider: VoiceProvider;
  carrier?: CarrierRecords | undefined;
  journal: AttemptJournal;
  clock: Clock;
  account?: string | undefined;
}): Promise<OpenAttempt[]> {
  const now = world.clock.now();
  const open = attemptRecords(await world.journal.read())
    .filter((record) => isInDoubt(record) && now - Date.parse(record.dialing.at) < LOOK_BACK_MS)
    .filter(({ dialing }) => dialing.account === world.account)
    .slice(-MOST);
  const looked = await Promise.all(
    open.map(async (record) => {
      const looked = await withinTime(world.clock, reconcileAttempt(world, record));
      if (looked.kind === 'found') {
        await world.journal.append({
          kind: 'accepted',
          attempt: record.attempt,
          at: new Date(now).toISOString(),
          ...looked.ids,
        });
      }
      return { record, looked };
    }),
  );
  // Another process may be in the middle of that dial: no news of it is no news.
  const fresh = ({ record }: OpenAttempt) =>
    record.state === 'dialing' && now - Date.parse(record.dialing.at) < IN_FLIGHT_MS;
  return looked.filter((one) => one.looked.kind === 'found' || !fresh(one));
}

/** Neither followed nor over: unknown, committed by a process that may have died, or accepted without an id to follow. */
function isInDoubt({ state, ids }: AttemptRecord): boolean {
  if (state === 'accepted') return ids.conversationId === undefined;
  return state === 'dialing' || state === 'unknown';
}

async function withinTime(clock: Clock, looking: Promise<Reconciliation>): Promise<Reconciliation> {
  const done = new AbortController();
  const late = sleep(clock, LOOK_FOR_MS, done.signal).then(
    (): Reconciliation => ({ kind: 'could-not-look', why: `It took more than ${LOOK_FOR_MS / 1000} s.` }),
  );
  try {
    return await Promise.race([looking, late]);
  } finally {
    done.abort();
  }
}
