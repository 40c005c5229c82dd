import { printable } from '../kernel/printable.ts';
import type { PlacedIssue } from './match/match.ts';
import { placeName } from './rules/place-name.ts';

/** What is known of a fix, and how. A step that is absent was not done. Plain data, for the format `json`. */
export interface Proof {
  /** Whether the corrected request is valid by the document. Absent: there is no corrected request. */
  readonly conforms?: Conformance;
  /** Statuses of the request as it was sent and of the corrected one, both replayed on Donna's sandbox. */
  readonly sandbox?: { readonly before: number; readonly after: number; readonly what: string };
  /** Status of a harmless request to the provider's endpoint; the corrected request itself is never sent. */
  readonly probed?: { readonly status: number; readonly what: string };
  /** Why a step was not done, as a sentence. */
  readonly notDone?: { readonly sandbox?: string; readonly probed?: string };
}

export interface Conformance {
  readonly ok: boolean;
  readonly issues: readonly PlacedIssue[];
  /** Names of values that could not be checked: those that only the user knows, and secrets that were taken out. */
  readonly unchecked: readonly string[];
}

export interface ProofLine {
  /** `shown`: it speaks for the fix. `against`: it speaks against it. `open`: nothing is known. */
  readonly state: 'shown' | 'against' | 'open';
  readonly text: string;
}

/** What is known of the fix, a line a step, never more than was done. `undefined`: nothing was checked. */
export function proofLines(proof: Proof | undefined): readonly ProofLine[] {
  if (!proof)
    return [{ state: 'open', text: 'Not checked. With `--check` the corrected request is checked.' }];
  return [conformsLine(proof), sandboxLine(proof), probedLine(proof)];
}

function conformsLine({ conforms }: Proof): ProofLine {
  if (!conforms) {
    return { state: 'open', text: 'Conforms: not checked, for there is no corrected request.' };
  }
  if (!conforms.ok) {
    const shown = conforms.issues
      .slice(0, 3)
      .map((one) => `${printable(issueName(one), 100)}: ${withoutStop(one.issue.message)}`);
    const more = conforms.issues.length - shown.length;
    return {
      state: 'against',
      text: `Does not conform: by the document the corrected request is still wrong. ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
    };
  }
  const { unchecked } = conforms;
  const exceptions =
    unchecked.length === 0
      ? ''
      : ` Not checked, because the ${unchecked.length === 1 ? 'value is' : 'values are'} not in it: ${unchecked.map((name) => printable(name, 60)).join(', ')}.`;
  return { state: 'shown', text: `Conforms: the corrected request is valid by the document.${exceptions}` };
}

/** What is missing has no place of its own: it is named inside what lacks it. */
function issueName({ place, issue }: PlacedIssue): string {
  const { keyword, expected } = issue;
  const named = keyword !== 'required' || expected === '' || place.steps.at(-1) === expected;
  return placeName(named ? place : { ...place, steps: [...place.steps, expected] });
}

function sandboxLine({ sandbox, notDone }: Proof): ProofLine {
  if (!sandbox) {
    return { state: 'open', text: `Sandbox: not replayed.${reason(notDone?.sandbox)}` };
  }
  const { before, after, what } = sandbox;
  const statuses = `${before} as it was sent, ${after} corrected.`;
  if (!succeeded(after)) {
    return { state: 'against', text: `Sandbox: still refused: ${statuses}${reason(what)}` };
  }
  if (succeeded(before)) {
    return {
      state: 'open',
      text: `Sandbox: ${statuses} It takes both, so the status proves nothing.${reason(what)}`,
    };
  }
  return { state: 'shown', text: `Sandbox: ${statuses}${reason(what)} It is a simulation of the provider.` };
}

function probedLine({ probed, notDone }: Proof): ProofLine {
  if (!probed)
    return { state: 'open', text: `Probed: no, nothing was sent to the provider.${reason(notDone?.probed)}` };
  const { status, what } = probed;
  const missing = status === 404 || status === 405;
  return {
    state: missing ? 'against' : status === 422 || status === 400 ? 'shown' : 'open',
    text: `Probed: the provider answered ${status}.${reason(what)} The corrected request itself was not sent.`,
  };
}

function succeeded(status: number): boolean {
  return status >= 200 && status < 300;
}

function reason(sentence: string | undefined): string {
  return sentence ? ` ${withoutStop(sentence)}.` : '';
}

function withoutStop(sentence: string): string {
  return printable(sentence, 300).replace(/\.$/, '');
}
