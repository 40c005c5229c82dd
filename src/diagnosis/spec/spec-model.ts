import type { Field, Shape } from './shape.ts';

/** An API as one party sees it: the provider in its OpenAPI document, or Donna in her wire. */
export interface SpecModel {
  /** For the reader: `the OpenAPI document`, `the wire`. */
  readonly title: string;
  readonly operations: readonly SpecOperation[];
}

export interface SpecOperation {
  /** Upper case. */
  readonly method: string;
  /** The template as its own document writes it. */
  readonly path: string;
  readonly operationId: string | undefined;
  readonly deprecated: boolean;
  /** Where it stands in its document, as a JSON pointer. */
  readonly pointer: string;
  readonly query: ReadonlyMap<string, Field>;
  /** Of the JSON or form body; `undefined` where there is none. */
  readonly request: Shape | undefined;
  readonly bodyRequired: boolean;
  /** Of the JSON body of the successful reply; `undefined` where it is not JSON or not described. */
  readonly reply: Shape | undefined;
}

/** A path template without the names of its parameters, by which two documents are matched. */
export function pathPattern(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}');
}
