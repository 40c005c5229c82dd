import type { PlacedIssue } from '../match/match.ts';
import type { SchemaIssue } from '../spec/check-value.ts';
import { knownAt } from './known-at.ts';
import { placeName } from './place-name.ts';
import type { RuleContext } from './rule.ts';

export interface FoundIssue extends PlacedIssue {
  /** Of the place, for people. */
  readonly name: string;
  readonly description: string | undefined;
}

/** The issues of the plan that one rule tells of. */
export function* issuesOf(
  context: RuleContext,
  ...keywords: readonly SchemaIssue['keyword'][]
): Iterable<FoundIssue> {
  const { match, request } = context;
  if (!match) return;
  for (const placed of match.fields.issues) {
    if (!keywords.includes(placed.issue.keyword)) continue;
    const { in: part, steps } = placed.place;
    if (part === 'header' && !request.headers) continue;
    // The path and the body as wholes have rules of their own.
    if (steps.length === 0 && (part === 'path' || request.body.kind !== 'json')) continue;
    yield {
      ...placed,
      name: placeName(placed.place),
      description: knownAt(match, request, placed.place.in, placed.place.steps)?.description,
    };
  }
}
