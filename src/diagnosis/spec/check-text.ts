/** How a value that travelled as text may be meant, by the types that its schema allows. */
export type MeantText =
  | { readonly kind: 'plain'; readonly value: string | number | boolean | null }
  /** JSON that was written into the text. */
  | { readonly kind: 'json'; readonly value: unknown }
  /** A list of the text alone or, where it has commas, of its parts. */
  | {
      readonly kind: 'list';
      readonly whole: readonly string[];
      readonly parts: readonly string[] | undefined;
    };

/** JSON inside a text is read up to this length. */
const LONGEST_JSON = 1_000_000;

/** `undefined`: it is none of the types. */
export function meantText(text: string, types: ReadonlySet<string>): MeantText | undefined {
  if (types.size === 0 || types.has('string')) return { kind: 'plain', value: text };
  if (types.has('integer') && /^[+-]?\d{1,400}(?:\.0+)?$/.test(text)) return plain(Number(text));
  if (types.has('number') && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,4})?$/i.test(text))
    return plain(Number(text));
  // Frameworks read these as booleans wherever a value is text; nothing else is agreed upon.
  if (types.has('boolean') && /^(?:true|false|1|0)$/i.test(text)) return plain(/^(?:true|1)$/i.test(text));
  if (types.has('null') && (text === '' || text === 'null')) return plain(null);
  if ((types.has('object') && /^\s*\{/.test(text)) || (types.has('array') && /^\s*\[/.test(text))) {
    const value = parsed(text);
    if (value !== undefined) return { kind: 'json', value };
  }
  if (!types.has('array')) return undefined;
  return { kind: 'list', whole: [text], parts: text.includes(',') ? text.split(',') : undefined };
}

/** A file of a multipart form. */
export function isFile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'file')) return false;
  return Object.keys(value).length === 1 && typeof Reflect.get(value, 'file') === 'string';
}

function plain(value: number | boolean | null): MeantText {
  return { kind: 'plain', value };
}

function parsed(text: string): unknown {
  if (text.length > LONGEST_JSON) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
