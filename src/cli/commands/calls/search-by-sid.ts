import { AppError } from '../../../kernel/errors.ts';
import type { ConversationSummary } from '../../../wire/elevenlabs/conversation.ts';
import type { CallsWorld } from './calls-world.ts';
import type { FoundCall } from './find-call.ts';

/** Conversations listed, and opened: the list has no Call SID, so each candidate costs a request. */
const LISTED = 100;
const OPENED = 50;
const AT_ONCE = 5;
/** The provider dates a conversation within this of the carrier's call; calls ring before they are dated. */
const SAME_CALL_SECS = 180;

/**
 * Finds the conversation of a Twilio call that was not placed from here, by opening recent conversations. With Twilio's
 * credentials the carrier says when the call was, which leaves few to open.
 */
export async function searchBySid(world: CallsWorld, sid: string): Promise<FoundCall> {
  const call = await world.carrier?.call(sid);
  if (world.carrier && !call) {
    throw new AppError('not-found', `Twilio knows no call ${sid} in this account.`, {
      hint: 'Check the SID; the line may belong to another account or subaccount than TWILIO_ACCOUNT_SID.',
    });
  }
  const calledAt = Date.parse(call?.date_created ?? call?.start_time ?? '') / 1000;
  const listed = await world.provider.conversations({
    limit: LISTED,
    ...(Number.isNaN(calledAt) ? {} : { startedAfterSecs: Math.floor(calledAt) - SAME_CALL_SECS }),
  });
  const candidates = nearest(listed, calledAt).slice(0, OPENED);
  for (let from = 0; from < candidates.length; from += AT_ONCE) {
    const opened = await Promise.all(
      candidates.slice(from, from + AT_ONCE).map((one) => world.provider.conversation(one.conversation_id)),
    );
    const found = opened.find((one) => one?.metadata.phone_call?.call_sid === sid);
    if (found) {
      const conversationId = found.conversation_id;
      return { kind: 'conversation', conversationId, callSid: sid, record: undefined, adopted: false };
    }
  }
  const why = `None of the ${candidates.length} conversations looked at has this Call SID, and the journal here does not know it.`;
  if (call) return { kind: 'carrier-only', call, why };
  throw new AppError('not-found', `No conversation of ${sid} was found. ${why}`, {
    hint: 'Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: then the time of the call is known and older ones are found.',
  });
}

function nearest(listed: readonly ConversationSummary[], atSecs: number): ConversationSummary[] {
  if (Number.isNaN(atSecs)) return [...listed];
  const off = (one: ConversationSummary) => Math.abs((one.start_time_unix_secs ?? 0) - atSecs);
  return listed.filter((one) => off(one) <= SAME_CALL_SECS).sort((a, b) => off(a) - off(b));
}
