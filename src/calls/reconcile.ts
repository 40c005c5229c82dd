import { AppError } from '../kernel/errors.ts';
import type { Conversation } from '../wire/elevenlabs/conversation.ts';
import type { AttemptRecord } from './attempt-record.ts';
import { attemptVariable } from './call-request.ts';
import type { CallIds, CarrierRecords, VoiceProvider } from './ports.ts';

/** What a look at the provider's and the carrier's records says of an attempt whose reply is not known. */
export type Reconciliation =
  /** It was placed: the conversation carries the attempt's id. */
  | { readonly kind: 'found'; readonly ids: CallIds }
  /** The carrier rang that number from that line at that time, and no conversation tells whose call it was. */
  | { readonly kind: 'carrier-only'; readonly callSid: string }
  /** Neither knows it now. That is not yet a proof: records may come late. */
  | { readonly kind: 'not-found' }
  | { readonly kind: 'could-not-look'; readonly why: string };

/** Clocks of two machines differ, and a conversation may be dated by its creation. */
const CLOCK_SLACK_MS = 60_000;
/** How many conversations are opened when the attempt's own user id was not used. Where there are more, absence is not proven. */
const MAX_OPENED = 100;

/**
 * Looks once for an attempt among the provider's conversations, by the user id when it carries its own, otherwise by opening the
 * agent's conversations since it began. Never adopts a conversation that does not carry the attempt's id.
 */
export async function reconcileAttempt(
  world: { provider: VoiceProvider; carrier?: CarrierRecords | undefined },
  record: AttemptRecord,
): Promise<Reconciliation> {
  const { dialing, attempt } = record;
  const since = new Date(Date.parse(dialing.at) - CLOCK_SLACK_MS);
  try {
    const candidates = await world.provider.conversations({
      agentId: dialing.agentId,
      ...(dialing.userId === '' ? {} : { userId: dialing.userId }),
      // The attempt's own id says enough, and holds where this machine's clock is wrong.
      ...(dialing.userId === attempt ? {} : { startedAfterSecs: Math.floor(since.getTime() / 1000) }),
      limit: MAX_OPENED,
    });
    let unread = 0;
    for (const candidate of candidates) {
      const conversation = await world.provider.conversation(candidate.conversation_id);
      if (!conversation) unread++;
      if (conversation && carriedAttempt(conversation) === attempt)
        return { kind: 'found', ids: idsOf(conversation) };
    }
    const calls = await world.carrier?.calls({
      to: dialing.to,
      from: dialing.lineNumber,
      startedAfter: since,
    });
    const call = calls?.[0];
    if (call) return { kind: 'carrier-only', callSid: call.sid };
    if (unread > 0) {
      // The list may be ahead of the records, and a workspace may keep none: either could be the call.
      const why = `${unread} conversations that the provider lists cannot be read, and the call could be among them.`;
      return { kind: 'could-not-look', why };
    }
    if (candidates.length >= MAX_OPENED) {
      const why = `The agent has more than ${MAX_OPENED} conversations since then, and the call could be among those not opened.`;
      return { kind: 'could-not-look', why };
    }
    return { kind: 'not-found' };
  } catch (error) {
    if (error instanceof AppError) return { kind: 'could-not-look', why: error.message };
    throw error;
  }
}

/** The attempt id that a conversation was started with. */
function carriedAttempt(conversation: Conversation): unknown {
  const started = conversation.conversation_initiation_client_data;
  return started?.dynamic_variables?.[attemptVariable] ?? started?.user_id ?? conversation.user_id;
}

function idsOf(conversation: Conversation): CallIds {
  const phone = conversation.metadata.phone_call;
  return {
    conversationId: conversation.conversation_id,
    ...(phone?.type === 'sip_trunking'
      ? { sipCallId: phone.call_id ?? phone.call_sid ?? undefined }
      : { callSid: phone?.call_sid ?? undefined }),
  };
}
