import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Conversation } from '../../wire/elevenlabs/conversation.ts';
import { readPostCallWebhook } from '../../wire/elevenlabs/post-call-webhook.ts';
import type { TwilioCall } from '../../wire/twilio/call.ts';
import type { ApplyEvent } from '../apply-event.ts';
import type { CallRecords } from '../call-records.ts';
import type { CallStore, StoredCall } from '../call-store.ts';
import { calleeWish } from '../callee-wish.ts';
import { isFinalCarrierStatus } from '../final-status.ts';
import type { LifeEvent } from '../life.ts';
import { outcomeOf } from '../outcome.ts';
import type { CallIds, CarrierRecords, VoiceProvider } from '../ports.ts';
import type { Erasure, InboxItem } from '../service-ports.ts';
import { carriedAttempt, idsOfConversation } from './carried-attempt.ts';
import { type InitiationFailure, outcomeOfFailure } from './outcome-of-failure.ts';
import { spentOf } from './spent-of.ts';
import { strangerBecause } from './stranger.ts';

export interface TakeInDeps {
  readonly store: Pick<CallStore, 'load' | 'loadCall' | 'findAttempt'>;
  readonly applyEvent: ApplyEvent;
  readonly provider: Pick<VoiceProvider, 'conversation'>;
  readonly carrier?: Pick<CarrierRecords, 'call'> | undefined;
  readonly clock: Pick<Clock, 'now'>;
  /** For what comes late about an attempt that another one follows; without it such a delivery changes nothing. */
  readonly records?: Pick<CallRecords, 'get'> | undefined;
  /** Erases what is kept of a call whose person was forgotten: deliveries come late, too. */
  readonly wipe?: Erasure['wipe'];
  /** An attempt was written to: whoever follows it should look again. */
  readonly written?: (attempt: { readonly callId: string; readonly attemptId: string }) => void;
}

/** What becomes of a delivery. `note` is for people who look into the inbox: no number, no words of a call. */
export type TakenIn =
  | { readonly kind: 'done'; readonly note: string }
  /** Milliseconds since 1970 from which it is worth another look. */
  | { readonly kind: 'later'; readonly dueMs: number; readonly note: string };

/** Waits between the looks for a call that is not known yet: its dial reply may still be on the way. Ten minutes together. */
const LATER_MS = [1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 80_000, 120_000, 150_000, 172_000];
/** The carrier weighs most: so often it is asked again when it does not answer, or has not closed a call that is over. */
const CARRIER_LOOKS = 4;

/**
 * Takes one delivery of the provider into the life of its call. The attempt is found by the id that the conversation carries, else by
 * the ids of provider and carrier; what carries another attempt's id is never adopted. A delivery that comes twice or after the end
 * changes nothing. Throws AppError where the store or the provider did not answer: the delivery is to be taken again.
 */
