/** Where something is written: offsets in the text of the whole file. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What a piece of source comes to, as far as the file itself says it. Nothing is run: what depends on anything
 * outside the file is `unknown`, with the expression that gives it.
 */
export type SourceValue =
  | SourceText
  | SourcePlain
  | SourceList
  | SourceObject
  | SourceUnknown
  | SourceEncoded
  | SourceClient
  | SourceLibrary;

export interface SourceText {
  readonly kind: 'text';
  readonly parts: readonly TextPart[];
  readonly span: Span;
}

export type TextPart =
  | {
      readonly kind: 'literal';
      readonly text: string;
      /** Of just this text; `undefined` where it is not written as it reads (escapes). */
      readonly span: Span | undefined;
    }
  | {
      readonly kind: 'expression';
      /** Of the expression alone. */
      readonly inner: Span;
      /** With what puts it into the text, as `${…}`; `undefined` where it stands elsewhere (`.format(…)`, `+`). */
      readonly outer: Span | undefined;
      readonly expression: string;
    };

export interface SourcePlain {
  readonly kind: 'plain';
  readonly value: number | boolean | null;
  readonly span: Span;
}

export interface SourceList {
  readonly kind: 'list';
  readonly items: readonly SourceValue[];
  /** There may be more items than are written. */
  readonly open: boolean;
  readonly span: Span;
}

export interface SourceObject {
  readonly kind: 'object';
  readonly entries: readonly SourceEntry[];
  /** There may be more entries than are written: a spread, a computed name, a later assignment. */
  readonly open: boolean;
  readonly span: Span;
}

export interface SourceEntry {
  readonly name: string;
  /** Of the name, with its quotes. */
  readonly key: Span;
  /** Of the whole entry, without the comma. */
  readonly span: Span;
  /** `{ name }` for `{ name: name }`. */
  readonly shorthand: boolean;
  readonly value: SourceValue;
}

export interface SourceUnknown {
  readonly kind: 'unknown';
  readonly expression: string;
  readonly span: Span;
}

/** The text that JSON.stringify, json.dumps or URLSearchParams makes of a value. */
export interface SourceEncoded {
  readonly kind: 'encoded';
  readonly as: 'json' | 'form';
  readonly value: SourceValue;
  readonly span: Span;
}

/** An instance that carries a base URL and headers: axios.create, httpx.Client, requests.Session. */
export interface SourceClient {
  readonly kind: 'client';
  readonly base: SourceValue | undefined;
  readonly headers: SourceValue | undefined;
  readonly query: SourceValue | undefined;
  readonly span: Span;
}

/** What an import brings in. */
export interface SourceLibrary {
  readonly kind: 'library';
  readonly module: string;
  /** `undefined`: the module itself or its default. */
  readonly member: string | undefined;
  readonly span: Span;
}

/** The text where all of it is known. */
export function wholeText(value: SourceValue | undefined): string | undefined {
  if (value?.kind !== 'text') return undefined;
  let text = '';
  for (const part of value.parts) {
    if (part.kind === 'expression') return undefined;
    text += part.text;
  }
  return text;
}

/** The value as parts of a text; a value that is no text becomes one expression. */
export function textParts(value: SourceValue, source: (span: Span) => string): readonly TextPart[] {
  if (value.kind === 'text') return value.parts;
  if (value.kind === 'plain') return [{ kind: 'literal', text: String(value.value), span: undefined }];
  return [{ kind: 'expression', inner: value.span, outer: undefined, expression: source(value.span) }];
}

/** The entry of that name: the last one wins, as in every language read here. */
export function entryOf(value: SourceValue | undefined, name: string): SourceEntry | undefined {
  return value?.kind === 'object' ? value.entries.findLast((entry) => entry.name === name) : undefined;
}
