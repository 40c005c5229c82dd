import type { Finding } from '../explanation.ts';
import type { Match } from '../match/match.ts';
import { successorHint, successorName } from '../spec/successor-hint.ts';
import { documentSays } from './document-says.ts';
import { gravity } from './gravity.ts';
import { operationWords } from './operation-words.ts';
import type { Rule, RuleContext } from './rule.ts';
import { told } from './told.ts';

/** What was sent still stands in the document, which says that it will not stay, or it is gone already. */
export const deprecated: Rule = {
  name: 'deprecated',
  title: 'The operation or one of its parameters is deprecated',
  *find(context) {
    const { match, ranking } = context;
    if (!match) return;
    if (match.exact) {
      if (match.operation.deprecated) yield stillThere(context, match);
      yield* parameters(context, match);
      return;
    }
    const sent = ranking.matches.find((one) => one.exact && one.operation.deprecated);
    if (sent) yield replaced(context, sent, match);
  },
};

function stillThere(context: RuleContext, match: Match): Finding {
  const { operation } = match;
  const successor = successorOf(match);
  const gone = context.reply?.status === 410;
  const instead = successor === undefined ? '' : `; the document names \`${successor}\` instead`;
  return told('deprecated', context, {
    severity: gone ? 'error' : 'note',
    where: { part: 'path' },
    message: `\`${operation.method} ${operation.path}\` is deprecated${gone ? ' and gone' : ''}${instead}.`,
    sent: `${operation.method} ${operation.path}`,
    right: successor,
    evidence: [documentSays(operation.pointer, operation.description ?? 'It is marked as deprecated.')],
    fix: successor === undefined ? undefined : `Use \`${successor}\` instead.`,
    sure: 0.95,
  });
}

/** The operation that the description names, else the name that stands in it. */
function successorOf({ document, operation }: Match): string | undefined {
  const other = successorHint(operation, document.operations)?.operation;
  return other ? `${other.method} ${other.path}` : successorName(operation.description ?? operation.summary);
}

function replaced(context: RuleContext, sent: Match, match: Match): Finding {
  const { operation } = sent;
  return told('deprecated', context, {
    severity: gravity(context.reply),
    where: { part: 'path' },
    message: `\`${operation.method} ${operation.path}\` is deprecated; ${operationWords(match)} took its place.`,
    sent: context.request.path,
    right: match.route.path,
    evidence: [documentSays(operation.pointer, operation.description ?? 'It is marked as deprecated.')],
    fix: `Send the request to \`${match.route.path}\`.`,
    sure: 0.95,
  });
}

function* parameters(context: RuleContext, match: Match): Iterable<Finding> {
  for (const parameter of match.operation.parameters()) {
    if (!parameter.deprecated || parameter.in !== 'query') continue;
    if (!context.request.query.some(([name]) => name === parameter.name)) continue;
    yield told('deprecated', context, {
      severity: 'note',
      where: { part: 'field', place: { in: 'query', steps: [parameter.name] } },
      message: `The parameter \`${parameter.name}\` is deprecated.`,
      sent: parameter.name,
      right: successorName(parameter.description),
      evidence: [documentSays(parameter.pointer, parameter.description ?? 'It is marked as deprecated.')],
      sure: 0.95,
    });
  }
}
