import type { Problem, SchemaNode, SchemaReader } from './check-schema.ts';
import type { SchemaIssue } from './check-value.ts';

/** One check of one value. */
export interface Walk {
  readonly reader: SchemaReader;
  /** Whether a value fits a schema; what does not is added to `issues`. */
  readonly fits: (node: SchemaNode, value: unknown) => boolean;
  readonly isHole: (value: unknown) => boolean;
  /** Where in the checked value the walk is. */
  readonly at: (string | number)[];
  /** The schemas that are held against the value at `at`, outermost first; those before `ownersFrom` are of values around it. */
  readonly owners: SchemaNode[];
  ownersFrom: number;
  /** Values are text, except inside JSON that was written into a text. */
  asText: boolean;
  /** `undefined`: only whether the value fits is asked, and the first issue ends it. */
  issues: SchemaIssue[] | undefined;
  mostIssues: number;
  stepsLeft: number;
  depth: number;
  /** How often a value was taken as fitting because it could not be told: `not` must not make an issue of that. */
  doubts: number;
}

/** Notes a problem, if issues are asked for. */
export function refuse(node: SchemaNode, sent: unknown, walk: Walk, problem: Problem): false {
  walk.issues?.push({
    at: [...walk.at],
    pointer: node.pointer,
    keyword: problem.keyword,
    expected: problem.expected,
    sent,
    message: problem.message,
  });
  return false;
}

/** Checks a value inside the one at hand. */
export function fitsBelow(node: SchemaNode, value: unknown, step: string | number, walk: Walk): boolean {
  const { ownersFrom } = walk;
  walk.ownersFrom = walk.owners.length;
  walk.at.push(step);
  const fits = walk.fits(node, value);
  walk.at.pop();
  walk.ownersFrom = ownersFrom;
  return fits;
}

/** Asks without noting what does not fit. */
export function fitsQuietly(walk: Walk, ask: () => boolean): boolean {
  const { issues } = walk;
  walk.issues = undefined;
  const fits = ask();
  walk.issues = issues;
  return fits;
}
