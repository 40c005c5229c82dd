import { complaintsAbout } from './complaints-about.ts';
import { documentSays } from './document-says.ts';
import { moveSeverity } from './move-severity.ts';
import { placeName } from './place-name.ts';
import type { Rule } from './rule.ts';
import { showValue } from './show-value.ts';
import { spokenName } from './spoken-name.ts';
import { told } from './told.ts';

/** A field at its right place under a name that the operation does not know. */
export const renamedField: Rule = {
  name: 'renamed-field',
  title: 'A field has another name',
  *find(context) {
    for (const move of context.match?.fields.moves ?? []) {
      if (move.moved || !move.renamed) continue;
      const from = placeName(move.from.place);
      const to = placeName(move.to.place);
      const severity = moveSeverity(context, move);
      const effect = severity === 'warning' ? '; under the sent name it has no effect' : '';
      yield told('renamed-field', context, {
        severity,
        where: { part: 'field', place: move.from.place },
        message: `${spokenName(from)} is called \`${to}\` here${effect}.`,
        sent: `${from}: ${showValue(move.from.value, from)}`,
        right: `${to}: ${showValue(move.from.value, to)}`,
        evidence: [
          documentSays(move.to.pointer, move.to.description ?? `\`${to}\` stands here in the document.`),
          ...move.reasons.slice(0, 3).map((text) => ({ source: 'request' as const, text })),
          ...complaintsAbout(context, move.from.place, move.to.place),
        ],
        fix: `Rename ${spokenName(from)} to \`${to.slice(to.indexOf(':') + 1)}\`.`,
        sure: move.confidence,
      });
    }
  },
};