export function createTakeIn(deps: TakeInDeps) {
  const { store, provider, clock } = deps;

  return async function takeIn(item: InboxItem): Promise<TakenIn> {
    if (item.type === 'post_call_audio') return recordingKept(item);
    const delivery = readPostCallWebhook(item.body);
    if (delivery.kind === 'other') return done('Kept: Donna does not know this event.');
    if (delivery.kind === 'malformed') return unreadable(item);
    const { event } = delivery;
    switch (event.type) {
      case 'post_call_transcription':
        return conversationEnded(item, event.data);
      case 'post_call_transcription_otel':
        return readInstead(item, 'Kept: the traces name no conversation that can be read.');
      case 'call_initiation_failure':
        return dialFailed(item, event.data);
      case 'post_call_audio':
        return recordingKept(item);
      default:
        return machineHeard(item, event.data?.answered_by);
    }
  };

  async function conversationEnded(item: InboxItem, conversation: Conversation): Promise<TakenIn> {
    if (conversation.metadata.phone_call?.direction === 'inbound') return done('Kept: somebody called in.');
    const ids = idsOfConversation(conversation);
    const carried = carriedAttempt(conversation);
    const found = await addressee(item, ids, carried);
    if ('kind' in found) return found === followed && carried ? lateTruth(carried, conversation) : found;
    const stranger = strangerBecause(found, conversation);
    if (stranger) return done(`Not adopted: ${stranger}.`);
    const looked = await carrierWord(item, ids.callSid ?? found.life.attempt.ids.callSid);
    if (looked.kind === 'later') return looked;
    const outcome = outcomeOf(conversation, looked.call);
    if (outcome.kind === 'unknown') {
      await apply(found, { kind: 'found', ids, by: 'webhook' });
      return done('Found; how it ended is not told yet, and polling finishes it.');
    }
    return apply(found, {
      kind: 'finished',
      outcome,
      ids,
      by: 'webhook',
      wish: calleeWish(conversation),
      spent: spentOf(conversation, looked.call),
    });
  }

  /**
   * An attempt that was given up as unknown had reached them: whoever is to be dialled again is not. Only a conversation that carries the
   * attempt's own id says so, and only of an attempt whose fate nobody knew, since a person may well retry a call that was answered.
   */
  async function lateTruth(attemptId: string, conversation: Conversation): Promise<TakenIn> {
    const record = await deps.records?.get(attemptId);
    const earlier = record?.attempts.find(({ attempt }) => attempt.id === attemptId)?.attempt;
    const outcome = outcomeOf(conversation);
    const news =
      earlier?.state === 'ended' && earlier.outcome.kind === 'unknown' && outcome.kind === 'answered';
    const latest = news && record ? await store.loadCall(record.life.callId) : undefined;
    if (!latest || isForgotten(latest)) return followed;
    return apply(latest, { kind: 'late', attemptId, outcome, ids: idsOfConversation(conversation) });
  }

  async function dialFailed(item: InboxItem, failure: InitiationFailure): Promise<TakenIn> {
    const body = failure.metadata?.body ?? {};
    const conversationId = failure.conversation_id;
    const ids: CallIds =
      failure.metadata?.type === 'sip'
        ? { conversationId, sipCallId: body.call_sid ?? undefined }
        : { conversationId, callSid: body.CallSid ?? undefined };
    const found = await addressee(item, ids, await carriedAtProvider(conversationId, ids));
    if ('kind' in found) return found;
    const { conversationId: known } = found.life.attempt.ids;
    if (known !== undefined && known !== conversationId)
      return done('Not adopted: the attempt has another conversation.');
    const looked = await carrierWord(item, ids.callSid);
    if (looked.kind === 'later') return looked;
    if (looked.call && (looked.call.status === 'completed' || !isFinalCarrierStatus(looked.call.status))) {
      await apply(found, { kind: 'found', ids, by: 'webhook' });
      return done('Found; the carrier says that it was answered, and polling finishes it.');
    }
    const outcome = outcomeOfFailure(failure, looked.call);
    const spent = spentOf(undefined, looked.call);
    return apply(found, { kind: 'finished', outcome, ids, by: 'webhook', spent });
  }

  async function machineHeard(item: InboxItem, answeredBy: unknown): Promise<TakenIn> {
    if (item.conversationId === undefined) return done('Kept: the event names no conversation.');
    const found = await addressee(item, { conversationId: item.conversationId }, item.attemptId);
    if ('kind' in found) return found;
    // The payload is not documented; a word of Twilio's is shown, and nothing else.
    const heard =
      typeof answeredBy === 'string' && /^[a-z_]{1,40}$/.test(answeredBy) ? answeredBy : 'not told';
    return apply(found, { kind: 'progress', state: `machine detection: ${heard}` });
  }

  async function recordingKept({ conversationId }: InboxItem): Promise<TakenIn> {
    const attemptId = conversationId && (await store.findAttempt({ conversationId }));
    const call = attemptId ? await store.load(attemptId) : undefined;
    return call && isForgotten(call) ? erased(call) : done('The recording is kept.');
  }

  /** A shape that Donna does not know, of an event that she does: the conversation itself may tell. */
  async function unreadable(item: InboxItem): Promise<TakenIn> {
    const tellsAnEnd = /^(?:post_call_transcription|call_initiation_failure)/.test(item.type);
    const note = 'Kept: it is not in the form that is documented.';
    return tellsAnEnd ? readInstead(item, note) : done(note);
  }

  async function readInstead(item: InboxItem, otherwise: string): Promise<TakenIn> {
    const conversation = item.conversationId ? await provider.conversation(item.conversationId) : undefined;
    return conversation ? conversationEnded(item, conversation) : done(otherwise);
  }

  /** The call that a delivery is about, or what becomes of the delivery without one. */
  async function addressee(
    item: InboxItem,
    ids: CallIds,
    carried: string | undefined,
  ): Promise<StoredCall | TakenIn> {
    const attemptId = await store.findAttempt(carried ? { attemptId: carried } : ids);
    if (attemptId !== undefined) {
      const call = await store.load(attemptId);
      if (!call) return followed;
      return isForgotten(call) ? erased(call) : call;
    }
    // The attempt is written before its request leaves: an id that is not there belongs to another Donna.
    if (carried) return done('Kept: it carries the attempt of somebody else.');
    const waitMs = LATER_MS[item.tries];
    if (waitMs === undefined) return done('unknown call');
    return { kind: 'later', dueMs: clock.now() + waitMs, note: 'The call is not known yet.' };
  }

  async function erased({ life }: StoredCall): Promise<TakenIn> {
    await deps.wipe?.([life.callId], clock.now());
    return done('Erased: the person was forgotten.');
  }

  /** A failed dial is announced without what it was started with; the conversation has it. */
  async function carriedAtProvider(conversationId: string, ids: CallIds): Promise<string | undefined> {
    if ((await store.findAttempt(ids)) !== undefined) return undefined;
    try {
      const conversation = await provider.conversation(conversationId);
      return conversation && carriedAttempt(conversation);
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }

  async function carrierWord(
    item: InboxItem,
    sid: string | undefined,
  ): Promise<{ kind: 'read'; call?: TwilioCall | undefined } | Extract<TakenIn, { kind: 'later' }>> {
    if (!deps.carrier || !sid?.startsWith('CA')) return { kind: 'read' };
    const again = (note: string) =>
      ({ kind: 'later', dueMs: clock.now() + (LATER_MS[item.tries] ?? 0), note }) as const;
    try {
      const call = await deps.carrier.call(sid);
      const open = call !== undefined && !isFinalCarrierStatus(call.status);
      return open && item.tries < CARRIER_LOOKS
        ? again('The carrier has not closed the call.')
        : { kind: 'read', call };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return item.tries < CARRIER_LOOKS ? again('The carrier could not be read.') : { kind: 'read' };
    }
  }

  async function apply(call: StoredCall, event: LifeEvent): Promise<TakenIn> {
    const applied = await deps.applyEvent(call, event);
    if (applied.kind !== 'applied') return done('Nothing was left to change: it was known already.');
    deps.written?.({ callId: call.life.callId, attemptId: call.ticket.attemptId });
    return done('Taken in.');
  }
}

export type TakeIn = ReturnType<typeof createTakeIn>;

/** The number is the first thing that is erased. */
function isForgotten({ plan }: StoredCall): boolean {
  return plan.to === '';
}

function done(note: string): TakenIn {
  return { kind: 'done', note };
}

const followed = done('The attempt had ended already, and another one followed.');
