import { type Clock, sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Conversation } from '../wire/elevenlabs/conversation.ts';
import type { TwilioCall } from '../wire/twilio/call.ts';
import { type CallReport, reportCall } from './call-report.ts';
import { isFinalCarrierStatus } from './final-status.ts';
import type { AttemptJournal, CarrierRecords, VoiceProvider } from './ports.ts';

/** A call on its way. `ringing` and `answered` need the carrier's own record; the rest is the provider's. */
export type CallState =
  | 'initiated'
  | 'queued'
  | 'ringing'
  | 'answered'
  | 'in-progress'
  | 'processing'
  | 'ended';

export type FollowCallEvent =
  | { readonly kind: 'state'; readonly state: CallState; readonly at: Date }
  /** A read failed; it will be tried again. */
  | { readonly kind: 'trouble'; readonly why: string }
  | { readonly kind: 'ended'; readonly report: CallReport; readonly conversation: Conversation }
  /** Nothing more can be learnt by waiting, and how the call ended is not known. */
  | { readonly kind: 'lost'; readonly why: string };

export interface FollowCallDeps {
  readonly provider: Pick<VoiceProvider, 'conversation'>;
  readonly carrier?: Pick<CarrierRecords, 'call'> | undefined;
  readonly journal?: AttemptJournal | undefined;
  readonly clock: Clock;
  /** Milliseconds between two reads; a service that follows thousands of calls reads each less often. A second unless told. */
  readonly pollMs?: (() => number) | undefined;
}

export interface FollowedCall {
  readonly conversationId: string;
  readonly callSid?: string | undefined;
  /** The attempt in the journal that this call is, to write its end. */
  readonly attempt?: string | undefined;
  /** Seconds the callee's phone may ring. */
  readonly ringingTimeoutSecs?: number | undefined;
}

const POLL_MS = 1_000;
/** The carrier's record is read this often while it rings, and to notice an end that the provider missed. */
const CARRIER_POLL_MS = 2_000;
const CARRIER_CONNECTED_POLL_MS = 30_000;
/** Reads that keep failing this long end the following: the call goes on without us. */
const TROUBLE_FOR_MS = 120_000;
/** The provider may write the conversation a moment after it answered with its id; one that vanishes gets as long. */
const APPEARS_WITHIN_MS = 30_000;
/** A call that neither rings nor talks any more and that the provider never closes. */
const SILENT_AFTER_RING_MS = 120_000;
/** How long the provider may take to notice what the carrier knows, and to process a call that is over. */
const CARRIER_AHEAD_MS = 30_000;
const PROCESSING_MS = 900_000;
/** Twilio allows no call longer than 24 hours, the provider far less. */
const LONGEST_MS = 25 * 3600_000;
const DEFAULT_RINGING_SECS = 60;

/**
 * Follows a call to its end by polling, the provider once a second and the carrier every two, and yields what changes. It
 * always comes to an end: with `ended`, with `lost`, or quietly when `signal` aborts.
 */
