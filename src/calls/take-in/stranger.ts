import type { Conversation } from '../../wire/elevenlabs/conversation.ts';
import type { StoredCall } from '../call-store.ts';

/**
 * Why a conversation is not that of the attempt whose id it carries: the id can be copied, by a batch call or with an old
 * conversation's client data. `undefined` when nothing speaks against it.
 */
export function strangerBecause({ life, plan }: StoredCall, conversation: Conversation): string | undefined {
  const { conversationId } = life.attempt.ids;
  const phone = conversation.metadata.phone_call;
  if (conversationId !== undefined && conversationId !== conversation.conversation_id)
    return 'the attempt has another conversation';
  if (phone?.direction === 'inbound') return 'somebody called in';
  if (phone?.external_number && !sameNumber(phone.external_number, plan.to))
    return 'it is a call to another number';
  return undefined;
}

/** A trunk may show a number without its plus or its country; a plan that was erased has none to compare. */
function sameNumber(shown: string, planned: string): boolean {
  const [a, b] = [shown, planned].map((number) => number.replace(/\D/g, '')) as [string, string];
  return a.length < 7 || b.length < 7 || a.endsWith(b) || b.endsWith(a);
}
