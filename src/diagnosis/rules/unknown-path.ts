import { gravity } from './gravity.ts';
import { operationWords } from './operation-words.ts';
import { rightPath } from './right-path.ts';
import { routeParts, stepsFit } from './route-parts.ts';
import type { Rule } from './rule.ts';
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
      message: `There is no path \`${request.path.slice(0, 200)}\` in ${match.document.title}; ${operationWords(match)} is what was meant.`,
      sent: request.path,
      right,
      evidence: [
        {
          source: 'document',
          text: `The path is \`${match.operation.path}\`.`,
          pointer: match.operation.pointer,
        },
        ...words.slice(0, 5).map((text) => ({ source: 'request' as const, text })),
      ],
      fix: `Send it to \`${right}\`.`,
      sure: 1,
    });
  },
};
