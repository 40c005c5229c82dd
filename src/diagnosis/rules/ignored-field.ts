import type { Finding } from '../explanation.ts';
import type { Match } from '../match/match.ts';
import { isPartial } from '../spec/is-partial.ts';
import { accepted } from './accepted.ts';
import { complaintsAbout } from './complaints-about.ts';
import { documentSays } from './document-says.ts';
import { gravity } from './gravity.ts';
import { isCredential } from './is-credential.ts';
import { issuesOf } from './issues-of.ts';
import { placeName } from './place-name.ts';
import type { Rule, RuleContext } from './rule.ts';
import { showValue } from './show-value.ts';
import { spokenName } from './spoken-name.ts';
import { told } from './told.ts';

/** A field that the operation does not know: dropped in silence, or refused where the document closes the object. */
export const ignoredField: Rule = {
  name: 'ignored-field',
  title: 'A field is unknown and has no effect',
  *find(context) {
    const { match, reply } = context;
    if (!match) return;
    const pointer = match.operation.body()?.contents[0]?.schemaPointer ?? match.operation.pointer;
    for (const { sent, rest, near } of match.fields.unknown) {
      const { place, value } = sent;
      // Headers that no document names are every client's own.
      if (place.in === 'header' || place.in === 'cookie' || place.in === 'path') continue;
      // A key in the query is a matter of credentials, declared or not.
      if (place.in === 'query' && (isCredential(match, place.steps[0]) || isSpread(match, place.steps[0])))
        continue;
      const name = placeName(place);
      const closed = rest === 'closed';
      const refused = complaintsAbout(context, place);
      yield told('ignored-field', context, {
        severity: closed || refused.length > 0 ? gravity(reply) : 'warning',
        where: { part: 'field', place },
        message: `The operation has no ${spokenName(name)}: ${effect(closed || refused.length > 0, accepted(reply), isPartial(match.document))}.`,
        sent: `${name}: ${showValue(value, name)}`,
        right: '(no such field)',
        evidence: [
          documentSays(
            place.in === 'body' ? pointer : match.operation.pointer,
            closed
              ? 'It takes no other fields.'
              : `It has no \`${name}\`, and does not refuse what it does not know.`,
          ),
          ...near
            .slice(0, 2)
            .map(({ known, why }) =>
              documentSays(known.pointer, `\`${placeName(known.place)}\` looks like it: ${why}`),
            ),
          ...refused,
        ],
        fix: `Leave out ${spokenName(name)}.`,
        sure: closed ? 0.95 : 0.85,
      });
    }
    yield* additional(context);
  },
};

/** A parameter that is an object travels as its fields, each a name of its own (OpenAPI 3.1, 4.8.12.4: form, exploded). */
function isSpread(match: Match, name: string | number | undefined): boolean {
  return match.operation
    .parameters()
    .some((one) => one.in === 'query' && one.shape().fields.has(String(name)));
}

function effect(closed: boolean, taken: boolean, partial: boolean): string {
  if (closed) return 'it is refused';
  if (partial) return 'Donna does not use it, and whether it has an effect is not known';
  return taken ? 'the request was accepted and this had no effect' : 'it is dropped in silence';
}

/** What the check of the corrected body still finds in closed objects. */
function* additional(context: RuleContext): Iterable<Finding> {
  for (const { place, issue, name } of issuesOf(context, 'additionalProperties')) {
    yield told('ignored-field', context, {
      severity: gravity(context.reply),
      where: { part: 'field', place },
      message: `${spokenName(name)}: ${issue.message}`,
      sent: showValue(issue.sent, name),
      right: '(no such field)',
      evidence: [
        documentSays(issue.pointer, 'It takes no other fields.'),
        ...complaintsAbout(context, place),
      ],
      fix: `Leave out ${spokenName(name)}.`,
      sure: 0.93,
    });
  }
}
