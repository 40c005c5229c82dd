import type { Bounds, Size } from './check-bounds.ts';
import type { ListedValues } from './check-listed.ts';
import type { CheckedPattern } from './check-pattern.ts';
import type { SchemaIssue } from './check-value.ts';

/** One schema of a document. Its rules are read when a value first meets it, and kept with the document. */
export interface SchemaNode {
  readonly pointer: string;
  readonly raw: unknown;
  /** Read through `SchemaReader.rulesOf`. */
  rules: SchemaRules | undefined;
  /** The value it is being held against: a reference that comes back with the same value says nothing new. */
  open: unknown;
}

export interface SchemaRules {
  /** `never`: the schema `false`. `unknown`: it lies elsewhere, or is none: all fits, and nothing may be concluded from that. */
  readonly kind: 'rules' | 'never' | 'unknown';
  /** JSON types, with `integer` beside `number`. Empty: any. */
  readonly types: ReadonlySet<string>;
  readonly nullable: boolean;
  /** A plain `default` cannot be wrong to send. `undefined`: there is none. */
  readonly byDefault: unknown;
  readonly listed: ListedValues | undefined;
  readonly bounds: Bounds | undefined;
  readonly object: ObjectRules | undefined;
  readonly array: ArrayRules | undefined;
  /** Of `allOf`, and what a reference leads to. */
  readonly all: readonly SchemaNode[];
  readonly groups: readonly BranchGroup[];
  readonly not: SchemaNode | undefined;
}

export interface ObjectRules {
  readonly names: readonly string[];
  readonly property: (name: string) => SchemaNode | undefined;
  /** Without properties that only replies have. */
  readonly required: readonly string[];
  readonly patterns: readonly { readonly pattern: CheckedPattern; readonly node: SchemaNode }[];
  /** Of `additionalProperties`. */
  readonly rest: SchemaNode | undefined;
  readonly propertyNames: SchemaNode | undefined;
  readonly unevaluated: SchemaNode | undefined;
  readonly size: Size;
}

export interface ArrayRules {
  /** Of `prefixItems`. */
  readonly first: readonly SchemaNode[];
  readonly items: SchemaNode | undefined;
  readonly unique: boolean;
  readonly size: Size;
}

/** An `anyOf` or `oneOf`. */
export interface BranchGroup {
  /** Of the schema that has it. */
  readonly pointer: string;
  readonly branches: readonly SchemaNode[];
  /** The property whose value names the branch. */
  readonly tag: string | undefined;
  /** Its values as the document lists them. */
  readonly tags: readonly string[];
  readonly tagged: ReadonlyMap<string, SchemaNode>;
}

export interface SchemaReader {
  readonly nodeAt: (pointer: string) => SchemaNode;
  readonly rulesOf: (node: SchemaNode) => SchemaRules;
}

/** A way in which a value fails, before it is placed. */
export interface Problem {
  readonly keyword: Exclude<SchemaIssue['keyword'], 'branch'>;
  readonly expected: string;
  readonly message: string;
}
