import type { ApiDocument } from './api-document.ts';
import { schemaReader } from './check-reader.ts';
import { walkValue } from './check-walk.ts';

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

/**
 * What is wrong with a value by a schema of a document, in the value's order: at most 100 issues. Pure and total; what was read of the schemas is kept
 * with `document.root`. Only references inside the document are followed. What lies elsewhere, too deep (64 levels of the value), or after
 * 200,000 steps is taken as fitting, and so is a pattern that would take long or a format that is not known.
 *
 * Milder than JSON Schema where documents are known to mean it so: `readOnly` fields need not be sent, a value may fit two branches of a
 * `oneOf`, `nullable` counts wherever it stands, a `default` may be sent, and a closed schema knows the fields of those joined with it.
 *
 * `required`: `at` is the object that lacks the field. `additionalProperties`: `at` is the field itself.
 */
export function checkValue(
  document: Pick<ApiDocument, 'root'>,
  schemaPointer: string,
  value: unknown,
  mode: CheckMode,
  isHole: (value: unknown) => boolean = never,
): readonly SchemaIssue[] {
  const reader = schemaReader(document.root);
  return walkValue(reader, reader.nodeAt(schemaPointer), value, { asText: mode === 'text', isHole });
}

function never(): boolean {
  return false;
}
