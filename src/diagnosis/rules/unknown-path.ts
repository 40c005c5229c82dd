import type { Finding } from '../explanation.ts';
import type { Match } from '../match/match.ts';
import { stepsFit } from '../match/steps-fit.ts';
import { isPartial } from '../spec/is-partial.ts';
import { differsInEndSlash } from './end-slash.ts';
import { gravity } from './gravity.ts';
import { operationWords } from './operation-words.ts';
import { rightPath } from './right-path.ts';
import { routeParts } from './route-parts.ts';
import type { Rule, RuleContext } from './rule.ts';
import { stepWords } from './step-words.ts';
import { told } from './told.ts';

/** The path of the resource is not the one of the operation that was meant. */
export const unknownPath: Rule = {
  name: 'unknown-path',
  title: 'The document has no such path; another was meant',
  *find(context) {
    const { match, request, reply } = context;
    if (!match) return;
    if (stepsFit(match.route.steps)) yield* endSlash(context, match);
    if (stepsFit(routeParts(match).rest)) return;
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

/** Told only where the provider did not know the path, or sent the client elsewhere: other servers take both. */
function* endSlash(context: RuleContext, match: Match): Iterable<Finding> {
  const { request, reply } = context;
  const { template } = match.route;
  if (!differsInEndSlash(request.path, template) || !lost.has(reply?.status ?? 0)) return;
  const right = rightPath(match);
  yield told('unknown-path', context, {
    severity: 'warning',
    where: { part: 'path' },
    message: request.path.endsWith('/')
      ? 'The path ends with a slash, and in the document it does not; many servers take these for two paths.'
      : 'The path has no slash at its end, and in the document it has; many servers take these for two paths.',
    sent: request.path,
    right,
    evidence: [
      { source: 'document', text: `It has \`${template}\`.`, pointer: match.operation.pointer },
      { source: 'reply', text: `The status is ${reply?.status}.` },
    ],
    fix: `Send the request to \`${right}\`.`,
    sure: 0.6,
  });
}

const lost = new Set([301, 302, 307, 308, 404, 405]);

/** A document of a part of an API is no proof; a 404 of the provider is. */
function sentence({ reply }: RuleContext, { document }: Match, path: string): string {
  if (!isPartial(document)) return `${document.title} has no path \`${path}\`.`;
  const open = reply?.status === 404 || reply?.status === 405 ? '' : '; the whole API may have it';
  return `${document.title}, has no path \`${path}\`${open}.`;
}
