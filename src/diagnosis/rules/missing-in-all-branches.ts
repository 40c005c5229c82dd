import type { SchemaIssue } from '../spec/check-value.ts';

/** The fields that every form of a value requires and none was given; so they are missing, whichever form was meant. */
export function missingInAllBranches({ at, branches = [] }: SchemaIssue): readonly string[] {
  const [first, ...others] = branches.map(({ issues }) =>
    issues
      .filter((one) => one.keyword === 'required' && one.at.length === at.length)
      .map((one) => one.expected),
  );
  return (first ?? []).filter((name) => others.every((names) => names.includes(name)));
}
