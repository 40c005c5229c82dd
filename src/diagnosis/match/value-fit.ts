import { readPattern } from '../spec/check-pattern.ts';
import type { Shape } from '../spec/shape.ts';
import { wordsOf } from './words.ts';

/**
 * How well a sent value goes with a field: -1 where its type is refused, 0 where nothing can be said, up to 1 where few other fields would
 * take it. Looks only; the check of values against schemas is spec/check-value.ts.
 */
export function valueFit(value: unknown, shape: Shape, fieldName: string): number {
  if (value === null || value === undefined) return 0;
  const type = jsonType(value);
  const text = typeof value === 'string' ? value : undefined;
  if (shape.values && shape.values.size > 0) {
    if (shape.values.has(JSON.stringify(value))) return 1;
    if (
      text !== undefined &&
      [...shape.values].some((one) => one.toLowerCase() === JSON.stringify(text.toLowerCase()))
    )
      return 0.6;
    return type === 'string' || type === 'object' ? -0.5 : -1;
  }
  if (shape.types.size === 0) return 0;
  const taken =
    shape.types.has(type) ||
    (type === 'integer' && shape.types.has('number')) ||
    (text !== undefined && textFits(text, shape.types));
  if (!taken) return -1;
  if (type === 'object' && typeof value === 'object') return objectFit(Object.keys(value), shape);
  if (type === 'boolean') return 0.45;
  if (type === 'array') return 0.4;
  if (type === 'integer' || type === 'number') return 0.3;
  return text === undefined ? 0 : textFit(text, fieldName, shape);
}

/** Forms and queries carry all values as text. */
function textFits(text: string, types: ReadonlySet<string>): boolean {
  return (
    ((types.has('integer') || types.has('number')) && /^-?\d+(\.\d+)?$/.test(text)) ||
    (types.has('boolean') && /^(true|false)$/i.test(text))
  );
}

function objectFit(names: readonly string[], shape: Shape): number {
  if (shape.fields.size === 0) return 0.2;
  if (names.length === 0) return 0.3;
  return names.filter((name) => shape.fields.has(name)).length / names.length > 0.5 ? 0.9 : -0.4;
}

const kinds: readonly {
  readonly looks: RegExp;
  readonly words: readonly string[];
  readonly formats: readonly string[];
}[] = [
  {
    looks: /^\+[1-9]\d{6,14}$/,
    words: ['phone', 'number', 'to', 'from', 'mobile', 'caller', 'callee', 'destination', 'msisdn'],
    formats: ['e164', 'phone'],
  },
  {
    looks: /^https?:\/\//i,
    words: ['url', 'uri', 'link', 'href', 'webhook', 'callback', 'endpoint'],
    formats: ['uri', 'url'],
  },
  { looks: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, words: ['email', 'mail'], formats: ['email'] },
  {
    looks: /^\d{4}-\d\d-\d\d/,
    words: ['date', 'time', 'at', 'start', 'end', 'since', 'until'],
    formats: ['date', 'date-time'],
  },
  { looks: /^[0-9a-f]{8}-[0-9a-f]{4}-/i, words: ['id', 'uuid', 'guid', 'key'], formats: ['uuid'] },
];

function textFit(text: string, fieldName: string, shape: Shape): number {
  const words = wordsOf(fieldName);
  if (breaksPattern(text, shape)) return -0.6;
  // No identifier has words in it.
  if (isIdentifierName(words) && /\s\S+\s/.test(text)) return -1;
  for (const { looks, words: telling, formats } of kinds) {
    if (!looks.test(text)) continue;
    const declared = shape.said.some(({ format }) => typeof format === 'string' && formats.includes(format));
    return declared || telling.some((word) => words.includes(word)) ? 0.6 : -0.3;
  }
  const format = shape.said.find((one) => typeof one.format === 'string')?.format;
  if (typeof format === 'string' && kinds.some(({ formats }) => formats.includes(format))) return -0.3;
  return 0.05;
}

function breaksPattern(text: string, shape: Shape): boolean {
  return shape.said.some(
    ({ pattern }) => typeof pattern === 'string' && readPattern(pattern).test(text) === false,
  );
}

/** Whether a name, cut into words, is that of an identifier. */
export function isIdentifierName(words: readonly string[]): boolean {
  return identifiers.has(words.at(-1) ?? '');
}

const identifiers = new Set(['id', 'sid', 'uuid', 'guid', 'uid', 'identifier']);

export function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
