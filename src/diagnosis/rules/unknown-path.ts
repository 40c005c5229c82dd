import type { Match } from '../match/match.ts';
import { isPartial } from '../spec/is-partial.ts';
import { gravity } from './gravity.ts';
import { operationWords } from './operation-words.ts';
import { rightPath } from './right-path.ts';
import { routeParts, stepsFit } from './route-parts.ts';
import type { Rule, RuleContext } from './rule.ts';
import { stepWords } from './step-words.ts';
import { told } from './told.ts';

/** The path of the resource is not the one of the operation that was meant. */
export const unknownPath: Rule = {
  name: 'unknown-path',
  title: 'The document has no such path; another was meant',
  *find(context) {
    const { match, request, reply } = context;
    if (!match || stepsFit(routeParts(match).rest)) return;
    const right = rightPath(match);
    const words = match.route.steps.flatMap((step) => stepWords(step) ?? []);
    yield told('unknown-path', context, {
      severity: gravity(reply),
      where: { part: 'path' },
      message: sentence(context, match, request.path.slice(0, 200)),
      sent: request.path,
      right,
      evidence: [
        {
          source: 'document',
          text: `It has ${operationWords(match)}.`,
          pointer: match.operation.pointer,
        },
        ...words.slice(0, 5).map((text) => ({ source: 'request' as const, text })),
      ],
      fix: `Send the request to \`${right}\`.`,
      sure: 1,
    });
  },
};

/** A document of a part of an API is no proof; a 404 of the provider is. */
function sentence({ reply }: RuleContext, { document }: Match, path: string): string {
  if (!isPartial(document)) return `${document.title} has no path \`${path}\`.`;
  const open = reply?.status === 404 || reply?.status === 405 ? '' : '; the whole API may have it';
  return `${document.title}, has no path \`${path}\`${open}.`;
}
