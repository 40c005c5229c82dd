import type { Evidence } from '../explanation.ts';
import type { Match } from '../match/match.ts';
import { stepsFit } from '../match/steps-fit.ts';
import { isPartial } from '../spec/is-partial.ts';
import { gravity } from './gravity.ts';
import type { Rule, RuleContext } from './rule.ts';
import { told } from './told.ts';

/** The path has other methods than the one that was sent. */
export const wrongMethod: Rule = {
  name: 'wrong-method',
  title: 'The operation has another method',
  *find(context) {
    const { match, request, reply } = context;
    if (!match || match.operation.method === request.method) return;
    // A server answers HEAD wherever it answers GET (RFC 9110, 9.3.2).
    if (request.method === 'HEAD' && match.operation.method === 'GET') return;
    const { operation } = match;
    const methods = match.document.operations
      .filter((one) => one.path === operation.path)
      .map((one) => one.method);
    const known = stepsFit(match.route.steps);
    yield told('wrong-method', context, {
      severity: gravity(reply),
      where: { part: 'method' },
      message: known
        ? sentence(match, request.method, methods.join(', '))
        : `What was meant is a ${operation.method}, not a ${request.method}.`,
      sent: request.method,
      right: operation.method,
      evidence: [
        {
          source: 'document',
          text: `Methods of \`${operation.path}\`: ${methods.join(', ')}.`,
          pointer: operation.pointer.replace(/\/[^/]*$/, ''),
        },
        allowed(context),
      ],
      fix: `Send the request as ${operation.method}.`,
      sure: known ? 0.97 : 0.95,
    });
  },
};

/** A document of a part of an API has not all methods of a path. */
function sentence({ document, operation }: Match, sent: string, known: string): string {
  return isPartial(document)
    ? `${document.title}, has \`${operation.path}\` with ${known}, and ${sent} was sent.`
    : `\`${operation.path}\` has no ${sent}; the document has ${known}.`;
}

/** A 405 names the methods that are there (RFC 9110, 15.5.6). */
function allowed({ reply }: RuleContext): Evidence | undefined {
  const allow = reply?.headers?.find(([name]) => name.toLowerCase() === 'allow')?.[1];
  return allow === undefined
    ? undefined
    : { source: 'reply', text: `The provider allows ${allow.slice(0, 80)} here.` };
}
