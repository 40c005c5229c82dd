import type { Json } from './api-document.ts';
import { checkSame } from './check-same.ts';
import type { Problem } from './check-schema.ts';

/** The values of `enum` or `const`. */
export interface ListedValues {
  readonly keyword: 'enum' | 'const';
  readonly all: readonly unknown[];
  readonly plain: ReadonlySet<unknown>;
  readonly objects: readonly unknown[];
  /** Plain values as text, for values that travelled as text. */
  readonly texts: ReadonlySet<string>;
  /** Those whose type the schema does not allow beside them: documents write `enum: [8000]` under `type: string`. */
  readonly misspelt: ReadonlySet<string>;
}

export function readListed(raw: Json, types: readonly string[]): ListedValues | undefined {
  const isConst = Object.hasOwn(raw, 'const');
  const all: readonly unknown[] = isConst ? [raw.const] : Array.isArray(raw.enum) ? raw.enum : [];
  if (all.length === 0) return undefined;
  const plain = all.filter((value) => typeof value !== 'object' || value === null);
  const stray = plain.filter((value) => types.length > 0 && !types.some((type) => isOfType(value, type)));
  return {
    keyword: isConst ? 'const' : 'enum',
    all,
    plain: new Set(plain),
    objects: all.filter((value) => typeof value === 'object' && value !== null),
    texts: new Set(plain.map(String)),
    misspelt: new Set(stray.map(String)),
  };
}

/** `sent` is the value as it travelled, before it was read as a number or a boolean. */
export function listedProblem(
  listed: ListedValues,
  value: unknown,
  sent: unknown,
  asText: boolean,
): Problem | undefined {
  if (listed.plain.has(value) || listed.objects.some((one) => checkSame(one, value))) return undefined;
  if (typeof sent === 'string' && (asText ? listed.texts : listed.misspelt).has(sent)) return undefined;
  if (listed.keyword === 'const') {
    return { keyword: 'const', expected: jsonText(listed.all[0]), message: listedSentence(1) };
  }
  return {
    keyword: 'enum',
    expected: jsonText(listed.all),
    message: listedSentence(listed.all.length),
  };
}

function isOfType(value: unknown, type: string): boolean {
  if (value === null) return type === 'null';
  if (typeof value === 'number') return type === 'number' || (type === 'integer' && Number.isInteger(value));
  return typeof value === type;
}

export function listedSentence(count: number): string {
  return count === 1 ? 'It has only one possible value.' : `It must be one of ${count} listed values.`;
}

/** Nesting that no text can be made of is told as null. */
function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return 'null';
  }
}
