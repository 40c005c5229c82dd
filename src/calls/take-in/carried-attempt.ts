import type { Conversation } from '../../wire/elevenlabs/conversation.ts';
import { attemptVariable } from '../call-request.ts';
import type { CallIds } from '../ports.ts';

/** `att_` and a ULID. A user id of the caller's own is none. */
const attemptId = /^att_[0-9A-HJKMNP-TV-Z]{26}$/;

/** The attempt id that a conversation was started with, as far as it is one of ours by its form. */
export function carriedAttempt(
  conversation: Pick<Conversation, 'conversation_initiation_client_data' | 'user_id'>,
): string | undefined {
  const started = conversation.conversation_initiation_client_data;
  const carried = [started?.dynamic_variables?.[attemptVariable], started?.user_id, conversation.user_id];
  return carried.find((id): id is string => typeof id === 'string' && attemptId.test(id));
}

/** The ids under which provider and carrier know the call of a conversation. */
export function idsOfConversation(conversation: Conversation): CallIds {
  const phone = conversation.metadata.phone_call;
  const conversationId = conversation.conversation_id;
  if (phone?.type !== 'sip_trunking') return { conversationId, callSid: phone?.call_sid ?? undefined };
  return { conversationId, sipCallId: phone.call_id ?? phone.call_sid ?? undefined };
}
