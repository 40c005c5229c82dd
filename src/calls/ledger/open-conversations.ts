import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import type { VoiceProvider } from '../ports.ts';
import type { CarrierFacts } from './carrier-facts.ts';
import { type ConversationFacts, conversationFacts } from './conversation-facts.ts';
import { readPatiently } from './read-patiently.ts';

const AT_ONCE = 8;
/** After so many the caller hears how far it is. */
const PROGRESS_EVERY = 64;
/** More conversations that cannot be read than this are no accident. */
const MOST_UNREADABLE = 50;

/** A conversation that the provider's list or an attempt of ours names. */
export interface NamedConversation {
  readonly id: string;
  readonly atMs: number;
  readonly listed: boolean;
}

export interface OpenedConversations {
  readonly done: number;
  readonly conversations: readonly ConversationFacts[];
  /** Those that could not be read, or went after they were listed. */
  readonly unread: readonly NamedConversation[];
}

/**
 * Opens conversations, eight at once, and keeps their facts: the list has neither number nor Call SID. Yields what it has after
 * every 64. Throws AppError for what will not pass, and when too many cannot be read.
 */
export async function* openConversations(
  world: { provider: Pick<VoiceProvider, 'conversation'>; clock: Clock; signal: AbortSignal },
  named: readonly NamedConversation[],
  carrierCalls: ReadonlyMap<string, CarrierFacts>,
): AsyncGenerator<OpenedConversations> {
  const { provider, clock, signal } = world;
  // By place, so that they stay in the order in which they are named.
  const found: (ConversationFacts | undefined)[] = [];
  const unread: NamedConversation[] = [];

  async function open(place: number, one: NamedConversation): Promise<void> {
    try {
      const opened = await readPatiently(clock, signal, () => provider.conversation(one.id, signal));
      if (!opened && one.listed) unread.push(one);
      if (!opened) return;
      const facts = conversationFacts(opened, carrierCalls.get(opened.metadata.phone_call?.call_sid ?? ''));
      if (facts) found[place] = Number.isNaN(facts.atMs) ? { ...facts, atMs: one.atMs } : facts;
    } catch (error) {
      if (!(error instanceof AppError) || !error.retryable || signal.aborted) throw error;
      if (unread.length >= MOST_UNREADABLE) throw error;
      unread.push(one);
    }
  }

  for (let from = 0; from < named.length; from += PROGRESS_EVERY) {
    const waiting = named.slice(from, from + PROGRESS_EVERY).entries();
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (const [place, one] of waiting) await open(from + place, one);
    });
    await Promise.all(workers);
    const conversations = found.filter((one) => one !== undefined);
    yield { done: Math.min(from + PROGRESS_EVERY, named.length), conversations, unread };
  }
}
