import type { FieldPlace } from '../../match/match.ts';
import type { SourceObject, Span } from '../source-value.ts';

/** Where the parts of a request are written in its file. */
export interface WrittenRequest {
  readonly style: 'javascript' | 'python' | 'json';
  /** Of the call. */
  readonly span: Span;
  readonly method: Span | undefined;
  /** The path as it was read, character by character, a `<name>` as one. */
  readonly path: readonly PathToken[];
  /** Segments that the request has in front of what is written, because its base URL brings them. */
  readonly ahead: string;
  readonly objects: Readonly<Partial<Record<FieldPlace['in'], SourceObject>>>;
  /** Pieces outside the call that others use as well. */
  readonly shared: readonly Span[];
  /** The expression behind a name that stands for it in the request. */
  readonly expressionOf: (name: string) => string | undefined;
}

export interface PathToken {
  readonly text: string;
  /** `undefined` where it is not written as such. */
  readonly span: Span | undefined;
  /** It stands for an expression, which is written in a text as `before` + expression + `after`. */
  readonly hole: { readonly before: string; readonly after: string } | 'apart' | undefined;
}
