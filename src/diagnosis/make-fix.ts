import type { SentRequest } from './exchange/exchange.ts';
import type { Finding, Fix, Hole } from './explanation.ts';
import { correctRequest } from './match/correct-request.ts';
import { isHostOf } from './match/is-host-of.ts';
import { spellingLikeness } from './match/likeness.ts';
import type { FieldPlace, KnownField, Match, PlacedIssue, RouteStep } from './match/match.ts';
import { jsonType } from './match/value-fit.ts';
import { putValue } from './put-value.ts';
import { endedAs } from './rules/end-slash.ts';
import { knownAt } from './rules/known-at.ts';
import { withLostPlus } from './rules/lost-plus.ts';
import { placeName } from './rules/place-name.ts';
import { sentAt } from './rules/sent-at.ts';
import type { Shape } from './spec/shape.ts';

/** Not yet without secrets: `explain` hides them everywhere at once. The right request as far as the sent one and the document give it. What only the user knows stays open, and is listed. */
export function makeFix(request: SentRequest, match: Match, findings: readonly Finding[]): Fix {
  const { operation, server, route, fields } = match;
  const mistaken = findings.flatMap(mistakenValue);
  let right = correctRequest(request, {
    operation,
    server,
    sameHost: isHostOf(request, server),
    steps: route.steps.map((step) =>
      mistaken.some(({ place }) => isOf(step, place)) ? emptied(step) : step,
    ),
    moves: fields.moves,
    unknown: fields.unknown.map(({ sent }) => sent),
  });
  right = { ...right, path: endedAs(route.template, right.path) };
  const holes: Hole[] = [];
  for (const issue of fields.issues) {
    const listed = knownAt(match, right, issue.place.in, issue.place.steps)?.shape.values;
    const mended = allowed(mend(issue), listed);
    if (mended !== undefined) right = putValue(right, issue.place, mended.value);
    else if (isValueIssue(issue))
      right = open(right, holes, issue.place, listed ? oneOf(listed) : issue.issue.expected);
  }
  const isOpen = (place: FieldPlace) => holes.some((hole) => placeName(hole.place) === placeName(place));
  for (const { place, right: due } of mistaken) {
    if (isOpen(place) || (place.in !== 'path' && typeof sentAt(right, place) !== 'string')) continue;
    const mended = withLostPlus(sentAt(right, place));
    right = mended === undefined ? open(right, holes, place, due) : putValue(right, place, mended);
  }
  for (const known of fields.missing)
    right = open(right, holes, known.place, expects(known), exampleOf(known.shape()));
  return {
    request: right,
    holes,
    dropped: fields.unknown.map(({ sent }) => placeName(sent.place)),
  };
}

interface Mistaken {
  readonly place: FieldPlace;
  readonly right: string;
}

/** A value that is not what its place wants, whatever its name or place was: carried over, it would fail again. */
function mistakenValue({ rule, where, severity, right }: Finding): Mistaken[] {
  if (rule !== 'wrong-format' && rule !== 'unknown-resource') return [];
  if (severity === 'note' || where.part !== 'field' || where.place.steps.length === 0) return [];
  return [{ place: where.place, right: right ?? 'another value' }];
}

function isOf(step: RouteStep, place: FieldPlace): boolean {
  return step.kind === 'value' && place.in === 'path' && place.steps[0] === step.parameter;
}

/** A step of the path with the name of its parameter where the value stood. */
function emptied(step: RouteStep): RouteStep {
  if (step.kind !== 'value') return step;
  const name = `{${step.parameter}}`;
  const right = [step.value, encodeURIComponent(step.value)].reduce(
    (text, value) => text.replace(value, () => name),
    step.right,
  );
  return { ...step, right };
}

const valueIssues = ['type', 'enum', 'const', 'format', 'pattern', 'range', 'length'];

function isValueIssue({ issue, place }: PlacedIssue): boolean {
  return valueIssues.includes(issue.keyword) && place.steps.length > 0;
}

/** What can be put right without a doubt: a number or truth value that was written as text, a listed value that was misspelt. */
function mend({ issue }: PlacedIssue): { value: unknown } | undefined {
  const { keyword, expected, sent } = issue;
  if (keyword === 'type' && typeof sent === 'string') {
    const types = expected.split(' or ');
    const whole = /^-?\d{1,15}$/.test(sent);
    if (
      (whole && types.includes('integer')) ||
      (/^-?\d{1,15}(\.\d+)?$/.test(sent) && types.includes('number'))
    ) {
      return { value: Number(sent) };
    }
    if (types.includes('boolean') && /^(?:true|false)$/i.test(sent))
      return { value: sent.toLowerCase() === 'true' };
    return undefined;
  }
  if (
    keyword === 'type' &&
    expected === 'string' &&
    (typeof sent === 'number' || typeof sent === 'boolean')
  ) {
    return { value: String(sent) };
  }
  if (keyword === 'type' && expected === 'array' && sent !== null && jsonType(sent) !== 'object')
    return { value: [sent] };
  return keyword === 'enum' && typeof sent === 'string' ? nearestListed(sent, expected) : undefined;
}

/** A value of the right type may still be none of those that are listed. */
function allowed(mended: { value: unknown } | undefined, listed: ReadonlySet<string> | undefined) {
  const fits = mended !== undefined && (listed?.has(JSON.stringify(mended.value)) ?? true);
  return fits ? mended : undefined;
}

function oneOf(listed: ReadonlySet<string>): string {
  return listed.size === 1 ? [...listed].join('') : `one of ${[...listed].slice(0, 10).join(', ')}`;
}

function nearestListed(sent: string, expected: string): { value: unknown } | undefined {
  const listed = parsed(expected);
  const plain = (text: string) => text.toLowerCase().replace(/[-_\s]/g, '');
  const same = listed.filter((one) => typeof one === 'string' && plain(one) === plain(sent));
  const near =
    same.length > 0
      ? same
      : listed.filter((one) => typeof one === 'string' && spellingLikeness(plain(one), plain(sent)) >= 0.8);
  return near.length === 1 ? { value: near[0] } : undefined;
}

function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** Leaves a place open, under the name of its field. */
function open(
  right: SentRequest,
  holes: Hole[],
  place: FieldPlace,
  what: string,
  example?: string,
): SentRequest {
  const name = String(place.steps.findLast((step) => typeof step === 'string') ?? 'value');
  holes.push({ name, place, expects: what, ...(example === undefined ? {} : { example }) });
  return putValue(right, place, `<${name}>`);
}

function expects(known: KnownField): string {
  const types = [...known.shape().types].join(' or ');
  const said = known.description?.split(/(?<=\.)\s/)[0]?.slice(0, 200);
  return said ?? (types === '' ? 'a value' : types);
}

function exampleOf(shape: Shape): string | undefined {
  for (const said of shape.said) {
    const listed = Array.isArray(said.examples) ? said.examples[0] : said.example;
    if (typeof listed === 'string' || typeof listed === 'number' || typeof listed === 'boolean')
      return String(listed).slice(0, 100);
  }
  return undefined;
}
