import type { Json } from './api-document.ts';
import type { SchemaNode } from './check-schema.ts';
import { fitsQuietly, type Walk } from './check-state.ts';
import { isJson } from './is-json.ts';

const DEEPEST = 8;

/** Words that speak of names in ways that are not followed here; then no name is told to be unknown. */
const beyond = ['if', 'then', 'else', 'dependentSchemas', '$dynamicRef'];

/** The names of an object that a schema or one of its parts speaks of (JSON Schema 2020-12, 11.3). */
export function evaluatedNames(node: SchemaNode, value: Json, walk: Walk): ReadonlySet<string> | 'all' {
  const found = new Set<string>();
  return gather(node, value, walk, found, 0) ? found : 'all';
}

/** False: it speaks of all names, or nobody can tell. */
function gather(node: SchemaNode, value: Json, walk: Walk, found: Set<string>, depth: number): boolean {
  const rules = walk.reader.rulesOf(node);
  const { raw } = node;
  if (depth > DEEPEST || walk.stepsLeft-- <= 0 || rules.kind === 'unknown' || !isJson(raw)) return false;
  if (beyond.some((word) => Object.hasOwn(raw, word))) return false;
  if (raw.additionalProperties !== undefined || (depth > 0 && rules.object?.unevaluated)) return false;
  if (depth > 0 && raw.unevaluatedProperties === true) return false;
  for (const name of Object.keys(value)) {
    const { object } = rules;
    if (object === undefined) break;
    if (object.property(name) || object.patterns.some(({ pattern }) => pattern.test(name) !== false))
      found.add(name);
  }
  const fitting = rules.groups.flatMap(({ branches }) =>
    branches.filter((branch) => fitsQuietly(walk, () => walk.fits(branch, value))),
  );
  return [...rules.all, ...fitting].every((one) => gather(one, value, walk, found, depth + 1));
}
