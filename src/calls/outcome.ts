import type { Conversation } from '../wire/elevenlabs/conversation.ts';
import type { TwilioCall } from '../wire/twilio/call.ts';
import type { Owner } from './cause.ts';
import { type FailureCause, failureCause } from './failure-cause.ts';
import { machineWords } from './machine-words.ts';

export type OutcomeKind =
  | 'answered'
  | 'voicemail'
  | 'no-answer'
  | 'busy'
  | 'declined'
  | 'failed'
  | 'cancelled'
  | 'unknown';

/** How an attempt ended. Connected, a human, and (later) the right person are separate facts. */
export interface Outcome {
  readonly kind: OutcomeKind;
  readonly owner: Owner;
  /** The same call may go better later without a change. */
  readonly retryable: boolean;
  /** Something picked up: a person, a machine, a fax. */
  readonly connected: boolean;
  /** `unknown` when somebody picked up and too little was said to tell. */
  readonly human: 'yes' | 'no' | 'unknown';
  readonly sentence: string;
  readonly fix: string | undefined;
  /** What this was read from, in the order of weight. */
  readonly evidence: readonly string[];
  /** Set when the provider reports a success that was none. */
  readonly contradicts: string | undefined;
}

/**
 * Works out how a call ended from what the provider and the carrier recorded. The provider's `done` and
 * `call_successful: success` are not believed: most calls that never connected carry both. In order of weight: the carrier's own
 * call, the recorded error, `call_result`, the reason for the end, and what the callee said.
 */
export function outcomeOf(conversation: Conversation | undefined, carrierCall?: TwilioCall): Outcome {
  const seen = facts(conversation, carrierCall);
  const judged = judge(seen);
  return { ...judged, evidence: seen.evidence, contradicts: contradiction(conversation, judged) };
}

interface Facts {
  readonly carrier: string | undefined;
  /** What Twilio's machine detection heard, where it was asked for. */
  readonly answeredBy: string | undefined;
  readonly cause: FailureCause | undefined;
  readonly result: string | undefined;
  readonly usedVoicemailTool: boolean;
  readonly durationSecs: number;
  readonly calleeTurns: readonly string[];
  readonly reason: string;
  readonly status: string | undefined;
  readonly evidence: readonly string[];
}

function facts(conversation: Conversation | undefined, carrierCall: TwilioCall | undefined): Facts {
  const metadata = conversation?.metadata;
  const reason = metadata?.termination_reason ?? '';
  const error = metadata?.error ?? undefined;
  const result = metadata?.phone_call?.call_result ?? undefined;
  const durationSecs = metadata?.call_duration_secs ?? 0;
  const calleeTurns = (conversation?.transcript ?? [])
    .filter((turn) => turn.role === 'user')
    .map((turn) => turn.message?.trim() ?? '')
    .filter((message) => message !== '' && message !== '...');
  const evidence = [
    carrierCall &&
      `Twilio's call: ${carrierCall.status}${carrierCall.duration ? `, ${carrierCall.duration} s` : ''}`,
    carrierCall?.answered_by && `Twilio's machine detection: ${carrierCall.answered_by}`,
    error && `metadata.error: ${error.code}${error.reason ? ` ${error.reason}` : ''}`,
    result && `call_result: ${result}`,
    reason && `termination_reason: ${reason}`,
    conversation && `duration ${durationSecs} s, the callee spoke ${times(calleeTurns.length)}`,
    conversation &&
      `status ${conversation.status}, call_successful ${conversation.analysis?.call_successful ?? 'not set'}`,
  ].filter((line): line is string => typeof line === 'string');
  return {
    carrier: carrierCall?.status,
    answeredBy: carrierCall?.answered_by ?? undefined,
    cause: failureCause(error, reason),
    result,
    usedVoicemailTool:
      /voicemail_detection/.test(reason) || metadata?.features_usage?.voicemail_detection?.used === true,
    durationSecs,
    calleeTurns,
    reason,
    status: conversation?.status,
    evidence,
  };
}

