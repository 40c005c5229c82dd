import type { ScriptedCallee } from '../callees/callee.ts';
import { calleeFor, callees } from '../callees/index.ts';
import type { Meaning } from '../dialogue/hearing.ts';
import type { SpokenTurn } from '../dialogue/player.ts';
import { cutAt, playScripted } from '../dialogue/player.ts';
import type { CallRecord } from './call-record.ts';
import type { ConversationFault } from './conversation-fault.ts';
import { creditsFor, secondsFor } from './credits.ts';
import { startOfConversation } from './start-of-conversation.ts';

export type CarrierEnd = 'completed' | 'busy' | 'no-answer' | 'canceled' | 'failed';

/** A whole call, known from its first moment. Times are milliseconds since the dial, those of turns since the answer. */
export interface CallTimeline {
  readonly answeredMs: number | undefined;
  readonly endedMs: number;
  /** The conversation as ElevenLabs counts it, in milliseconds; 0 when it never began. */
  readonly talkMs: number;
  readonly carrierEnd: CarrierEnd;
  readonly sipCode: number | undefined;
  readonly turns: readonly SpokenTurn[];
  readonly final: 'done' | 'failed';
  readonly callResult: 'answered' | 'voicemail' | 'busy' | 'no_answer' | 'failed';
  readonly terminationReason: string;
  readonly error: ConversationFault | undefined;
  readonly machine: boolean;
  readonly answer: Meaning | undefined;
}

const remembered = new WeakMap<CallRecord, CallTimeline>();

/** How a call goes, from its record alone: the same at every reading, in every process. */
export function timelineOf(record: CallRecord): CallTimeline {
  const known = remembered.get(record);
  if (known) return known;
  const timeline = hungUp(undisturbed(record), record);
  remembered.set(record, timeline);
  return timeline;
}

const unconnected = {
  answeredMs: undefined,
  talkMs: 0,
  sipCode: undefined,
  turns: [],
  final: 'failed',
  terminationReason: 'Conversation initialization failed',
  error: undefined,
  machine: false,
  answer: undefined,
} as const;

function undisturbed(record: CallRecord): CallTimeline {
  if (record.refused) {
    const { code, reason, sip_code: sipCode } = record.refused;
    const error = { code, reason, ...(sipCode === undefined && { error_type: 'call_initialization_error' }) };
    return { ...unconnected, endedMs: 0, carrierEnd: 'failed', callResult: 'failed', error, sipCode };
  }
  const callee = callees.find((one) => one.name === record.callee) ?? calleeFor(record.to);
  const ringMs = record.ringing_timeout_secs * 1000;
  const { pickup } = callee;
  if (pickup.kind === 'rings-out' || pickup.afterMs >= ringMs) {
    const error = { code: 1011, reason: 'request timed out', error_type: 'no_answer' };
    return {
      ...unconnected,
      endedMs: QUEUED_MS + ringMs,
      carrierEnd: 'no-answer',
      callResult: 'no_answer',
      error,
      sipCode: 487,
    };
  }
  const pickedUpMs = QUEUED_MS + pickup.afterMs;
  if (pickup.kind !== 'answers') {
    const [sipCode, words] = pickup.kind === 'busy' ? [486, 'Busy here'] : [603, 'Decline'];
    const onTrunk = {
      code: sipCode,
      reason: `INVITE failed: sip status: ${sipCode}: ${words} (SIP ${sipCode})`,
    };
    const onTwilio = {
      code: 1011,
      reason: `Call ended with status busy (SIP ${sipCode}: ${words})`,
      error_type: 'call_initialization_error',
    };
    const error = record.line.provider === 'sip_trunk' ? onTrunk : onTwilio;
    return { ...unconnected, endedMs: pickedUpMs, carrierEnd: 'busy', callResult: 'busy', error, sipCode };
  }
  return answered(record, callee, pickedUpMs);
}

/** How long the carrier holds a call before it rings. */
export const QUEUED_MS = 300;

function answered(record: CallRecord, callee: ScriptedCallee, answeredMs: number): CallTimeline {
  const machine = callee.pickup.kind === 'answers' && callee.pickup.machine === true;
  const connected = { answeredMs, carrierEnd: 'completed', sipCode: 200, machine } as const;
  const start = startOfConversation(record);
  if (start.kind === 'dies') {
    // The carrier's leg stands for a moment, then the provider drops it.
    return {
      ...connected,
      endedMs: answeredMs + 400,
      talkMs: 0,
      turns: [],
      final: start.final,
      callResult: 'answered',
      terminationReason: start.terminationReason,
      error: start.error,
      answer: undefined,
    };
  }
  const respond = callee.respond ?? (() => ({ kind: 'waits' as const }));
  const played = playScripted(start.script, respond, record.dialled_at_ms + answeredMs);
  const paidMs = secondsFor(record.credits_left) * 1000;
  const broke = creditsFor(Math.ceil(played.endMs / 1000)) > record.credits_left;
  const endMs = broke ? Math.min(paidMs, played.endMs) : played.endMs;
  const reasons = {
    end_call: 'end_call tool was called.',
    voicemail_detection: 'voicemail_detection tool was called.',
    callee: 'Call ended by remote party',
    silence: `Ending conversation after ${Math.round((start.script.silenceMs ?? 0) / 1000)} seconds of silence.`,
    'max-duration': 'Max conversation duration exceeded.',
  };
  return {
    ...connected,
    endedMs: answeredMs + endMs,
    talkMs: endMs,
    turns: broke ? cutAt(played.turns, endMs) : played.turns,
    final: broke ? 'failed' : 'done',
    callResult: played.endedBy === 'voicemail_detection' ? 'voicemail' : 'answered',
    terminationReason: broke ? '' : reasons[played.endedBy],
    error: broke ? { code: 1002, reason: 'This request exceeds your quota limit.' } : undefined,
    answer: played.answer,
  };
}

/** What is left of a call that somebody ended from outside. */
function hungUp(call: CallTimeline, record: CallRecord): CallTimeline {
  if (!record.hung_up) return call;
  const atMs = record.hung_up.at_ms - record.dialled_at_ms;
  if (atMs >= call.endedMs) return call;
  if (call.answeredMs === undefined || atMs < call.answeredMs) {
    const error = { code: 1011, reason: 'call canceled', error_type: 'call_initialization_error' };
    return {
      ...unconnected,
      endedMs: atMs,
      carrierEnd: 'canceled',
      callResult: 'failed',
      error,
      sipCode: 487,
    };
  }
  const talkMs = Math.min(call.talkMs, atMs - call.answeredMs);
  return {
    ...call,
    endedMs: atMs,
    talkMs,
    turns: cutAt(call.turns, talkMs),
    final: 'done',
    callResult: 'answered',
    terminationReason:
      record.hung_up.by === 'monitor' ? 'Client disconnected: 1000' : 'Call ended by remote party',
    error: undefined,
    answer: undefined,
  };
}
