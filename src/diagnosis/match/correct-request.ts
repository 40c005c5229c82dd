import type { SentBody, SentRequest } from '../exchange/exchange.ts';
import type { ApiOperation, ApiServer } from '../spec/api-document.ts';
import { bodyContent, takes } from './body-content.ts';
import type { FieldMove, FieldPlace, RouteStep, SentField } from './match.ts';

type Steps = readonly (string | number)[];
type Values = Record<string, unknown>;

interface Correction {
  readonly operation: ApiOperation;
  readonly server: ApiServer;
  /** Whether the request went to this server already. */
  readonly sameHost: boolean;
  readonly steps: readonly RouteStep[];
  readonly moves: readonly FieldMove[];
  /** What is left out. */
  readonly unknown: readonly SentField[];
}

/** The request as the operation wants it: path and method put right, fields moved, what it does not know left out. Nothing is made up. */
export function correctRequest(request: SentRequest, correction: Correction): SentRequest {
  const { operation, server, sameHost, moves } = correction;
  const values = new Map(
    moves.flatMap(({ from, to }) =>
      to.place.in === 'path' ? [[String(to.place.steps[0]), from.value] as const] : [],
    ),
  );
  const body = correctBody(request, correction);
  const contentType = typeFor(request, operation, body);
  return {
    method: operation.method,
    scheme: sameHost ? request.scheme : server.scheme,
    host: sameHost ? request.host : (server.host ?? request.host),
    path: `/${correction.steps.flatMap((step) => rightStep(step, values)).join('/')}`,
    query: correctQuery(request, correction),
    headers:
      request.headers && withType(correctHeaders(request.headers, moves), request.contentType, contentType),
    contentType,
    body,
  };
}

function rightStep(step: RouteStep, values: ReadonlyMap<string, unknown>): string[] {
  if (step.kind === 'extra') return [];
  if (step.kind !== 'absent' || step.parameter === undefined) return [step.right];
  const value = values.get(step.parameter);
  if (value === undefined) return [step.right];
  return [step.right.replace(`{${step.parameter}}`, () => encodeURIComponent(String(value)))];
}

function correctQuery(request: SentRequest, { moves, unknown }: Correction): [string, string][] {
  const gone = new Set(
    unknown.flatMap(({ place }) => (place.in === 'query' ? [String(place.steps[0])] : [])),
  );
  const renamed = new Map<string, FieldPlace>();
  for (const { from, to } of moves)
    if (from.place.in === 'query') renamed.set(String(from.place.steps[0]), to.place);
  const kept = request.query.flatMap(([name, value]): [string, string][] => {
    const to = renamed.get(name);
    if (to) return to.in === 'query' ? [[String(to.steps[0]), value]] : [];
    return gone.has(name) ? [] : [[name, value]];
  });
  const added = moves.flatMap(({ from, to }): [string, string][] =>
    to.place.in === 'query' && from.place.in !== 'query'
      ? [[String(to.place.steps[0]), asText(from.value)]]
      : [],
  );
  return [...kept, ...added];
}

function correctHeaders(
  headers: readonly (readonly [string, string])[],
  moves: readonly FieldMove[],
): readonly (readonly [string, string])[] {
  const added = moves.flatMap(({ from, to }) =>
    to.place.in === 'header' ? [[String(to.place.steps[0]), asText(from.value)] as const] : [],
  );
  return [...headers, ...added];
}

function correctBody(request: SentRequest, { operation, moves, unknown }: Correction): SentBody {
  const { body } = request;
  if (body.kind === 'text' || body.kind === 'unread') return body;
  const touched = [...moves.map(({ from }) => from.place), ...unknown.map(({ place }) => place)];
  const incoming = moves.filter(({ to }) => to.place.in === 'body');
  const content = bodyContent(operation, request);
  if (!content) return { kind: 'none' };
  if (body.kind === 'none' && incoming.length === 0) return body;
  let value: unknown = body.kind === 'none' ? {} : structuredClone(body.value);
  value = withoutAll(
    value,
    touched.flatMap((place) => (place.in === 'body' ? [place.steps] : [])),
  );
  for (const { from, to } of incoming) value = withValue(value, to.place.steps, from.value);
  if (body.kind === 'json' && /[/+]json$|\*/.test(content.type)) return { kind: 'json', value };
  if (body.kind === 'none' && /[/+]json$/.test(content.type)) return { kind: 'json', value };
  return bodyOfType(content.type, value);
}

/** The value in the kind of body that a media type has. */
function bodyOfType(type: string, value: unknown): SentBody {
  if (type === 'multipart/form-data') return { kind: 'form', encoding: 'multipart', value: asFields(value) };
  if (type.includes('form')) return { kind: 'form', encoding: 'urlencoded', value: asFields(value) };
  return { kind: 'json', value };
}

function typeFor(request: SentRequest, operation: ApiOperation, body: SentBody): string | undefined {
  if (body.kind === 'none') return undefined;
  const contents = operation.body()?.contents ?? [];
  const sent = request.contentType;
  if (sent !== undefined && contents.some(({ type }) => takes(type, sent))) return sent;
  if (body.kind === 'json')
    return contents.find(({ type }) => /[/+]json$/.test(type))?.type ?? 'application/json';
  if (body.kind === 'form')
    return body.encoding === 'multipart' ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  return bodyContent(operation, request)?.type ?? sent;
}

function withType(
  headers: readonly (readonly [string, string])[],
  before: string | undefined,
  after: string | undefined,
): readonly (readonly [string, string])[] {
  if (before === after) return headers;
  const others = headers.filter(([name]) => name.toLowerCase() !== 'content-type');
  return after === undefined ? others : [...others, ['Content-Type', after]];
}

/** Without what lies at these places, and without objects that are empty because of it. The value is changed. */
function withoutAll(value: unknown, places: readonly Steps[]): unknown {
  const left = new Map<Values, number>();
  for (const steps of places) {
    const above = holders(value, steps);
    for (let depth = above.length - 1; depth >= 0; depth--) {
      const holder = above[depth];
      if (!holder || Array.isArray(holder)) break;
      delete holder[String(steps[depth])];
      const still = (left.get(holder) ?? Object.keys(holder).length + 1) - 1;
      left.set(holder, still);
      if (still > 0) break;
    }
  }
  return value;
}

/** The objects on the way to a place; none where the way ends before it. */
function holders(value: unknown, steps: Steps): Values[] {
  const found: Values[] = [];
  let here = value;
  for (const step of steps) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return [];
    found.push(here as Values);
    here = (here as Values)[String(step)];
  }
  return found;
}

/** With a value at a place; objects on the way are made. */
export function withValue(value: unknown, steps: Steps, put: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return put;
  if (Array.isArray(value) && typeof step === 'number') {
    const copy = [...value];
    copy[step] = withValue(copy[step], rest, put);
    return copy;
  }
  const copy =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? copyOf(value) : emptyValues();
  copy[String(step)] = withValue(
    Object.hasOwn(copy, String(step)) ? copy[String(step)] : undefined,
    rest,
    put,
  );
  return copy;
}

/** A field may be called `__proto__`: nothing is inherited here. */
function emptyValues(): Values {
  return Object.create(null) as Values;
}

function copyOf(value: object): Values {
  return Object.assign(emptyValues(), value);
}

function asFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? copyOf(value) : {};
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
