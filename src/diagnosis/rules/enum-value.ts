import { spellingLikeness } from '../match/likeness.ts';
import { plainName } from '../match/words.ts';
import { complaintsAbout } from './complaints-about.ts';
import { documentSays } from './document-says.ts';
import { gravity } from './gravity.ts';
import { issuesOf } from './issues-of.ts';
import type { Rule } from './rule.ts';
import { showValue } from './show-value.ts';
import { spokenName } from './spoken-name.ts';
import { told } from './told.ts';

/** A value is none of those that are listed. */
export const enumValue: Rule = {
  name: 'enum-value',
  title: 'A value is none of those allowed',
  *find(context) {
    for (const { place, issue, name, description } of issuesOf(context, 'enum', 'const')) {
      const values = listed(issue.expected);
      const near = nearest(issue.sent, values);
      const shown = near === undefined ? some(values, issue.expected) : JSON.stringify(near);
      yield told('enum-value', context, {
        severity: gravity(context.reply),
        where: { part: 'field', place },
        message:
          near === undefined
            ? `${spokenName(name)} cannot be ${showValue(issue.sent, name)}; it is one of ${shown}.`
            : `${spokenName(name)} is spelt ${shown}, not ${showValue(issue.sent, name)}.`,
        sent: showValue(issue.sent, name),
        right: shown,
        evidence: [
          documentSays(issue.pointer, `Allowed: ${some(values, issue.expected)}.`),
          documentSays(issue.pointer, description),
          ...complaintsAbout(context, place),
        ],
        fix:
          near === undefined
            ? `Choose one of the allowed values for ${spokenName(name)}.`
            : `Send ${spokenName(name)} as ${shown}.`,
        sure: 0.95,
      });
    }
  },
};

/** The check gives the values as JSON, as a list or one after the other. */
function listed(expected: string): readonly unknown[] {
  for (const text of [expected, `[${expected}]`]) {
    try {
      const value: unknown = JSON.parse(text);
      return Array.isArray(value) ? value : [value];
    } catch {
      // The next form is tried.
    }
  }
  return [];
}

function nearest(sent: unknown, values: readonly unknown[]): unknown {
  const text = String(sent);
  const same = values.find((one) => plainName(String(one)) === plainName(text));
  if (same !== undefined) return same;
  let best: { value: unknown; score: number } | undefined;
  for (const value of values.slice(0, 1000)) {
    if (typeof value !== 'string') continue;
    const score = spellingLikeness(text.toLowerCase(), value.toLowerCase());
    if (score >= 0.7 && score > (best?.score ?? 0)) best = { value, score };
  }
  return best?.value;
}

function some(values: readonly unknown[], expected: string): string {
  if (values.length === 0) return expected.slice(0, 120);
  const shown = values.slice(0, 6).map((one) => JSON.stringify(one).slice(0, 40));
  return values.length > shown.length
    ? `${shown.join(', ')} and ${values.length - shown.length} more`
    : shown.join(', ');
}
