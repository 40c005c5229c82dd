import type { Finding, Severity } from '../explanation.ts';
import type { Match } from '../match/match.ts';
import type { SchemaIssue } from '../spec/check-value.ts';
import { accepted } from './accepted.ts';
import { complaintsAbout } from './complaints-about.ts';
import { documentSays } from './document-says.ts';
import { gravity } from './gravity.ts';
import { issuesOf } from './issues-of.ts';
import { lostPluses, withLostPlus } from './lost-plus.ts';
import { misfitId } from './misfit-id.ts';
import { misfitIds } from './misfit-ids.ts';
import { placeName } from './place-name.ts';
import type { Rule, RuleContext } from './rule.ts';
import { showValue } from './show-value.ts';
import { speaksOfOtherThings } from './speaks-of-other-things.ts';
import { spokenName } from './spoken-name.ts';
import { told } from './told.ts';

/** A value has the right type and not the right form: a date, a pattern, a range, a phone number where an id is due. */
export const wrongFormat: Rule = {
  name: 'wrong-format',
  title: 'A value has another form',
  *find(context) {
    const { match } = context;
    if (!match) return;
    yield* pluses(context, match);
    for (const found of issuesOf(context, 'pattern', 'format', 'range', 'length', 'unique', 'not')) {
      const { place, issue, name, description } = found;
      const misfit = misfitId(match.document, { name: lastName(name), description }, issue.sent);
      yield told('wrong-format', context, {
        severity: weight(context, issue),
        where: { part: 'field', place },
        message: misfit
          ? `${spokenName(name)} is ${misfit.is}; what is due is ${misfit.due}.`
          : sentence(name, issue),
        sent: showValue(issue.sent, name),
        right: issue.expected,
        evidence: [
          documentSays(issue.pointer, description ?? issue.message),
          ...(misfit?.evidence ?? []),
          ...complaintsAbout(context, place),
        ],
        fix: `Give ${spokenName(name)} a value of the right form: ${issue.expected}.`,
        sure: issue.keyword === 'format' ? 0.8 : 0.92,
      });
    }
    if (accepted(context.reply)) return;
    for (const { place, value, misfit } of misfitIds(context)) {
      const name = placeName(place);
      yield told('wrong-format', context, {
        severity: 'error',
        where: { part: 'field', place },
        message: `${spokenName(name)} is ${misfit.is}; what is due is ${misfit.due}.`,
        sent: showValue(value, name),
        right: misfit.due.replaceAll('`', ''),
        evidence: [...misfit.evidence, ...complaintsAbout(context, place)],
        fix: `Look up the right id and send it as ${spokenName(name)}.`,
        sure: 0.85,
      });
    }
  },
};

function* pluses(context: RuleContext, { fields }: Match): Iterable<Finding> {
  const unknown = new Set(fields.unknown.map(({ sent }) => placeName(sent.place)));
  for (const { place, value } of lostPluses(context)) {
    const name = placeName(place);
    if (unknown.has(name)) continue;
    yield told('wrong-format', context, {
      severity: gravity(context.reply),
      where: { part: 'field', place },
      message: `${spokenName(name)} lost its plus: unescaped, a \`+\` arrives as a space.`,
      sent: showValue(value, name),
      right: withLostPlus(value),
      evidence: [
        { source: 'request', text: 'A space and the digits of a phone number were sent.' },
        ...complaintsAbout(context, place),
      ],
      // The same for each, so that the answer says it once.
      fix: 'Write the plus of a phone number as `%2B`, or let the client escape it (curl: `--data-urlencode`).',
      sure: 0.95,
    });
  }
}

/**
 * Many servers are more lenient about forms than their documents. A status that speaks of rights, pace or the server itself does not speak
 * of a value; `format` alone is only proved by a refusal.
 */
function weight({ reply }: RuleContext, issue: SchemaIssue): Severity {
  const status = reply?.status;
  if (speaksOfOtherThings(status)) return 'note';
  return issue.keyword === 'format' && status !== 400 && status !== 422 ? 'warning' : gravity(reply);
}

/** The check says `It must …`. */
function sentence(name: string, { message }: SchemaIssue): string {
  return message.startsWith('It ')
    ? `${spokenName(name)} ${message.slice(3)}`
    : `${spokenName(name)}: ${message}`;
}

function lastName(name: string): string {
  return (
    name
      .split(/[.:]/)
      .at(-1)
      ?.replace(/\[\d+\]$/, '') ?? name
  );
}
