import { complaintsAbout } from './complaints-about.ts';
import { documentSays } from './document-says.ts';
import { moveSeverity } from './move-severity.ts';
import { placeName } from './place-name.ts';
import type { Rule } from './rule.ts';
import { showValue } from './show-value.ts';
import { spokenName } from './spoken-name.ts';
import { told } from './told.ts';

/** A value that the operation wants, in another part of the request or at another depth. */
export const misplacedParameter: Rule = {
  name: 'misplaced-parameter',
  title: 'A value stands in the wrong place',
  *find(context) {
    for (const move of context.match?.fields.moves ?? []) {
      if (!move.moved) continue;
      const from = placeName(move.from.place);
      const to = placeName(move.to.place);
      yield told('misplaced-parameter', context, {
        severity: moveSeverity(context, move),
        where: { part: 'field', place: move.from.place },
        message: `${spokenName(from)} belongs ${destination(move.to.place.in, to, move.from.place.in)}.`,
        sent: `${from}: ${showValue(move.from.value, from)}`,
        right: `${to}: ${showValue(move.from.value, to)}`,
        evidence: [
          documentSays(move.to.pointer, move.to.description ?? `\`${to}\` stands here in the document.`),
          ...move.reasons.slice(0, 3).map((text) => ({ source: 'request' as const, text })),
          ...complaintsAbout(context, move.from.place, move.to.place),
        ],
        fix:
          move.from.place.in === 'body'
            ? `Move ${spokenName(from)} to ${spokenName(to)}.`
            : `Send the value of ${spokenName(from)} as ${spokenName(to)}.`,
        sure: move.confidence,
      });
    }
  },
};

function destination(part: string, name: string, from: string): string {
  const steps = name.split('.');
  if (part === 'body') {
    if (from !== 'body') return `in the body, as \`${name}\``;
    return steps.length > 1
      ? `inside \`${steps.slice(0, -1).join('.')}\`, as \`${name}\``
      : `at the root of the body, as \`${name}\``;
  }
  const where = { path: 'in the path', query: 'in the query', header: 'in a header', cookie: 'in a cookie' }[
    part
  ];
  return `${where ?? 'elsewhere'}, as \`${name.slice(name.indexOf(':') + 1)}\``;
}
