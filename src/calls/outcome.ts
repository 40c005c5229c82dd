import type { Conversation } from '../wire/elevenlabs/conversation.ts';
import type { TwilioCall } from '../wire/twilio/call.ts';
import { type CallFacts, callFacts } from './call-facts.ts';
import type { Owner } from './cause.ts';
import { contradictionOf } from './contradiction.ts';
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
  /** Set when the provider reports a success that was none, or when the records of provider and carrier disagree. */
  readonly contradicts: string | undefined;
}

/**
 * Works out how a call ended from what the provider and the carrier recorded. The provider's `done` and
 * `call_successful: success` are not believed: most calls that never connected carry both. In order of weight: the carrier's own
 * call, the recorded error, `call_result`, the reason for the end, and what the callee said.
 */
export function outcomeOf(conversation: Conversation | undefined, carrierCall?: TwilioCall): Outcome {
  const seen = callFacts(conversation, carrierCall);
  const judged = judge(seen);
  return { ...judged, evidence: seen.evidence, contradicts: contradictionOf(seen, judged) };
}

/** Ends in which nobody picked up: causes by the provider's words, and Twilio's statuses. */
const notReachedCodes = ['busy', 'no-answer', 'declined'];
const notReachedStatuses = ['busy', 'no-answer', 'canceled', 'failed'];
/** With fewer turns than this a machine that the carrier heard may have been transcribed as a person. */
const TURNS_OF_A_PERSON = 3;

type Judged = Omit<Outcome, 'evidence' | 'contradicts'>;

function judge(seen: CallFacts): Judged {
  const { carrier, result, calleeTurns, durationSecs } = seen;
  // Somebody picked up, says the carrier, or spoke: then the provider's busy, no answer and decline are wrong.
  const pickedUp =
    carrier === 'completed' || (calleeTurns.length > 0 && !notReachedStatuses.includes(carrier ?? ''));
  const cause = pickedUp && notReachedCodes.includes(seen.cause?.code ?? '') ? undefined : seen.cause;
  // Before busy: the provider has no word for a decline and calls it busy.
  if (cause?.code === 'declined') return notReached('declined', 'The callee declined the call.');
  if (carrier === 'busy' || (!pickedUp && result === 'busy') || cause?.code === 'busy')
    return notReached('busy', 'The line was busy.');
  if (carrier === 'no-answer' || (!pickedUp && result === 'no_answer') || cause?.code === 'no-answer') {
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
  if (carrier === 'failed' || cause || result === 'failed' || seen.status === 'failed')
    return failed({ ...seen, cause });
  if (!seen.over) return undecided(seen);
  const connected = pickedUp || result === 'answered' || durationSecs > 0 || calleeTurns.length > 0;
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
  return calleeTurns.length > 0 && !seen.agentSpoke ? agentSilent(calleeTurns) : answered(seen);
}

/** Whoever picks up waits no longer than that for somebody to speak. */
const LATE_FIRST_WORDS_SECS = 4;

const SILENT_FIX =
  'If the callee heard silence: give the agent a first message, and set its audio in and out to μ-law 8000 Hz, which telephones use.';

/** The callee spoke into silence: the call connected and did nothing. */
function agentSilent(calleeTurns: readonly string[]): Judged {
  return {
    kind: 'failed',
    owner: 'config',
    retryable: false,
    connected: true,
    human: calleeTurns.length >= 2 ? 'yes' : 'unknown',
    sentence: 'The call connected, the callee spoke, and the agent said nothing.',
    fix: SILENT_FIX,
  };
}

/** Something picked up and nothing went wrong: a person, a machine, or too little to tell. */
function answered({ answeredBy, calleeTurns, status, agentSpoke, agentFirstSecs }: CallFacts): Judged {
  const heardSilence = !agentSpoke || (agentFirstSecs ?? 0) >= LATE_FIRST_WORDS_SECS;
  const words = machineWords(calleeTurns);
  if (words === 'voicemail') return voicemail('A voicemail answered, by the words of its greeting.');
  const heardMachine = answeredBy?.startsWith('machine') === true && calleeTurns.length < TURNS_OF_A_PERSON;
  if (heardMachine && !words) return voicemail('A voicemail or another machine answered, says Twilio.');
  const machine = words ?? (answeredBy === 'fax' ? 'fax' : undefined);
  const disputed = answeredBy?.startsWith('machine') === true;
  const talked = calleeTurns.length >= 2 && !disputed;
  const human = machine ? 'no' : talked || answeredBy === 'human' ? 'yes' : 'unknown';
  const sentence = machine
    ? `A machine answered (${machine}), ${words ? 'by its words' : 'says Twilio'}.`
    : calleeTurns.length === 0
      ? human === 'yes'
        ? 'A person picked up, says Twilio, and nobody spoke.'
        : status === 'done'
          ? heardSilence
            ? 'The call was picked up and nobody spoke at first.'
            : 'The call was picked up, the agent spoke, and the callee said nothing before it ended.'
          : 'The call was picked up; what was said is not known.'
      : human === 'yes'
        ? 'A person answered and talked with the agent.'
        : disputed
          ? 'Somebody or something answered: Twilio heard a machine, and the callee talked with the agent.'
          : 'Somebody or something answered and spoke once: too little to tell a person from a machine.';
  return {
    kind: 'answered',
    owner: 'callee',
    retryable: false,
    connected: true,
    human,
    sentence,
    fix: calleeTurns.length === 0 && status === 'done' && heardSilence ? SILENT_FIX : undefined,
  };
}

/** The records do not say yet how it ended, or there are none. */
function undecided({ status, pickedUp }: CallFacts): Judged {
  return {
    kind: 'unknown',
    owner: 'provider',
    retryable: false,
    connected: pickedUp,
    human: 'unknown',
    sentence:
      status === 'processing'
        ? 'The call is over, and ElevenLabs is still processing it.'
        : status === undefined
          ? 'Nothing is known of the call.'
          : `The call is not over: ElevenLabs says "${status}".`,
    fix: 'Look again later: donna calls show.',
  };
}

function failed({ cause, carrier, calleeTurns, durationSecs, reason }: CallFacts): Judged {
  const connected =
    carrier === 'completed' || durationSecs > 0 || calleeTurns.length > 0 || cause?.connected === true;
  return {
    kind: 'failed',
    owner: cause?.owner ?? (carrier === 'failed' ? 'carrier' : 'provider'),
    // Whoever was talking is not rung again because something broke.
    retryable: !connected && (cause?.retryable ?? true),
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
