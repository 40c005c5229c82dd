import type { Owner } from './cause.ts';
import type { Resolution } from './life.ts';
import type { Outcome } from './outcome.ts';
import type { DialReply } from './ports.ts';

/** Outcomes that are not read from the records of a call, but follow from what happened to it here. */

const withoutCall = { connected: false, human: 'no', evidence: [], contradicts: undefined } as const;

/** Nothing was dialled, and nothing will be. */
export function notDialled(owner: Owner, sentence: string, fix: string): Outcome {
  return { ...withoutCall, kind: 'failed', owner, retryable: false, sentence, fix };
}

export function cancelled(by: string): Outcome {
  const sentence = `Cancelled by ${by} before anybody was reached.`;
  return { ...withoutCall, kind: 'cancelled', owner: 'donna', retryable: false, sentence, fix: undefined };
}

/** What becomes of an attempt that was to follow one that had reached them all along. */
export function overtaken(): Outcome {
  const sentence = 'Not dialled: an earlier attempt had reached them, as its records told late.';
  return { ...withoutCall, kind: 'cancelled', owner: 'donna', retryable: false, sentence, fix: undefined };
}

export function notPlaced(reply: Extract<DialReply, { kind: 'not-placed' }>): Outcome {
  const { owner, retryable, sentence, fix } = reply.cause;
  const evidence = reply.words ? [`the reply to the dial: ${reply.words}`] : [];
  return { ...withoutCall, kind: 'failed', owner, retryable, sentence, fix, evidence };
}

/** What stays of an attempt that nobody could find out about. */
export function unknownOutcome(why: string): Outcome {
  return {
    ...withoutCall,
    kind: 'unknown',
    owner: 'provider',
    retryable: false,
    human: 'unknown',
    sentence: `How it ended was never found out. ${why}`,
    fix: undefined,
  };
}

/** How it ended, by the word of a person. It is theirs, so nothing is dialled again on it. */
export function resolvedOutcome(decision: Exclude<Resolution, 'redial'>, by: string, note: string): Outcome {
  const connected = decision === 'answered' || decision === 'voicemail';
  return {
    kind: decision,
    owner: 'callee',
    retryable: false,
    connected,
    human: decision === 'answered' ? 'unknown' : 'no',
    sentence: `${by} decided: ${decision}${note ? ` (${note})` : ''}.`,
    fix: undefined,
    evidence: [`decided by ${by}`],
    contradicts: undefined,
  };
}
