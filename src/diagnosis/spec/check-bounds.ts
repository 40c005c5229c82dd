import type { Json } from './api-document.ts';
import { checkFormat } from './check-format.ts';
import { type CheckedPattern, readPattern } from './check-pattern.ts';
import type { Problem } from './check-schema.ts';

/** How many characters, items or properties; `undefined`: as many as one likes. */
export interface Size {
  readonly least: number | undefined;
  readonly most: number | undefined;
}

/** What a schema says of a text or a number. */
export interface Bounds {
  readonly length: Size;
  readonly format: string | undefined;
  readonly pattern: string | undefined;
  readonly tested: CheckedPattern | undefined;
  readonly minimum: number | undefined;
  readonly above: number | undefined;
  readonly maximum: number | undefined;
  readonly below: number | undefined;
  readonly step: number | undefined;
}

const words = [
  'minLength',
  'maxLength',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
];

export function readBounds(raw: Json): Bounds | undefined {
  if (!words.some((word) => raw[word] !== undefined)) return undefined;
  const pattern = typeof raw.pattern === 'string' ? raw.pattern : undefined;
  const [minimum, maximum] = [number(raw.minimum), number(raw.maximum)];
  // 3.0 says with `true` that the bound beside it is excluded; 3.1 gives the bound itself.
  const above = raw.exclusiveMinimum === true ? minimum : number(raw.exclusiveMinimum);
  const below = raw.exclusiveMaximum === true ? maximum : number(raw.exclusiveMaximum);
  const step = number(raw.multipleOf);
  return {
    length: readSize(raw.minLength, raw.maxLength),
    format: typeof raw.format === 'string' ? raw.format : undefined,
    pattern,
    tested: pattern === undefined ? undefined : readPattern(pattern),
    minimum,
    above,
    maximum,
    below,
    step: step !== undefined && step > 0 ? step : undefined,
  };
}

export function readSize(least: unknown, most: unknown): Size {
  return { least: number(least), most: number(most) };
}

export function numberProblem(bounds: Bounds, value: number): Problem | undefined {
  const { minimum, above, maximum, below, step } = bounds;
  if (above !== undefined && !(value > above)) return range(`more than ${above}`);
  if (minimum !== undefined && !(value >= minimum)) return range(`at least ${minimum}`);
  if (below !== undefined && !(value < below)) return range(`less than ${below}`);
  if (maximum !== undefined && !(value <= maximum)) return range(`at most ${maximum}`);
  return step === undefined || isMultiple(value, step) ? undefined : range(`a multiple of ${step}`);
}

/** All that is wrong with a text but its pattern, which may not be run on each. */
export function textProblem({ length, format }: Bounds, value: string): Problem | undefined {
  const size = lengthProblem(length, value);
  if (size) return size;
  if (format === undefined || checkFormat(format, value)) return undefined;
  return { keyword: 'format', expected: format, message: `It must be written as ${format}.` };
}

export function sizeProblem(
  size: Size,
  count: number,
  keyword: 'items' | 'length',
  unit: 'item' | 'field' | 'character',
): Problem | undefined {
  const { least, most } = size;
  if (least !== undefined && count < least) return sized(keyword, 'at least', least, unit);
  if (most !== undefined && count > most) return sized(keyword, 'at most', most, unit);
  return undefined;
}

/** A length is counted in code points (RFC 8259), which are between half the UTF-16 units and all of them. */
function lengthProblem(size: Size, value: string): Problem | undefined {
  const { least, most } = size;
  const units = value.length;
  const clear =
    (least === undefined || units >= 2 * least || units < least) &&
    (most === undefined || units <= most || units > 2 * most);
  return sizeProblem(size, clear ? units : codePoints(value), 'length', 'character');
}

function codePoints(value: string): number {
  let count = 0;
  for (const _ of value) count++;
  return count;
}

/** Within the error of a division of doubles: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times));
}

function range(expected: string): Problem {
  return { keyword: 'range', expected, message: `It must be ${expected}.` };
}

function sized(keyword: 'items' | 'length', how: string, count: number, unit: string): Problem {
  const expected = `${how} ${count} ${unit}${count === 1 ? '' : 's'}`;
  return { keyword, expected, message: `It must have ${expected}.` };
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
