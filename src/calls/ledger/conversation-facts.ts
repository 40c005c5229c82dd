import { createHash } from 'node:crypto';
import type { Conversation } from '../../wire/elevenlabs/conversation.ts';
import { attemptVariable } from '../call-request.ts';
import { type OutcomeKind, outcomeOf } from '../outcome.ts';
import { type Amount, readAmount } from './amount.ts';
import type { CarrierFacts } from './carrier-facts.ts';

/** What the ledger keeps of a conversation: a month of them fits into memory, their transcripts would not. */
export interface ConversationFacts {
  readonly id: string;
  readonly agentId: string;
  /** When it was started, in milliseconds since 1970. */
  readonly atMs: number;
  readonly from: string;
  readonly to: string;
  readonly callSid: string | undefined;
  readonly sipCallId: string | undefined;
  /** The attempt id that it was started with. */
  readonly attempt: string | undefined;
  readonly userId: string | undefined;
  /** A hash of agent and variables: conversations with the same one were started for the same purpose. */
  readonly purpose: string;
  readonly outcome: OutcomeKind;
  /** How it ended, in a sentence. */
  readonly sentence: string;
  /** Something picked up, as far as provider and carrier tell. */
  readonly connected: boolean;
  /** Time was counted or the callee said something: agent and callee were in one conversation. */
  readonly talked: boolean;
  readonly doneAndSuccess: boolean;
  readonly credits: number;
  readonly dollars: Amount | undefined;
}

/** The facts of an outbound telephone conversation; `undefined` for an inbound one, a chat or a web call. */
export function conversationFacts(
  conversation: Conversation,
  carrierCall?: CarrierFacts,
): ConversationFacts | undefined {
  const { metadata } = conversation;
  const phone = metadata.phone_call;
  if (!phone || phone.direction === 'inbound') return undefined;
  const outcome = outcomeOf(conversation, carrierCall && asSeenByOutcome(carrierCall));
  const started = conversation.conversation_initiation_client_data;
  const attempt = started?.dynamic_variables?.[attemptVariable];
  const spoke = conversation.transcript.some(
    (turn) => turn.role === 'user' && (turn.message ?? '').trim() !== '',
  );
  const sip = phone.type === 'sip_trunking';
  return {
    id: conversation.conversation_id,
    agentId: conversation.agent_id,
    atMs: (metadata.start_time_unix_secs ?? Number.NaN) * 1000,
    from: phone.agent_number ?? '',
    to: phone.external_number ?? '',
    callSid: sip ? undefined : (phone.call_sid ?? undefined),
    sipCallId: sip ? (phone.call_id ?? phone.call_sid ?? undefined) : undefined,
    attempt: typeof attempt === 'string' ? attempt : undefined,
    userId: started?.user_id ?? conversation.user_id ?? undefined,
    purpose: purposeOf(conversation),
    outcome: outcome.kind,
    sentence: outcome.sentence,
    connected: outcome.connected,
    talked: (metadata.call_duration_secs ?? 0) > 0 || spoke,
    doneAndSuccess: conversation.status === 'done' && conversation.analysis?.call_successful === 'success',
    credits: metadata.cost ?? 0,
    dollars: readAmount(metadata.cost_fiat, 'USD'),
  };
}

/** Attempt id and the provider's own variables differ from dial to dial, whatever the call is for. */
function purposeOf({ agent_id, conversation_initiation_client_data: started }: Conversation): string {
  const variables = Object.entries(started?.dynamic_variables ?? {})
    .filter(([name]) => name !== attemptVariable && !name.startsWith('system__'))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return createHash('sha256')
    .update(JSON.stringify([agent_id, variables]))
    .digest('base64url')
    .slice(0, 22);
}

function asSeenByOutcome({ sid, status, duration, answeredBy }: CarrierFacts) {
  return { sid, status, duration, answered_by: answeredBy };
}
