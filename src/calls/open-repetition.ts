import type { Clock } from '../kernel/clock.ts';
import type { AttemptJournal, VoiceProvider } from './ports.ts';
import { findRepetition, type Repetition } from './repetition.ts';

/**
 * From when on a conversation that cannot be read counts as over: longer than ring, longest conversation and processing
 * together. Before that it may run in a workspace that keeps nothing.
 */
const GONE_AFTER_MS = 3600_000;

/** An earlier attempt of the same call; one that the provider has since ended is closed in the journal and does not count. */
export async function openRepetition(
  world: { provider: VoiceProvider; journal: AttemptJournal; clock: Clock },
  fingerprint: string,
): Promise<Repetition | undefined> {
  const { provider, journal, clock } = world;
  for (;;) {
    const repetition = findRepetition(await journal.read(), { fingerprint, nowMs: clock.now() });
    const { earlier } = repetition ?? {};
    const id = earlier?.ids.conversationId;
    if (!earlier || repetition?.why !== 'unfinished' || id === undefined) return repetition;
    const status = (await provider.conversation(id))?.status ?? 'gone';
    const gone = status === 'gone' && clock.now() - Date.parse(earlier.dialing.at) > GONE_AFTER_MS;
    if (status !== 'done' && status !== 'failed' && !gone) return repetition;
    const at = new Date(clock.now()).toISOString();
    await journal.append({ kind: 'ended', attempt: earlier.attempt, outcome: status, at });
  }
}
