import type { AttemptRecord } from '../attempt-record.ts';
import { isFinalCarrierStatus } from '../final-status.ts';
import { type Amount, sumAmounts } from './amount.ts';
import type { CarrierFacts } from './carrier-facts.ts';
import type { ConversationFacts } from './conversation-facts.ts';

/**
 * One call as the three books have it: at least one column is there. Two entries with the same attempt are two calls that
 * one attempt became.
 */
export interface Entry {
  readonly conversation: ConversationFacts | undefined;
  readonly carrierCall: CarrierFacts | undefined;
  readonly attempt: AttemptRecord | undefined;
  /** Whether a column was joined by its ids, or by number and time because it has none. */
  readonly joinedBy: 'ids' | 'time';
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** The line's number. */
  readonly from: string;
  readonly to: string;
  readonly agentId: string | undefined;
  readonly cost: Cost;
}

export interface Cost {
  readonly credits: number;
  /** What ElevenLabs states its credits are worth. */
  readonly dollars: Amount | undefined;
  /** What the carrier charges, with the legs that the call dialled; a sum for each currency. */
  readonly carrier: readonly Amount[];
}

export function costOf(
  conversation: ConversationFacts | undefined,
  carrierCalls: readonly (CarrierFacts | undefined)[],
): Cost {
  return {
    credits: conversation?.credits ?? 0,
    dollars: conversation?.dollars,
    carrier: sumAmounts(carrierCalls.map((call) => call?.price)),
  };
}

export function sumCosts(entries: readonly Entry[]): Cost {
  const [dollars] = sumAmounts(entries.map(({ cost }) => cost.dollars));
  return {
    credits: entries.reduce((sum, { cost }) => sum + cost.credits, 0),
    dollars,
    carrier: sumAmounts(entries.flatMap(({ cost }) => cost.carrier)),
  };
}

/** The call is over, as far as its records tell. */
export function isOver({ conversation, carrierCall }: Entry): boolean {
  if (conversation) return conversation.outcome !== 'unknown';
  return carrierCall === undefined || isFinalCarrierStatus(carrierCall.status);
}

/** Agent and callee never were in one conversation: nothing picked up, or it ended before its first word. */
export function neverConnected({ conversation, carrierCall }: Entry): boolean {
  if (conversation) {
    const { outcome, connected, talked } = conversation;
    if (outcome === 'unknown' || outcome === 'answered' || outcome === 'voicemail') return false;
    return !connected || (outcome === 'failed' && !talked);
  }
  return carrierCall !== undefined && isFinalCarrierStatus(carrierCall.status) && !pickedUp(carrierCall);
}

/** A phone may have rung: neither the provider nor the carrier refused the dial. */
export function mayHaveRung({ conversation, carrierCall }: Entry): boolean {
  if (carrierCall) return carrierCall.status !== 'failed';
  if (!conversation) return false;
  return conversation.outcome !== 'failed' || conversation.connected;
}

function pickedUp({ status }: CarrierFacts): boolean {
  return status === 'completed' || status === 'in-progress';
}
