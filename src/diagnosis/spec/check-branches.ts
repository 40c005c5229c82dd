import { listedSentence } from './check-listed.ts';
import { typeSentence } from './check-type.ts';
import type { SchemaIssue } from './check-value.ts';

/** A branch that a value does not fit. */
export interface TriedBranch {
  readonly title: string;
  readonly pointer: string;
  /** At least one. */
  readonly issues: readonly SchemaIssue[];
  /** How many of the sent names it has. */
  readonly known: number;
}

/** How much an issue speaks against a branch being the one that was meant. */
const gravity: Readonly<Record<SchemaIssue['keyword'], number>> = {
  type: 4,
  branch: 4,
  required: 3,
  enum: 3,
  const: 3,
  additionalProperties: 3,
  not: 3,
  false: 3,
  items: 2,
  pattern: 2,
  range: 2,
  length: 2,
  unique: 1,
  format: 1,
};

/** A branch is the only one in question where the next lacks so much more. */
const CLEARLY_FURTHER = 6;
const TIMES_FURTHER = 2.5;

/**
 * What to say of a value that fits none of the branches: the issues of the only one that can have been meant, one sentence for
 * branches that differ in their type or in their listed values alone, and all branches otherwise.
 */
export function judgeBranches(
  pointer: string,
  at: readonly (string | number)[],
  value: unknown,
  tried: readonly TriedBranch[],
): readonly SchemaIssue[] {
  const issue = (keyword: SchemaIssue['keyword'], expected: string, message: string) => ({
    at,
    pointer,
    keyword,
    expected,
    sent: value,
    message,
  });
  const shaped = tried.filter(({ issues }) => !issues.some((one) => one.keyword === 'type' && isAt(one, at)));
  if (shaped.length === 0) {
    const roots = tried.flatMap(({ issues }) => issues.filter((one) => one.keyword === 'type'));
    const types = [...new Set(roots.flatMap(({ expected }) => expected.split(' or ')))];
    return [issue('type', types.join(' or '), typeSentence(types, value))];
  }
  const tags = byTags(shaped, at);
  if (tags.kind === 'none') return [tags.issue];
  const left = [...tags.left].sort((a, b) => distance(a) - distance(b));
  const [nearest, next] = left;
  if (nearest === undefined) return [];
  if (next === undefined || isClearly(distance(nearest), distance(next))) return nearest.issues;
  if (left.every(({ issues }) => issues.length === 1 && isListed(issues[0]) && isAt(issues[0], at))) {
    const values = listed(left.flatMap(({ issues }) => issues));
    return [issue('enum', JSON.stringify(values), listedSentence(values.length))];
  }
  const others = tried.filter((one) => !left.includes(one));
  const branches = [...left, ...others].map(({ title, pointer: place, issues }) => ({
    title,
    pointer: place,
    issues,
  }));
  return [
    {
      ...issue(
        'branch',
        left.map(({ title }) => title).join(' or '),
        `It is none of the ${tried.length} allowed forms.`,
      ),
      branches,
    },
  ];
}

type Left =
  | { readonly kind: 'left'; readonly left: readonly TriedBranch[] }
  | { readonly kind: 'none'; readonly issue: SchemaIssue };

/** A property whose listed values differ between the branches says which one is meant. */
function byTags(tried: readonly TriedBranch[], at: readonly (string | number)[]): Left {
  const isTag = (issue: SchemaIssue) => isListed(issue) && issue.at.length === at.length + 1;
  const names = new Set(tried.flatMap(({ issues }) => issues.filter(isTag).map((one) => one.at.at(-1))));
  let left = tried;
  for (const name of names) {
    const refusals = left.map(({ issues }) => issues.find((one) => isTag(one) && one.at.at(-1) === name));
    const taken = left.filter((_, index) => refusals[index] === undefined);
    if (taken.length > 0) {
      left = taken;
      continue;
    }
    const said = refusals.filter((one) => one !== undefined);
    const [first] = said;
    if (first === undefined || left.length === 1 || new Set(said.map((one) => one.expected)).size === 1)
      continue;
    const values = listed(said);
    return {
      kind: 'none',
      issue: {
        ...first,
        keyword: 'enum',
        expected: JSON.stringify(values),
        message: `It must be one of ${values.length} listed values: it says which form the object has.`,
      },
    };
  }
  return { kind: 'left', left };
}

function distance({ issues, known }: TriedBranch): number {
  return issues.reduce((sum, { keyword }) => sum + gravity[keyword], 0) - known;
}

function isClearly(nearest: number, next: number): boolean {
  return next >= nearest + CLEARLY_FURTHER && next >= nearest * TIMES_FURTHER;
}

function isListed(issue: SchemaIssue | undefined): boolean {
  return issue?.keyword === 'enum' || issue?.keyword === 'const';
}

function isAt(issue: SchemaIssue | undefined, at: readonly (string | number)[]): boolean {
  return issue?.at.length === at.length;
}

/** The values of `enum` are a list as JSON, that of `const` one value as JSON; they were written by us. */
function listed(issues: readonly SchemaIssue[]): readonly unknown[] {
  const texts = issues.flatMap(({ keyword, expected }) => {
    const value: unknown = JSON.parse(expected);
    return keyword === 'enum' && Array.isArray(value) ? value : [value];
  });
  return [...new Map(texts.map((value) => [JSON.stringify(value), value])).values()];
}
