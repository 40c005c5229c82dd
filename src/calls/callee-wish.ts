import type { Conversation } from '../wire/elevenlabs/conversation.ts';
import { collectedWish } from './collected-wish.ts';
import type { CalleeWish } from './life.ts';
import { outcomeOf } from './outcome.ts';
import { spokenWish } from './spoken-wish.ts';

/**
 * What the callee said about being called: from the data and criteria by which the agent judges its calls, and for what these do not
 * tell, from the callee's own words. The agent's words never count, and neither does a machine: a mailbox is nobody, so that no
 * `right_person: false` of it makes a person unreachable.
 */
export function calleeWish(conversation: Conversation): CalleeWish | undefined {
  if (outcomeOf(conversation).human === 'no') return undefined;
  const collected = collectedWish(conversation.analysis);
  const spoken = spokenWish(
    conversation.transcript.filter((turn) => turn.role === 'user').map((turn) => turn.message ?? ''),
  );
  if (collected.optOut ?? spoken.optOut) return 'asked-not-to-be-called';
  return (collected.wrongPerson ?? spoken.wrongPerson) ? 'wrong-person' : undefined;
}
