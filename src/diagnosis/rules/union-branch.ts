import type { SchemaIssue } from '../spec/check-value.ts';
import { complaintsAbout } from './complaints-about.ts';
import { documentSays } from './document-says.ts';
import { gravity } from './gravity.ts';
import { issuesOf } from './issues-of.ts';
import { missingInAllBranches } from './missing-in-all-branches.ts';
import type { Rule } from './rule.ts';
import { showValue } from './show-value.ts';
import { spokenName } from './spoken-name.ts';
import { told } from './told.ts';

/** A value has several forms to choose from (`oneOf`, `anyOf`) and is none of them. */
export const unionBranch: Rule = {
  name: 'union-branch',
  title: 'A value is none of its alternative forms',
  *find(context) {
    for (const { place, issue, name } of issuesOf(context, 'branch')) {
      // What all forms miss is missing, and told so.
      if (missingInAllBranches(issue).length > 0) continue;
      const branches = issue.branches ?? [];
      const lacks = (issues: readonly SchemaIssue[]) => lacking(issues, issue.at.length);
      const [nearest] = branches;
      const titles = branches.slice(0, 4).map(({ title }) => title);
      const more = branches.length > titles.length ? ' and others' : '';
      yield told('union-branch', context, {
        severity: gravity(context.reply),
        where: { part: 'field', place },
        message: nearest
          ? `${spokenName(name)} is none of its forms (${titles.join(', ')}${more}); nearest is ${nearest.title}: ${lacks(nearest.issues)}.`
          : `${spokenName(name)} is none of its forms.`,
        sent: showValue(issue.sent, name),
        right: nearest?.title ?? issue.expected,
        evidence: [
          ...branches
            .slice(0, 3)
            .map((one) => documentSays(one.pointer, `${one.title}: ${lacks(one.issues)}.`)),
          ...complaintsAbout(context, place),
        ],
        fix: nearest ? `Make ${spokenName(name)} a ${nearest.title}: ${lacks(nearest.issues)}.` : undefined,
        sure: 0.9,
      });
    }
  },
};

/** `depth` of the value itself: places are told from there. */
function lacking(issues: readonly SchemaIssue[], depth: number): string {
  if (issues.length === 0) return 'nothing is wrong with it';
  const said = issues.slice(0, 2).map((one) => {
    const at = one.at.length <= depth ? '' : `\`${one.at.slice(depth).join('.')}\` `;
    return one.keyword === 'required' ? `${at}lacks \`${one.expected}\`` : `${at}${plain(one)}`;
  });
  return said.join(', ');
}

function plain(issue: SchemaIssue): string {
  if (issue.keyword === 'type') return `must be ${issue.expected}`;
  if (issue.keyword === 'enum' || issue.keyword === 'const') return `must be ${issue.expected.slice(0, 80)}`;
  return issue.message.replace(/^It /, '').replace(/\.$/, '');
}
