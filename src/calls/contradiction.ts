import type { CallFacts } from './call-facts.ts';
import type { OutcomeKind } from './outcome.ts';

interface Judged {
  readonly kind: OutcomeKind;
  readonly human: 'yes' | 'no' | 'unknown';
}

/** What the records say against each other or against the outcome, in sentences; `undefined` when they agree. */
export function contradictionOf(seen: CallFacts, judged: Judged): string | undefined {
  const said = [
    successThatWasNone(seen, judged),
    carrierAgainstProvider(seen),
    machineThatTalks(seen, judged),
  ];
  const sentences = said.filter((sentence) => sentence !== undefined);
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}

function successThatWasNone(
  { status, goal }: CallFacts,
  { kind }: { kind: OutcomeKind },
): string | undefined {
  if (kind === 'answered' || status !== 'done' || goal !== 'success') return undefined;
  return `ElevenLabs reports "done" and "success", but the call is ${kind}: that flag judges the goal, not the connection.`;
}

const providerWords = ['busy', 'no-answer', 'declined'];
const notReached = ['busy', 'no-answer', 'failed', 'canceled'];

function carrierAgainstProvider({ carrier, result, cause, calleeTurns }: CallFacts): string | undefined {
  const spoke = calleeTurns.length > 0;
  if (carrier !== undefined && notReached.includes(carrier)) {
    return spoke || result === 'answered' || result === 'voicemail'
      ? `ElevenLabs says that somebody answered, but Twilio's call is ${carrier}.`
      : undefined;
  }
  const word = result?.replace('_', '-');
  const saidNotReached = [word, cause?.code].find(
    (said) => said !== undefined && providerWords.includes(said),
  );
  if (!saidNotReached || (carrier !== 'completed' && !spoke)) return undefined;
  return `ElevenLabs says ${saidNotReached}, but ${carrier === 'completed' ? "Twilio's call was picked up" : 'the callee spoke'}.`;
}

function machineThatTalks({ answeredBy, calleeTurns }: CallFacts, judged: Judged): string | undefined {
  if (answeredBy === 'human' && judged.kind === 'voicemail')
    return 'Twilio heard a person, but the records of ElevenLabs speak of a voicemail.';
  const talks = judged.kind === 'answered' && judged.human !== 'no' && calleeTurns.length > 0;
  return answeredBy?.startsWith('machine') && talks
    ? 'Twilio heard a machine, but the callee talked with the agent.'
    : undefined;
}
