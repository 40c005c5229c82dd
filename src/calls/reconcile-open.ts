import type { Clock } from '../kernel/clock.ts';
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

/**
 * Looks for what the journal left open: attempts whose process died after the commit, or whose reply was lost. What is found
 * is adopted. What is not stays open, because absence now is no proof.
 */
export async function reconcileOpen(world: {
  provider: VoiceProvider;
  carrier?: CarrierRecords | undefined;
  journal: AttemptJournal;
  clock: Clock;
}): Promise<OpenAttempt[]> {
  const now = world.clock.now();
  const open = attemptRecords(await world.journal.read())
    .filter(
      ({ state, dialing }) =>
        (state === 'dialing' || state === 'unknown') && now - Date.parse(dialing.at) < LOOK_BACK_MS,
    )
    .slice(-MOST);
  return Promise.all(
    open.map(async (record) => {
      const looked = await reconcileAttempt(world, record);
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
}
