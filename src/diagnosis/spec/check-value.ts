import type { ApiDocument } from './api-document.ts';

/** One way in which a value is not what its schema asks for. */
export interface SchemaIssue {
  /** From the checked value down; an array's index is a number. */
  readonly at: readonly (string | number)[];
  /** JSON pointer of the schema that says so, through its references. */
  readonly pointer: string;
  readonly keyword:
    | 'type'
    | 'enum'
    | 'const'
    | 'required'
    | 'additionalProperties'
    | 'format'
    | 'pattern'
    | 'range'
    | 'length'
    | 'items'
    | 'unique'
    | 'branch'
    | 'not'
    | 'false';
  /** For `type`: the JSON types, joined by ` or `; `enum`: the values as JSON; `required`: the name; else a short text. */
  readonly expected: string;
  /** The value at `at`. */
  readonly sent: unknown;
  /** A sentence without the value. */
  readonly message: string;
  /** With `branch`: what each alternative of `oneOf` or `anyOf` lacks, the nearest first. */
  readonly branches?: readonly {
    readonly title: string;
    readonly pointer: string;
    readonly issues: readonly SchemaIssue[];
  }[];
}

/** `text`: the value travelled as text (query, path, header, urlencoded), so `"3"` is an integer and `"true"` a boolean. */
export type CheckMode = 'json' | 'text';

/** Implemented by the CHECK part; see its brief. */
export type CheckValue = (
  document: ApiDocument,
  schemaPointer: string,
  value: unknown,
  mode: CheckMode,
) => readonly SchemaIssue[];
