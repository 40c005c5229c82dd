import { judgeBranches, type TriedBranch } from './check-branches.ts';
import type { BranchGroup, SchemaNode } from './check-schema.ts';
import { fitsQuietly, type Walk } from './check-state.ts';
import type { SchemaIssue } from './check-value.ts';
import { isJson } from './is-json.ts';

const MOST_TRIED = 50;
const MOST_ISSUES = 20;

/**
 * Whether a value fits one of the branches. That it fits two of a `oneOf` is no issue: documents overlap in this way often, and no
 * provider refuses a request for it.
 */
export function groupHolds(group: BranchGroup, value: unknown, walk: Walk): boolean {
  const tag = tagOf(group, value);
  const named = tag === undefined ? undefined : group.tagged.get(tag);
  if (named) return walk.fits(named, value);
  if (fitsQuietly(walk, () => group.branches.some((branch) => walk.fits(branch, value)))) return true;
  if (!walk.issues) return false;
  if (group.tag !== undefined && tag !== undefined && group.tags.length > 0) {
    return refuseTag(group, group.tag, tag, walk);
  }
  const tried = tryBranches(group.branches.slice(0, MOST_TRIED), value, walk);
  // The check ran out of steps meanwhile.
  if (tried.some(({ issues }) => issues.length === 0)) return true;
  walk.issues.push(...judgeBranches(group.pointer, [...walk.at], value, tried));
  return false;
}

function tagOf(group: BranchGroup, value: unknown): string | undefined {
  if (group.tag === undefined || !isJson(value) || !Object.hasOwn(value, group.tag)) return undefined;
  const tag = value[group.tag];
  return typeof tag === 'string' ? tag : undefined;
}

function refuseTag(group: BranchGroup, name: string, tag: string, walk: Walk): false {
  walk.issues?.push({
    at: [...walk.at, name],
    pointer: group.pointer,
    keyword: 'enum',
    expected: JSON.stringify(group.tags),
    sent: tag,
    message: `It must be one of ${group.tags.length} listed values: it says which form the object has.`,
  });
  return false;
}

function tryBranches(branches: readonly SchemaNode[], value: unknown, walk: Walk): TriedBranch[] {
  const { issues, mostIssues } = walk;
  walk.mostIssues = MOST_ISSUES;
  const tried = branches.map((branch, index) => {
    const found: SchemaIssue[] = [];
    walk.issues = found;
    walk.fits(branch, value);
    return {
      title: titleOf(branch, index),
      pointer: branch.pointer,
      issues: found,
      known: isJson(value) ? knownNames(branch, Object.keys(value), walk, 0) : 0,
    };
  });
  walk.issues = issues;
  walk.mostIssues = mostIssues;
  return tried;
}

function titleOf({ raw, pointer }: SchemaNode, index: number): string {
  if (isJson(raw) && typeof raw.title === 'string' && raw.title !== '') return raw.title;
  const [, name] = /^#\/components\/schemas\/([^/]+)$/.exec(pointer) ?? [];
  return name ?? `alternative ${index + 1}`;
}

/** How many of the sent names a branch has. */
function knownNames(node: SchemaNode, names: readonly string[], walk: Walk, depth: number): number {
  const { object, all } = walk.reader.rulesOf(node);
  const own = object ? names.filter((name) => object.property(name)).length : 0;
  if (depth > 4) return own;
  return all.reduce((sum, one) => sum + knownNames(one, names, walk, depth + 1), own);
}
