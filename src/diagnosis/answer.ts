import type { Explanation, Finding, Hypothesis } from './explanation.ts';
import { placeName } from './rules/place-name.ts';
import { spokenName } from './rules/spoken-name.ts';
import { isPartial } from './spec/is-partial.ts';

type Draft = Omit<Explanation, 'answer'>;

/** The answer in three lines at most: what is wrong, what was meant, what to do. */
export function answerOf(draft: Draft): readonly string[] {
  switch (draft.verdict) {
    case 'cannot-tell':
      return cannotTell(draft);
    case 'nothing-wrong':
      return nothingWrong(draft);
    case 'wrong':
      return wrong(draft);
  }
}

function cannotTell(draft: Draft): string[] {
  const { request, documents, findings, alternatives } = draft;
  if (documents.length > 0 && documents.every(isPartial)) return notInPart(draft);
  const where = documents.map(({ title }) => title).join(', ');
  const line = `Nothing in ${where} fits ${request.method} ${request.path} well enough to say what was meant.`;
  const [nearest] = alternatives;
  const near = nearest
    ? `The nearest is ${nameOf(nearest)}, with a chance of ${percent(nearest.confidence)}.`
    : undefined;
  const note = findings[0]?.message;
  const elsewhere =
    nearest && nearest.host === request.host
      ? 'If that is not it, look for the operation by words: donna spec search.'
      : 'Give the document of the API that the request is for (--spec).';
  return [line, ...(near ? [near] : []), note ?? elsewhere];
}

/** What a document of a part of an API lacks may be right all the same. */
function notInPart({ request, documents, alternatives }: Draft): string[] {
  const where = documents.map(({ title }) => title).join('; ');
  const [nearest] = alternatives;
  return [
    `${request.method} ${request.path} is not in the document that is known (${where}), and may be right.`,
    ...(nearest ? [`The nearest in it is ${nameOf(nearest)}.`] : []),
    'Give the whole document of the API (--spec) to have it judged.',
  ];
}

function nothingWrong({ operation, findings, reply }: Draft): string[] {
  const fits = `The request is as the document has ${operation ? nameOf(operation) : 'it'}.`;
  const notes = findings.map(({ message }) => message).slice(0, 2);
  if (notes.length > 0) return [fits, ...notes];
  if (reply?.status === undefined || reply.status < 400) return [fits];
  return [
    fits,
    `The cause of the ${reply.status} is not in the shape of the request: read the answer, or ask the provider.`,
  ];
}

function wrong(draft: Draft): string[] {
  const { request, operation } = draft;
  const told = draft.findings.filter(({ severity }) => severity !== 'note');
  const [first] = told;
  const more = told.length > 1 ? ` (${told.length} differences in all)` : '';
  const lines = [
    `${first?.message ?? `${request.method} ${request.path} is not what the document has.`}${more}`,
  ];
  if (operation) {
    const summary = operation.summary ? `: ${operation.summary}` : '';
    lines.push(`${meant(operation)} ${nameOf(operation)}${summary}${siblings(operation)}.`);
  }
  const todo = whatToDo(draft, told);
  if (todo !== undefined) lines.push(todo);
  return lines;
}

function meant(operation: Hypothesis): string {
  const confidence = operation.family?.confidence ?? operation.confidence;
  if (confidence >= 0.9) return 'Meant is';
  return confidence >= 0.6
    ? `Meant is most likely (${percent(confidence)})`
    : `Meant is perhaps (${percent(confidence)})`;
}

function siblings({ family }: Hypothesis): string {
  return family ? `, or one that takes the same (${family.others.join(', ')})` : '';
}

/** All that changes, in one line; what no move says is said by the findings themselves. */
function whatToDo({ fieldMap, fix }: Draft, told: readonly Finding[]): string | undefined {
  const moves = Object.entries(fieldMap).map(([from, to]) => `${plain(from)} → ${plain(to)}`);
  const holes = fix?.holes.map(({ name }) => name) ?? [];
  const parts = [
    moves.length > 0 ? `Send ${shortened(moves)}.` : '',
    holes.length > 0 ? `Fill in ${shortened(holes)}.` : '',
    fix && fix.dropped.length > 0 ? `Leave out ${shortened(fix.dropped.map(plain))}.` : '',
  ].filter((part) => part !== '');
  const open = new Set(fix?.holes.map(({ place }) => placeName(place)));
  const others = told.filter(
    ({ rule, where }) =>
      parts.length === 0 ||
      !(saidElsewhere.has(rule) || (where.part === 'field' && open.has(placeName(where.place)))),
  );
  const fixes = [...new Set(others.flatMap((finding) => finding.fix ?? []))];
  const all = [...parts, ...fixes.slice(0, 2)];
  return all.length > 0 ? all.join(' ') : undefined;
}

/** Their fixes are the moves, the holes, what is left out, and the operation that was meant. */
const saidElsewhere = new Set([
  'renamed-field',
  'misplaced-parameter',
  'missing-required',
  'ignored-field',
  'unknown-path',
  'wrong-base-path',
  'wrong-method',
  'deprecated',
]);

function plain(name: string): string {
  return spokenName(name, '');
}

const MOST_NAMED = 6;

function shortened(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function nameOf({ method, fullPath }: Hypothesis): string {
  return `${method} ${fullPath}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
