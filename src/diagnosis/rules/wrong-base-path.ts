import type { RouteStep } from '../match/match.ts';
import { stepsFit } from '../match/steps-fit.ts';
import { gravity } from './gravity.ts';
import { routeParts } from './route-parts.ts';
import type { Rule } from './rule.ts';
import { stepWords } from './step-words.ts';
import { told } from './told.ts';

/** Only what stands before the path of the resource is wrong: the base path or the version. */
export const wrongBasePath: Rule = {
  name: 'wrong-base-path',
  title: 'The base path or the version in front of the path is wrong',
  *find(context) {
    const { match, request, reply } = context;
    if (!match) return;
    const { front, rest } = routeParts(match);
    if (stepsFit(front) || !stepsFit(rest)) return;
    const { basePath, url } = match.server;
    yield told('wrong-base-path', context, {
      severity: gravity(reply),
      where: { part: 'path' },
      message: sentence(front),
      sent: request.path,
      right: match.route.path,
      evidence: [
        basePath === ''
          ? {
              source: 'document',
              text: `The path is \`${match.operation.path}\`.`,
              pointer: match.operation.pointer,
            }
          : { source: 'document', text: `The base path of ${url} is \`${basePath}\`.`, pointer: '#/servers' },
      ],
      fix: `Send the request to \`${match.route.path}\`.`,
      sure: 0.97,
    });
  },
};

function sentence(front: readonly RouteStep[]): string {
  const wrong = front.filter((step) => step.kind !== 'same');
  const absent = wrong.flatMap((step) => (step.kind === 'absent' ? [step.right] : []));
  const extra = wrong.flatMap((step) => (step.kind === 'extra' ? [step.sent] : []));
  if (absent.length === wrong.length) return `\`/${absent.join('/')}\` is missing in front of the path.`;
  const rights = front.flatMap((step) => (step.kind === 'extra' ? [] : [step.right]));
  if (extra.length === wrong.length) {
    return extra.every((one) => rights.includes(one))
      ? `\`/${extra.join('/')}\` stands twice in front of the path.`
      : `\`/${extra.join('/')}\` does not belong in front of the path.`;
  }
  const [only] = wrong;
  if (wrong.length === 1 && only?.kind === 'changed') {
    return only.how === 'version'
      ? `The version of this path is \`${only.right}\`, not \`${only.sent}\`.`
      : `The base path has \`${only.right}\` where \`${only.sent}\` was sent.`;
  }
  return `What stands in front of the path is wrong. ${wrong.flatMap((step) => stepWords(step) ?? []).join(' ')}`;
}
