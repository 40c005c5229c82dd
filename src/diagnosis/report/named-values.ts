import type { SentRequest } from '../exchange/exchange.ts';
import { sameValue } from './value-text.ts';

const maxDepth = 32;
const maxValues = 200;

/** Values by the key of their name. */
export type NamedValues = ReadonlyMap<string, { readonly name: string; readonly value: unknown }>;

/** One spelling for both ways to write an index, `a[0].b` and `a.0.b`, and for headers in any case. */
export function nameKey(name: string): string {
  return name.startsWith('header:') ? name.toLowerCase() : name.replace(/\[(\d+)\]/g, '.$1');
}

/**
 * The fields of a request in their order: query, headers, body. The body is cut as small as the difference to the other request
 * needs, and never smaller than a part that moves as a whole. Headers only where they move. `moving` has the names that move, as
 * in `Explanation.fieldMap`.
 */
export function namedValues(
  request: SentRequest,
  other: SentRequest,
  moving: readonly string[],
): NamedValues {
  const values = new Map<string, { name: string; value: unknown }>();
  const whole = new Set(moving.map(nameKey));
  const inner = new Set([...whole].flatMap(around));
  const set = (name: string, value: unknown) => values.set(nameKey(name), { name, value });

  for (const [name, value] of request.query) {
    const before = values.get(nameKey(`query:${name}`))?.value;
    set(`query:${name}`, before === undefined ? value : [before, value].flat());
  }
  for (const [name, value] of request.headers ?? []) {
    if (whole.has(nameKey(`header:${name}`))) set(`header:${name}`, value);
  }

  const visit = (value: unknown, beside: unknown, name: string, depth: number): void => {
    if (values.size >= maxValues) return;
    const key = nameKey(name);
    const leaf =
      typeof value !== 'object' ||
      value === null ||
      Object.keys(value).length === 0 ||
      depth >= maxDepth ||
      (name !== '' && !inner.has(key) && (whole.has(key) || sameValue(value, beside)));
    if (leaf) {
      set(name === '' ? 'the body' : name, value);
      return;
    }
    for (const step of Object.keys(value)) {
      const part = Array.isArray(value) ? `${name}[${step}]` : name === '' ? step : `${name}.${step}`;
      visit(entry(value, step), entry(beside, step), part, depth + 1);
    }
  };
  const body = fieldsOf(request);
  if (body !== undefined) visit(body, fieldsOf(other), '', 0);
  return values;
}

/** The value in the body under a name such as `a.b[0].c`. Names with a dot in them are not found. */
export function valueAt(request: SentRequest, name: string): unknown {
  return nameKey(name)
    .split('.')
    .reduce<unknown>((value, step) => entry(value, step), fieldsOf(request));
}

function fieldsOf({ body }: SentRequest): unknown {
  return body.kind === 'json' || body.kind === 'form' ? body.value : undefined;
}

function entry(value: unknown, step: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    ? (value as Readonly<Record<string, unknown>>)[step]
    : undefined;
}

/** The keys of all objects around one. */
function around(key: string): string[] {
  const keys: string[] = [];
  for (let end = key.lastIndexOf('.'); end > 0; end = key.lastIndexOf('.', end - 1)) {
    keys.push(key.slice(0, end));
  }
  return keys;
}
