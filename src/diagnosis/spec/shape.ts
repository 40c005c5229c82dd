/**
 * What a JSON value may be, in the one small form in which two descriptions are compared. A Shape is the
 * union of its alternatives (`anyOf`, `oneOf`, a nullable): it has the types and fields of all of them.
 */
export interface Shape {
  /** The same text for the same alternatives of the same document; walks end by it where shapes are recursive. */
  readonly id: string;
  /** Where it stands in its document, as a JSON pointer. */
  readonly pointer: string;
  /** JSON types, with `integer` beside `number` as JSON Schema has it. Empty: anything. */
  readonly types: ReadonlySet<string>;
  /** The allowed values as JSON text, without null; `undefined` where the values are not listed. */
  readonly values: ReadonlySet<string> | undefined;
  readonly fields: ReadonlyMap<string, Field>;
  /** What each alternative that is an object requires; empty where none is. */
  readonly requiredSets: readonly ReadonlySet<string>[];
  /** The schema objects themselves, references followed: for descriptions, formats, patterns and examples. */
  readonly said: readonly Readonly<Record<string, unknown>>[];
  /** Of an array. */
  readonly items: () => Shape | undefined;
  /**
   * What becomes of fields that are not listed: `map` takes them as its entries, `ignored` drops them in silence
   * (JSON Schema's default, and what the provider does), `closed` refuses them.
   */
  readonly rest: 'map' | 'ignored' | 'closed';
  /** What each entry of a map is, where the document says it. */
  readonly entries: () => Shape | undefined;
}

export interface Field {
  /** In every alternative that is an object. */
  readonly required: boolean;
  readonly pointer: string;
  readonly shape: () => Shape;
}