export function createFollowCall(deps: FollowCallDeps) {
  const { clock, provider, carrier, pollMs = () => POLL_MS } = deps;

  return async function* followCall(
    call: FollowedCall,
    signal?: AbortSignal,
  ): AsyncGenerator<FollowCallEvent> {
    const started = clock.monotonic();
    const elapsed = () => clock.monotonic() - started;
    const ringMs = (call.ringingTimeoutSecs ?? DEFAULT_RINGING_SECS) * 1000;
    let callSid = call.callSid;
    let conversation: Conversation | undefined;
    let carrierCall: TwilioCall | undefined;
    let carrierAskedAt = Number.NEGATIVE_INFINITY;
    let carrierUseless = false;
    let healthyAt = started;
    let missingSince: number | undefined;
    let carrierEndedAt: number | undefined;
    let processingSince: number | undefined;
    let shown: CallState | undefined;
    let told: string | undefined;

    while (!signal?.aborted && elapsed() < LONGEST_MS) {
      let trouble: string | undefined;
      try {
        const found = await provider.conversation(call.conversationId, signal);
        conversation = found ?? conversation;
        callSid ??= found?.metadata.phone_call?.call_sid ?? undefined;
        healthyAt = clock.monotonic();
        missingSince = found ? undefined : (missingSince ?? healthyAt);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (signal?.aborted) return;
        if (!error.retryable || clock.monotonic() - healthyAt > TROUBLE_FOR_MS) {
          return yield { kind: 'lost', why: error.message };
        }
        trouble = error.message;
      }

      const over = conversation?.status === 'done' || conversation?.status === 'failed';
      const due = clock.monotonic() - carrierAskedAt >= carrierPace(conversation, carrierCall);
      if (
        carrier &&
        callSid?.startsWith('CA') &&
        !carrierUseless &&
        (over || (due && !isFinalCarrierStatus(carrierCall?.status)))
      ) {
        carrierAskedAt = clock.monotonic();
        try {
          carrierCall = (await carrier.call(callSid, signal)) ?? carrierCall;
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          carrierUseless = !error.retryable;
          trouble ??= error.message;
        }
      }
      if (signal?.aborted) return;
      const sort = trouble?.replace(/\(request [^)]*\)/, '');
      if (trouble !== undefined && sort !== told) yield { kind: 'trouble', why: trouble };
      told = sort;

      const state = stateOf(conversation, carrierCall);
      if (state && state !== shown) {
        shown = state;
        yield { kind: 'state', state, at: new Date(clock.now()) };
      }
      const now = clock.monotonic();
      if (isFinalCarrierStatus(carrierCall?.status)) carrierEndedAt ??= now;
      if (state === 'processing') processingSince ??= now;
      const sinceCarrierEnd = carrierEndedAt === undefined ? 0 : now - carrierEndedAt;
      const carrierAlone = conversation?.status === 'initiated' && sinceCarrierEnd > CARRIER_AHEAD_MS;
      if (conversation && (over || carrierAlone)) {
        const report = reportCall(conversation, carrierCall);
        const unwritten = await writeEnd(call.attempt, report.outcome.kind);
        if (unwritten) yield { kind: 'trouble', why: unwritten };
        return yield { kind: 'ended', report, conversation };
      }
      const why =
        unfinishedOf(conversation, { processingMs: now - (processingSince ?? now), sinceCarrierEnd }) ??
        (missingSince !== undefined && now - missingSince > APPEARS_WITHIN_MS ? missing : undefined) ??
        silenceOf(conversation, carrierCall, elapsed(), ringMs);
      if (why) return yield { kind: 'lost', why };
      await sleep(clock, pollMs(), signal);
    }
    if (!signal?.aborted)
      yield { kind: 'lost', why: 'The call has been followed for 25 hours without an end.' };
  };

  /** Says what went wrong, if so: the end is told even when it cannot be written down. */
  async function writeEnd(attempt: string | undefined, outcome: string): Promise<string | undefined> {
    if (!attempt) return undefined;
    try {
      const at = new Date(clock.now()).toISOString();
      await deps.journal?.append({ kind: 'ended', attempt, outcome, at });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return error.message;
    }
    return undefined;
  }
}

const missing = 'ElevenLabs has no conversation with this id (a workspace with zero retention keeps none).';

/** Milliseconds between two reads of the carrier's record. Once both sides are connected only the end is of interest. */
function carrierPace(conversation: Conversation | undefined, carrierCall: TwilioCall | undefined): number {
  const connected = conversation !== undefined && conversation.status !== 'initiated';
  if (connected && carrierCall?.status === 'in-progress') return CARRIER_CONNECTED_POLL_MS;
  // Once the provider talks, the carrier's "ringing" of a moment ago is stale.
  const stale = carrierCall?.status === 'ringing' || carrierCall?.status === 'queued';
  return connected && stale ? 0 : CARRIER_POLL_MS;
}

/** The carrier tells ringing from answered; the provider says `initiated` for both until the agent speaks. */
function stateOf(
  conversation: Conversation | undefined,
  carrierCall: TwilioCall | undefined,
): CallState | undefined {
  const status = conversation?.status;
  if (status === 'done' || status === 'failed') return 'ended';
  if (status === 'processing') return 'processing';
  if (carrierCall?.status === 'in-progress' || carrierCall?.status === 'completed') return 'answered';
  if (status === 'in-progress') return 'in-progress';
  if (carrierCall?.status === 'queued') return 'queued';
  if (carrierCall?.status === 'ringing') return 'ringing';
  return status === undefined ? undefined : 'initiated';
}

/** Why a call that is over for the carrier, or for the provider itself, does not get its end there. */
function unfinishedOf(
  conversation: Conversation | undefined,
  waited: { processingMs: number; sinceCarrierEnd: number },
): string | undefined {
  if (waited.processingMs > PROCESSING_MS)
    return 'The call is over, and ElevenLabs has been processing it for 15 minutes.';
  return waited.sinceCarrierEnd > PROCESSING_MS
    ? `Twilio ended the call 15 minutes ago, and ElevenLabs still says "${conversation?.status ?? 'nothing'}".`
    : undefined;
}

/** Why waiting longer teaches nothing, if so. */
function silenceOf(
  conversation: Conversation | undefined,
  carrierCall: TwilioCall | undefined,
  elapsedMs: number,
  ringMs: number,
): string | undefined {
  if (conversation?.status !== 'initiated' || elapsedMs < ringMs + SILENT_AFTER_RING_MS) return undefined;
  const carrier = carrierCall ? ` Twilio says: ${carrierCall.status}.` : '';
  return `ElevenLabs still says "initiated" ${Math.round(elapsedMs / 1000)} s after the dial.${carrier}`;
}
