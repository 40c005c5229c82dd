import type { AttemptRecord } from '../attempt-record.ts';
import { plainNumber } from '../line.ts';
import type { CarrierFacts } from './carrier-facts.ts';
import type { ConversationFacts } from './conversation-facts.ts';
import { costOf, type Entry } from './entry.ts';
import { grouped } from './grouped.ts';

export interface Records {
  readonly conversations: readonly ConversationFacts[];
  readonly carrierCalls: readonly CarrierFacts[];
  readonly attempts: readonly AttemptRecord[];
}

/** Clocks of three machines differ, and a call may wait at the carrier before it is made. */
const SAME_CALL_MS = 120_000;

/**
 * Lays the three books side by side, oldest call first. Records join by Call SID, conversation id and attempt id; what has none of
 * them joins the nearest loose call between the same numbers within two minutes. An attempt never joins a conversation by
 * number and time: each conversation of ours carries its attempt's id, so one without it is somebody else's.
 */
export function matchRecords({ conversations, carrierCalls, attempts }: Records): Entry[] {
  const legs = grouped(carrierCalls, (call) => call.parentSid ?? '');
  const loose = new Map(carrierCalls.filter((call) => !call.parentSid).map((call) => [call.sid, call]));
  const take = (call: CarrierFacts | undefined) => {
    if (call) loose.delete(call.sid);
    return call;
  };
  const attemptOf = attemptFinder(attempts);
  const claimed = new Set<AttemptRecord>();
  const claim = (attempt: AttemptRecord | undefined) => {
    if (attempt) claimed.add(attempt);
    return attempt;
  };

  // Ids first, over all conversations: what only time joins takes from what is left.
  const bySid = conversations.map((conversation) => ({
    conversation,
    carrierCall: take(conversation.callSid ? loose.get(conversation.callSid) : undefined),
  }));
  const left = grouped([...loose.values()], numbersOf);
  const entries = bySid.map(({ conversation, carrierCall }): Entry => {
    const { callSid, sipCallId, from, to, atMs } = conversation;
    const known = carrierCall !== undefined || callSid !== undefined || sipCallId !== undefined;
    const near = known ? undefined : take(nearest(left.get(numbersOf({ from, to })), atMs, loose));
    const attempt = claim(attemptOf.conversation(conversation));
    return entryOf(conversation, carrierCall ?? near, attempt, near ? 'time' : 'ids', legs);
  });

  const byAttempt = [...loose.values()].flatMap((call) => {
    const attempt = claim(attemptOf.carrierCall(call));
    return attempt && take(call) ? [entryOf(undefined, call, attempt, 'ids', legs)] : [];
  });
  const stillLeft = grouped([...loose.values()], numbersOf);
  const ofAttempts = attempts
    .filter((attempt) => !claimed.has(attempt))
    .map((attempt) => {
      const { lineNumber, to, at } = attempt.dialing;
      const hasIds = attempt.ids.callSid !== undefined || attempt.ids.sipCallId !== undefined;
      const near = hasIds
        ? undefined
        : nearest(stillLeft.get(numbersOf({ from: lineNumber, to })), Date.parse(at), loose);
      return entryOf(undefined, take(near), attempt, near ? 'time' : 'ids', legs);
    });
  const rest = [...loose.values()].map((call) => entryOf(undefined, call, undefined, 'ids', legs));
  return [...entries, ...byAttempt, ...ofAttempts, ...rest].sort((a, b) => a.atMs - b.atMs);
}

function attemptFinder(attempts: readonly AttemptRecord[]) {
  const ids = new Map(attempts.map((one) => [one.attempt, one]));
  const conversationIds = new Map(attempts.map((one) => [one.ids.conversationId, one]));
  const callSids = new Map(attempts.map((one) => [one.ids.callSid, one]));
  const of = <Key>(map: Map<Key | undefined, AttemptRecord>, key: Key | undefined) =>
    key === undefined ? undefined : map.get(key);
  return {
    conversation: ({ id, attempt, userId, callSid }: ConversationFacts) =>
      of(ids, attempt) ?? of(ids, userId) ?? of(conversationIds, id) ?? of(callSids, callSid),
    carrierCall: ({ sid }: CarrierFacts) => of(callSids, sid),
  };
}

function entryOf(
  conversation: ConversationFacts | undefined,
  carrierCall: CarrierFacts | undefined,
  attempt: AttemptRecord | undefined,
  joinedBy: Entry['joinedBy'],
  legs: ReadonlyMap<string, readonly CarrierFacts[]>,
): Entry {
  const dialing = attempt?.dialing;
  return {
    conversation,
    carrierCall,
    attempt,
    joinedBy,
    atMs: conversation?.atMs ?? carrierCall?.atMs ?? Date.parse(dialing?.at ?? ''),
    from: conversation?.from || carrierCall?.from || dialing?.lineNumber || '',
    to: conversation?.to || carrierCall?.to || dialing?.to || '',
    agentId: conversation?.agentId ?? dialing?.agentId,
    cost: costOf(conversation, [carrierCall, ...(carrierCall ? (legs.get(carrierCall.sid) ?? []) : [])]),
  };
}

function nearest(
  calls: readonly CarrierFacts[] | undefined,
  atMs: number,
  loose: ReadonlyMap<string, CarrierFacts>,
): CarrierFacts | undefined {
  const off = (call: CarrierFacts) => Math.abs(call.atMs - atMs);
  return (calls ?? [])
    .filter((call) => loose.has(call.sid) && call.direction !== 'inbound' && off(call) <= SAME_CALL_MS)
    .sort((a, b) => off(a) - off(b))[0];
}

function numbersOf({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${plainNumber({ number: from })} ${plainNumber({ number: to })}`;
}
