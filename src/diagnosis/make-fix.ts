import type { SentBody, SentRequest } from './exchange/exchange.ts';
import type { Fix, Hole } from './explanation.ts';
import { correctRequest, withValue } from './match/correct-request.ts';
import { spellingLikeness } from './match/likeness.ts';
import type { FieldPlace, KnownField, Match, PlacedIssue } from './match/match.ts';
import { isHostOf } from './match/rank.ts';
import { jsonType } from './match/value-fit.ts';
import { placeName } from './rules/place-name.ts';
import type { Shape } from './spec/shape.ts';

/** Not yet without secrets: `explain` hides them everywhere at once. The right request as far as the sent one and the document give it. What only the user knows stays open, and is listed. */
export function makeFix(request: SentRequest, match: Match): Fix {
  const { operation, server, route, fields } = match;
  let right = correctRequest(request, {
    operation,
    server,
    sameHost: isHostOf(request, server),
    steps: route.steps,
    moves: fields.moves,
    unknown: fields.unknown.map(({ sent }) => sent),
  });
  const holes: Hole[] = [];
  for (const issue of fields.issues) {
    const mended = mend(issue);
    if (mended !== undefined) right = put(right, issue.place, mended.value);
    else if (isValueIssue(issue)) right = open(right, holes, issue.place, issue.issue.expected);
  }
  for (const known of fields.missing)
    right = open(right, holes, known.place, expects(known), exampleOf(known.shape()));
  return {
    request: right,
    holes,
    dropped: fields.unknown.map(({ sent }) => placeName(sent.place)),
  };
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
  return put(right, place, `<${name}>`);
}

function put(request: SentRequest, place: FieldPlace, value: unknown): SentRequest {
  const name = String(place.steps[0] ?? '');
  switch (place.in) {
    case 'path':
      return { ...request, path: request.path.replace(`{${name}}`, () => encodeURIComponent(String(value))) };
    case 'query': {
      const others = request.query.filter(([one]) => one !== name);
      return { ...request, query: [...others, [name, String(value)]] };
    }
    case 'header':
    case 'cookie': {
      const others = (request.headers ?? []).filter(([one]) => one.toLowerCase() !== name.toLowerCase());
      return place.in === 'cookie' ? request : { ...request, headers: [...others, [name, String(value)]] };
    }
    case 'body':
      return { ...request, ...withBody(request, place, value) };
  }
}

function withBody(
  request: SentRequest,
  place: FieldPlace,
  value: unknown,
): { body: SentBody; contentType: string | undefined } {
  const { body } = request;
  if (body.kind === 'form') {
    const filled = withValue(body.value, place.steps, value) as Readonly<Record<string, unknown>>;
    return { body: { ...body, value: filled }, contentType: request.contentType };
  }
  if (body.kind === 'text' || body.kind === 'unread') return { body, contentType: request.contentType };
  const filled = withValue(body.kind === 'json' ? body.value : {}, place.steps, value);
  return { body: { kind: 'json', value: filled }, contentType: request.contentType ?? 'application/json' };
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
