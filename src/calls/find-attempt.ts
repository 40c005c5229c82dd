import { type Clock, sleep } from '../kernel/clock.ts';
import type { AttemptEntry, CallIds, CarrierRecords, VoiceProvider } from './ports.ts';
import { reconcileAttempt } from './reconcile.ts';

/** How long an unknown reply is looked into before the caller is told. */
const RECONCILE_FOR_MS = 30_000;
const RECONCILE_EVERY_MS = 2_000;

/** Looks for an attempt whose reply is not known until it is found or 30 s are over. Adopts by its id alone. */
export async function findAttempt(
  world: { provider: VoiceProvider; carrier?: CarrierRecords | undefined; clock: Clock },
  dialing: Extract<AttemptEntry, { kind: 'dialing' }>,
): Promise<CallIds | undefined> {
  const { clock } = world;
  const record = { attempt: dialing.attempt, dialing, state: 'unknown', ids: {}, note: undefined } as const;
  const until = clock.monotonic() + RECONCILE_FOR_MS;
  // A provider that does not answer would otherwise hold the caller for many timeouts.
  const over = new AbortController();
  const tooLate = sleep(clock, RECONCILE_FOR_MS, over.signal).then(() => undefined);
  try {
    for (;;) {
      const looked = await Promise.race([reconcileAttempt(world, record), tooLate]);
      if (looked?.kind === 'found') return looked.ids;
      if (!looked || clock.monotonic() + RECONCILE_EVERY_MS > until) return undefined;
      await sleep(clock, RECONCILE_EVERY_MS);
    }
  } finally {
    over.abort();
  }
}
