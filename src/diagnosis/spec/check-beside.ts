import type { SchemaNode } from './check-schema.ts';
import type { Walk } from './check-state.ts';

const DEEPEST = 6;

/**
 * Whether a name that a closed schema does not list is a field of another schema for the same object. Strictly the two then
 * contradict each other and nothing fits; documents that are written so mean one object of both.
 */
export function knownBeside(closed: SchemaNode, name: string, walk: Walk): boolean {
  const own = walk.reader.rulesOf(closed);
  if (own.all.some((one) => speaksOf(one, name, walk, 0))) return true;
  if (own.groups.some(({ branches }) => branches.some((one) => speaksOf(one, name, walk, 0)))) return true;
  for (let index = walk.ownersFrom; index < walk.owners.length - 1; index++) {
    const owner = walk.owners[index];
    if (owner === undefined || owner === closed) continue;
    const inner = walk.owners[index + 1];
    const rules = walk.reader.rulesOf(owner);
    if (rules.object?.property(name)) return true;
    // Alternatives to the schema at hand are not beside it.
    if (rules.all.some((one) => one !== inner && speaksOf(one, name, walk, 0))) return true;
  }
  return false;
}

function speaksOf(node: SchemaNode, name: string, walk: Walk, depth: number): boolean {
  if (depth > DEEPEST || walk.stepsLeft-- <= 0) return false;
  const { object, all, groups } = walk.reader.rulesOf(node);
  if (object?.property(name)) return true;
  return [...all, ...groups.flatMap(({ branches }) => branches)].some((one) =>
    speaksOf(one, name, walk, depth + 1),
  );
}
