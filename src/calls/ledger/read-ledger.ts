import type { Clock } from '../../kernel/clock.ts';
import type { AttemptRecord } from '../attempt-record.ts';
import { type Line, plainNumber } from '../line.ts';
import type { VoiceProvider } from '../ports.ts';
import { type CarrierFacts, carrierFacts } from './carrier-facts.ts';
import type { ConversationFacts } from './conversation-facts.ts';
import { eachPage } from './each-page.ts';
import { judgeLedger, type Ledger } from './judge-ledger.ts';
import { type NamedConversation, openConversations } from './open-conversations.ts';
import type { AttemptSource, CarrierPages, ConversationPages } from './ports.ts';
import { readPatiently } from './read-patiently.ts';
import { readRetention } from './retention.ts';

export interface LedgerParts {
  readonly provider: Pick<VoiceProvider, 'lines' | 'conversation' | 'agents' | 'agent'>;
  readonly conversationPages: ConversationPages;
  /** `undefined` without the carrier's credentials. */
  readonly carrierPages: CarrierPages | undefined;
  readonly attemptSource: AttemptSource;
  readonly clock: Clock;
}

export interface LedgerRequest {
  readonly since: Date;
  /** One line alone, one of the account's. */
  readonly line?: Line | undefined;
  readonly agentId?: string | undefined;
}

export type LedgerEvent =
  | { readonly kind: 'carrier-calls'; readonly read: number }
  | { readonly kind: 'listed'; readonly conversations: number }
  | { readonly kind: 'opened'; readonly done: number; readonly of: number }
  | { readonly kind: 'ledger'; readonly ledger: Ledger };

/** Records of one call may lie on both sides of the beginning: so much is read before it, and not told. */
const MARGIN_MS = 3600_000;

/**
 * Reads the three books of a period and lays them side by side. Only reads: it changes nothing anywhere. Throws AppError when a
 * book cannot be read; aborts with the signal, after which it yields no ledger.
 */
export function createReadLedger(parts: LedgerParts) {
  return async function* readLedger(
    request: LedgerRequest,
    signal: AbortSignal,
  ): AsyncGenerator<LedgerEvent> {
    try {
      yield* read(parts, request, signal);
    } catch (error) {
      // What an aborted request throws is only that.
      if (!signal.aborted) throw error;
    }
  };
}

async function* read(
  parts: LedgerParts,
  request: LedgerRequest,
  signal: AbortSignal,
): AsyncGenerator<LedgerEvent> {
  const { provider, clock } = parts;
  const startedAfter = new Date(request.since.getTime() - MARGIN_MS);
  const patiently = <T>(task: () => Promise<T>) => readPatiently(clock, signal, task);
  const lines = await patiently(() => provider.lines());
  const retentions = await readRetention(provider, patiently);
  const attempts = attemptsOf(await parts.attemptSource.attempts(startedAfter), request);

  // Before the conversations: how each of them ended is judged with the carrier's word.
  const carrierCalls = new Map<string, CarrierFacts>();
  if (parts.carrierPages) {
    const from = request.line && plainNumber(request.line);
    const { carrierPages } = parts;
    const ask = (after?: string) => patiently(() => carrierPages.page({ startedAfter, from }, after, signal));
    for await (const page of eachPage(ask)) {
      // A page that moves on while it is read brings a call twice.
      for (const call of page)
        if (call.direction !== 'inbound') carrierCalls.set(call.sid, carrierFacts(call));
      yield { kind: 'carrier-calls', read: carrierCalls.size };
    }
  }

  const named = new Map<string, NamedConversation>();
  const { agentId } = request;
  const ask = (after?: string) =>
    patiently(() => parts.conversationPages.page({ startedAfter, agentId }, after, signal));
  for await (const page of eachPage(ask)) {
    for (const one of page) {
      if (one.direction === 'inbound') continue;
      const atMs = (one.start_time_unix_secs ?? Number.NaN) * 1000;
      named.set(one.conversation_id, { id: one.conversation_id, atMs, listed: true });
    }
    yield { kind: 'listed', conversations: named.size };
  }
  // The list may lag behind: what an attempt names is asked for by its id before it counts as missing.
  for (const { ids, dialing } of attempts) {
    const id = ids.conversationId;
    if (id && !named.has(id)) named.set(id, { id, atMs: Date.parse(dialing.at), listed: false });
  }

  let conversations: readonly ConversationFacts[] = [];
  let unread: readonly NamedConversation[] = [];
  // Oldest first: of two calls of one second the later one is the repetition.
  const listed = [...named.values()].reverse();
  for await (const opened of openConversations({ provider, clock, signal }, listed, carrierCalls)) {
    ({ conversations, unread } = opened);
    yield { kind: 'opened', done: opened.done, of: listed.length };
  }
  if (signal.aborted) return;
  const records = {
    conversations: conversations.filter((one) => isOfLine(one.from, request.line)),
    carrierCalls: [...carrierCalls.values()],
    attempts,
  };
  const hasCarrier = parts.carrierPages !== undefined;
  const ledger = judgeLedger(records, { request, lines, retentions, unread, hasCarrier, nowMs: clock.now() });
  yield { kind: 'ledger', ledger };
}

function attemptsOf(
  attempts: readonly AttemptRecord[],
  { line, agentId }: LedgerRequest,
): readonly AttemptRecord[] {
  return attempts.filter(
    ({ dialing }) =>
      (agentId === undefined || dialing.agentId === agentId) && isOfLine(dialing.lineNumber, line),
  );
}

function isOfLine(number: string, line: Line | undefined): boolean {
  return line === undefined || plainNumber({ number }) === plainNumber(line);
}
