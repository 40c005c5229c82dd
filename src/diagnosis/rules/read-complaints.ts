import type { FieldPlace } from '../match/match.ts';
import { isJson } from '../spec/is-json.ts';
import { oneLine } from '../spec/one-line.ts';

/** What a provider says of one field. */
export interface Complaint {
  /** `undefined`: the provider does not say in which part of the request it looked. */
  readonly in: FieldPlace['in'] | undefined;
  /** As the provider spells them. */
  readonly steps: readonly (string | number)[];
  /** At most 300 characters. */
  readonly message: string;
  readonly code: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const MOST = 100;
const LISTS = [
  'detail',
  'errors',
  'issues',
  'violations',
  'details',
  'fieldViolations',
  'field_violations',
  'invalid-params',
  'invalid_params',
  'invalidParams',
  'validationErrors',
  'validation_errors',
];
const MAPS = ['errors', 'fields', 'fieldErrors', 'field_errors', 'modelState', 'validationErrors'];
const MESSAGES = ['msg', 'message', 'detail', 'description', 'reason', 'error', 'title', 'defaultMessage'];
const FIELDS = ['field', 'param', 'property', 'propertyPath', 'path', 'name', 'attribute', 'parameter_name'];
const parts: ReadonlyMap<string, FieldPlace['in']> = new Map([
  ['body', 'body'],
  ['query', 'query'],
  ['querystring', 'query'],
  ['path', 'path'],
  ['params', 'path'],
  ['header', 'header'],
  ['headers', 'header'],
  ['cookie', 'cookie'],
  ['cookies', 'cookie'],
]);

/** What a parsed error body says of single fields, in the provider's order. */
export function complaintsIn(body: unknown): readonly Complaint[] {
  const found: Complaint[] = [];
  collect(body, 0, found);
  const seen = new Set<string>();
  return found.filter((one) => {
    const key = JSON.stringify([one.in, one.steps]);
    return !seen.has(key) && seen.add(key);
  });
}

function collect(value: unknown, depth: number, found: Complaint[]): void {
  if (depth > 4) return;
  if (Array.isArray(value)) {
    for (const entry of value.slice(0, MOST)) {
      if (!isJson(entry) || found.length >= MOST) continue;
      const complaint = readEntry(entry);
      if (complaint) found.push(complaint);
      else collect(entry, depth + 1, found);
    }
    return;
  }
  if (!isJson(value)) return;
  for (const name of LISTS) if (Array.isArray(own(value, name))) collect(own(value, name), depth + 1, found);
  for (const name of MAPS) {
    const map = own(value, name);
    if (isJson(map)) readMap(map, found);
  }
  // `{error: {param, message}}`, `{detail: {param, message}}`, or the same without the envelope.
  const single = readEntry(value);
  if (single) found.push(single);
  for (const name of ['error', 'detail', 'fault', 'data']) {
    if (isJson(own(value, name))) collect(own(value, name), depth + 1, found);
  }
}

function readEntry(entry: Json): Complaint | undefined {
  const message = messageOf(entry);
  if (message === undefined) return undefined;
  const named = (place: { in: Complaint['in']; steps: (string | number)[] }): Complaint => ({
    ...place,
    message,
    code: oneLine(own(entry, 'code') ?? own(entry, 'type') ?? own(entry, 'keyword'), 80),
  });
  for (const name of ['loc', 'path']) {
    const steps = own(entry, name);
    if (Array.isArray(steps)) return named(fromSteps(steps.filter(isStep).slice(0, 50)));
  }
  const source = own(entry, 'source');
  const holder = isJson(source) ? source : entry;
  for (const name of ['pointer', 'instancePath', 'dataPath']) {
    const pointer = own(holder, name);
    if (typeof pointer !== 'string') continue;
    return named({ in: 'body', steps: [...fromPointer(pointer), ...missingProperty(entry)] });
  }
  const parameter = own(holder, 'parameter');
  if (typeof parameter === 'string' && parameter !== '') return named({ in: undefined, steps: [parameter] });
  const header = own(holder, 'header');
  if (typeof header === 'string' && header !== '') return named({ in: 'header', steps: [header] });
  for (const name of FIELDS) {
    const text = own(entry, name);
    // Beside a message `name` is the name of the error; beside a reason (RFC 7807, 3.2) that of the parameter.
    if (name === 'name' && typeof own(entry, 'reason') !== 'string') continue;
    if (typeof text !== 'string' || text === '' || /\s/.test(text) || text.startsWith('/')) continue;
    const where = own(entry, 'location') ?? own(entry, 'in');
    const place = fromText(text);
    const part = typeof where === 'string' ? parts.get(where.toLowerCase()) : undefined;
    return named({ in: part ?? place.in, steps: place.steps });
  }
  return undefined;
}

/** Validators of JSON Schema name what is missing beside the place where it is. */
function missingProperty(entry: Json): string[] {
  const params = own(entry, 'params');
  const name = isJson(params) ? own(params, 'missingProperty') : undefined;
  return typeof name === 'string' ? [name] : [];
}

function messageOf(entry: Json): string | undefined {
  for (const name of MESSAGES) {
    const text = oneLine(own(entry, name), 300);
    if (text !== undefined) return text;
  }
  return oneLine(own(entry, 'code'), 300) ?? oneLine(own(entry, 'type'), 300);
}

/** `{field: 'text'}`, `{field: ['text']}`, `{field: {message}}`. */
function readMap(map: Json, found: Complaint[]): void {
  for (const [name, said] of Object.entries(map).slice(0, MOST)) {
    const first: unknown = Array.isArray(said) ? said[0] : said;
    const message = isJson(first) ? messageOf(first) : oneLine(first, 300);
    if (message === undefined || name === '' || /\s/.test(name)) continue;
    found.push({ ...fromText(name), message, code: undefined });
  }
}

function fromSteps(steps: (string | number)[]): { in: Complaint['in']; steps: (string | number)[] } {
  const [first, ...rest] = steps;
  const part = typeof first === 'string' ? parts.get(first) : undefined;
  return part === undefined ? { in: undefined, steps } : { in: part, steps: rest };
}

/** `#/data/attributes/x`, `/x/0`. */
function fromPointer(pointer: string): (string | number)[] {
  return pointer
    .slice(0, 1000)
    .replace(/^#/, '')
    .split('/')
    .filter((step) => step !== '')
    .slice(0, 50)
    .map((step) => numbered(step.replaceAll('~1', '/').replaceAll('~0', '~')));
}

/** `a.b[0].c`, `$.a.b`, `body.a`. */
function fromText(text: string): { in: Complaint['in']; steps: (string | number)[] } {
  const steps = text
    .slice(0, 1000)
    .replace(/^\$\.?/, '')
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .slice(0, 50)
    .map((step) => numbered(step.replace(/^['"]|['"]$/g, '')));
  return steps.length > 1 ? fromSteps(steps) : { in: undefined, steps };
}

function numbered(step: string): string | number {
  return /^\d{1,9}$/.test(step) ? Number(step) : step;
}

function isStep(step: unknown): step is string | number {
  return typeof step === 'string' || typeof step === 'number';
}

function own(value: Json, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