type Judged = Omit<Outcome, 'evidence' | 'contradicts'>;

function judge(seen: Facts): Judged {
  const { carrier, cause, result, calleeTurns, durationSecs } = seen;
  // Before busy: the provider has no word for a decline and calls it busy.
  if (cause?.code === 'declined') return notReached('declined', 'The callee declined the call.');
  if (carrier === 'busy' || result === 'busy' || cause?.code === 'busy')
    return notReached('busy', 'The line was busy.');
  if (carrier === 'no-answer' || result === 'no_answer' || cause?.code === 'no-answer') {
    return notReached('no-answer', 'Nobody answered while it rang.');
  }
  if (carrier === 'canceled') {
    return {
      ...notReached('cancelled', 'The call was cancelled before anybody answered.'),
      owner: 'donna',
      retryable: false,
    };
  }
  if (result === 'voicemail' || seen.usedVoicemailTool)
    return voicemail('A voicemail or another machine answered.');
  if (carrier === 'failed' || cause || result === 'failed' || seen.status === 'failed') return failed(seen);
  const connected =
    carrier === 'completed' || result === 'answered' || durationSecs > 0 || calleeTurns.length > 0;
  if (!connected) {
    return {
      kind: 'failed',
      owner: 'provider',
      retryable: true,
      connected: false,
      human: 'no',
      sentence: 'The call never connected: no time on the line, and nobody spoke.',
      fix: 'Look at the carrier’s record of the call; with TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN set, Donna reads it.',
    };
  }
  const machine = machineWords(calleeTurns);
  if (machine === 'voicemail') return voicemail('A voicemail answered, by the words of its greeting.');
  const human = machine ? 'no' : calleeTurns.length >= 2 || seen.answeredBy === 'human' ? 'yes' : 'unknown';
  const sentence =
    human === 'yes'
      ? 'A person answered and talked with the agent.'
      : machine
        ? `A machine answered (${machine}), by its words.`
        : calleeTurns.length === 1
          ? 'Somebody or something answered and spoke once: too little to tell a person from a machine.'
          : 'The call was picked up and nobody spoke.';
  return {
    kind: 'answered',
    owner: 'callee',
    retryable: false,
    connected: true,
    human,
    sentence,
    fix: undefined,
  };
}

function failed({ cause, carrier, calleeTurns, durationSecs, reason }: Facts): Judged {
  const connected =
    carrier === 'completed' || durationSecs > 0 || calleeTurns.length > 0 || cause?.connected === true;
  return {
    kind: 'failed',
    owner: cause?.owner ?? (carrier === 'failed' ? 'carrier' : 'provider'),
    retryable: cause?.retryable ?? true,
    connected,
    human: calleeTurns.length >= 2 ? 'yes' : connected ? 'unknown' : 'no',
    sentence:
      cause?.sentence ??
      (carrier === 'failed'
        ? 'The carrier could not complete the call.'
        : `The conversation failed${reason ? `: ${reason}` : ''}.`),
    fix: cause?.fix ?? 'Run donna diagnose.',
  };
}

function notReached(kind: OutcomeKind, sentence: string): Judged {
  return { kind, owner: 'callee', retryable: true, connected: false, human: 'no', sentence, fix: undefined };
}

function voicemail(sentence: string): Judged {
  return {
    kind: 'voicemail',
    owner: 'callee',
    retryable: true,
    connected: true,
    human: 'no',
    sentence,
    fix: undefined,
  };
}

function contradiction(conversation: Conversation | undefined, judged: Judged): string | undefined {
  if (judged.kind === 'answered' || conversation?.status !== 'done') return undefined;
  if (conversation.analysis?.call_successful !== 'success') return undefined;
  return `ElevenLabs reports "done" and "success", but the call is ${judged.kind}: that flag judges the goal, not the connection.`;
}

function times(count: number): string {
  return count === 0 ? 'not once' : count === 1 ? 'once' : `${count} times`;
}
