import type { Explanation } from '../../explanation.ts';
import type { FieldPlace } from '../../match/match.ts';
import type { JudgedCall } from '../judge-call.ts';
import { unknownNameIn, withoutEncoding } from '../unknown-value.ts';
import { applyEdits, type Edit } from './edit.ts';
import { fieldNamed } from './field-name.ts';
import { type FieldChange, objectEdits } from './object-edits.ts';
import { pathEdit } from './path-edit.ts';
import { sameRequest } from './same-request.ts';
import { valueEdits } from './value-edits.ts';
import { writtenCall } from './written-call.ts';
import { writtenCommand } from './written-command.ts';
import type { WrittenRequest } from './written-request.ts';

/** `certain`: the edits make the call what the document says, which was checked by reading the changed text again. */
export type Mend =
  | { readonly kind: 'certain'; readonly edits: readonly Edit[] }
  | { readonly kind: 'by-hand'; readonly why: string };

/** How sure the operation must be before anything is changed without a person. */
const surelyMeant = 0.9;

/** And each finding: less, for in the end everything that is required must be there and nothing left over. */
const surelyWrong = 0.65;

/**
 * Plans how a call is mended in its source. `judgeAgain` reads and judges the same call in a changed text; it is what makes a plan
 * certain, so that no rule of editing has to be perfect.
 */
export function planMend(
  judged: JudgedCall,
  text: string,
  judgeAgain: (changed: string) => JudgedCall | undefined,
): Mend {
  const byHand = (why: string): Mend => ({ kind: 'by-hand', why });
  const { explanation } = judged;
  const doubt = doubtIn(explanation, judged.doubt);
  if (doubt) return byHand(doubt);
  if (judged.source.open.body && Object.keys(explanation.fieldMap).length > 0) {
    return byHand('more may be sent than is written here');
  }
  const written = writtenOf(judged, text);
  const edits = editsFor(explanation, written, text);
  if (!edits) return byHand('the source does not write it in one piece');
  if (edits.length === 0) return byHand('what to change is not a name, a path or a method');
  if (edits.some((edit) => isShared(edit, written))) return byHand('other places use the same definition');
  const changed = applyEdits(text, edits);
  const after = changed === undefined ? undefined : judgeAgain(changed);
  const right = explanation.fix?.request;
  if (!after || !right || !sameRequest(after.explanation.request, right)) {
    return byHand('the change could not be made by editing its text');
  }
  return after.explanation.findings.some(({ severity }) => severity !== 'note')
    ? byHand('something would be left to decide')
    : { kind: 'certain', edits };
}

/** What keeps the fix from being certain. */
function doubtIn(explanation: Explanation, known: string | undefined): string | undefined {
  const { operation, findings, fix } = explanation;
  if (!operation || !fix) return 'no corrected request is known';
  if (known !== undefined) return known;
  const doubtful = findings.find(
    ({ severity, confidence }) => severity !== 'note' && confidence < surelyWrong,
  );
  if (operation.confidence < surelyMeant) return rivalsOf(explanation);
  if (doubtful) return `${doubtful.rule} is only ${percent(doubtful.confidence)} sure`;
  if (fix.holes.length > 0) {
    return `only you know ${fix.holes.map(({ name }) => name).join(', ')}`;
  }
  if (fix.dropped.length > 0) return `${fix.dropped.join(', ')} has no counterpart`;
  return undefined;
}

/** Those that are nearly as likely, as the same call over another kind of line. */
function rivalsOf({ operation, alternatives }: Explanation): string {
  const best = operation?.confidence ?? 0;
  const rivals = alternatives.filter(({ confidence }) => confidence > best / 2);
  if (rivals.length === 0) return `the operation is only ${percent(best)} sure`;
  const names = rivals.slice(0, 3).map(({ method, fullPath }) => `${method} ${fullPath}`);
  return `it could as well be ${names.join(' or ')}`;
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

function writtenOf({ call, source, concern }: JudgedCall, text: string): WrittenRequest {
  return 'request' in call
    ? writtenCommand(call, text, source.names)
    : writtenCall(call, text, source.names, concern.ahead);
}

function editsFor(
  explanation: Explanation,
  written: WrittenRequest,
  text: string,
): readonly Edit[] | undefined {
  const { request, fix, fieldMap } = explanation;
  const right = fix?.request;
  if (!right || right.host !== request.host || right.scheme !== request.scheme) return undefined;
  const edits: Edit[] = [];
  if (right.method !== request.method) {
    if (!written.method) return undefined;
    const { from, to } = written.method;
    const isLower = text.slice(from, to) === request.method.toLowerCase();
    edits.push({ from, to, text: isLower ? right.method.toLowerCase() : right.method });
  }
  if (right.path !== request.path) {
    const made = pathEdit(written, right.path, text);
    if (!made) return undefined;
    edits.push(...made);
  }
  const changes: FieldChange[] = [];
  for (const [from, to] of Object.entries(fieldMap)) {
    const change = changeFor(fieldNamed(from), fieldNamed(to), explanation, written);
    if (change === 'none') continue;
    if (!change) return undefined;
    changes.push(change);
  }
  const made = objectEdits(changes, written, text);
  const values = valueEdits(explanation, written, (steps) => movedTo(changes, steps), text);
  return made && values && [...edits, ...made, ...values];
}

/** Where a field of the body, or the object that it lies in, went. */
function movedTo(changes: readonly FieldChange[], steps: FieldPlace['steps']): FieldPlace['steps'] {
  for (const { from, to } of changes) {
    if (from?.in !== 'body' || to?.in !== 'body') continue;
    if (from.steps.every((step, index) => step === steps[index])) {
      return [...to.steps, ...steps.slice(from.steps.length)];
    }
  }
  return steps;
}

/** `none`: the path says it already. */
function changeFor(
  from: FieldPlace,
  to: FieldPlace,
  { fix }: Explanation,
  written: WrittenRequest,
): FieldChange | 'none' | undefined {
  if (from.in === 'path' && to.in === 'path') return 'none';
  if (to.in === 'path') return { from, to: undefined };
  if (from.in !== 'path') return { from, to };
  const body = fix?.request.body;
  const value = valueAt(body && 'value' in body ? body.value : undefined, to);
  if (typeof value !== 'string') return undefined;
  const name = unknownNameIn(value);
  const expression = name === undefined ? undefined : written.expressionOf(name);
  const text = expression ?? value;
  if (written.style !== 'json' && expression !== undefined) {
    return { from: undefined, to, value: withoutEncoding(expression) };
  }
  // In single quotes a shell puts nothing in for a variable.
  if (written.style === 'json' && text.includes('$')) return undefined;
  return { from: undefined, to, value: JSON.stringify(text) };
}

function valueAt(value: unknown, place: FieldPlace): unknown {
  if (place.in !== 'body') return undefined;
  let found = value;
  for (const step of place.steps) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}

/** Outside the call only what nothing else uses may be changed. */
function isShared(edit: Edit, { span, shared }: WrittenRequest): boolean {
  if (edit.from >= span.from && edit.to <= span.to) return false;
  return shared.some(({ from, to }) => edit.from >= from && edit.to <= to);
}
