import type { Finding } from '../explanation.ts';
import type { Match } from '../match/match.ts';
import { stepsFit } from '../match/steps-fit.ts';
import { complaintsAbout } from './complaints-about.ts';
import { documentSays } from './document-says.ts';
import { differsInEndSlash } from './end-slash.ts';
import { isLocalHost } from './is-local-host.ts';
import { misfitIds } from './misfit-ids.ts';
import { placeName } from './place-name.ts';
import { readErrorBody } from './read-error-body.ts';
import type { Rule, RuleContext } from './rule.ts';
import { showValue } from './show-value.ts';
import { spokenName } from './spoken-name.ts';
import { told } from './told.ts';

/** What an unfilled variable turns into on its way into a URL. */
const UNFILLED = /^(?:undefined|null|None|NaN|nil|\[object Object\]|\{[^{}]*\}|<[^<>]*>|:[A-Za-z_]\w*)$/;
const ROUTER =
  /^(?:not found|page not found|404(?: not found)?|cannot (?:get|post|put|patch|delete) .*|no route.*|unknown (?:path|route|endpoint).*|.*(?:route|endpoint|url) (?:was )?not found.*)\.?$/i;

/** The path is right, and what its ids name is not there: a 404 of the other kind. */
export const unknownResource: Rule = {
  name: 'unknown-resource',
  title: 'The path is right, and the provider does not know what its ids name',
  *find(context) {
    const { match, request, reply } = context;
    if (!match || (reply?.status !== 404 && reply?.status !== 410)) return;
    // Where the host is wrong, the 404 is another server's.
    if (!match.exact && !(isLocalHost(request.host) && fitsButHost(match, request.method))) return;
    let wrong = false;
    for (const finding of wrongIds(context, match)) {
      wrong = true;
      yield finding;
    }
    // An id that the document refuses is told by the rules of values, and is why nothing was found.
    const refused = match.fields.issues.some(({ place }) => place.in === 'path' && place.steps.length > 0);
    if (!wrong && !refused) yield notThere(context, match);
  },
};

function fitsButHost(match: Match, method: string): boolean {
  return stepsFit(match.route.steps) && match.operation.method === method;
}

function* wrongIds(context: RuleContext, match: Match): Iterable<Finding> {
  for (const step of match.route.steps) {
    if (step.kind !== 'value' || !UNFILLED.test(step.value)) continue;
    const known = match.operation.parameters().find((one) => one.name === step.parameter);
    yield told('unknown-resource', context, {
      severity: 'error',
      where: { part: 'field', place: { in: 'path', steps: [step.parameter] } },
      message: `\`${step.parameter}\` in the path was never filled: \`${step.value.slice(0, 60)}\` stands where its value is due.`,
      sent: step.value.slice(0, 60),
      right: `the value of ${step.parameter}`,
      evidence: [
        known && documentSays(known.pointer, known.description ?? `\`${step.parameter}\` stands here.`),
      ],
      fix: `Put the value of \`${step.parameter}\` into the path.`,
      sure: 0.95,
    });
  }
  for (const { place, value, misfit } of misfitIds(context)) {
    const name = placeName(place);
    yield told('unknown-resource', context, {
      severity: 'error',
      where: { part: 'field', place },
      message: `${spokenName(name)} is ${misfit.is}; what is due is ${misfit.due}, so nothing is found.`,
      sent: showValue(value, name),
      right: misfit.due.replaceAll('`', ''),
      evidence: [...misfit.evidence, ...complaintsAbout(context, place)],
      fix: `Look up the right id and send it as ${spokenName(name)}.`,
      sure: 0.9,
    });
  }
}

function notThere(context: RuleContext, match: Match): Finding {
  const values = match.route.steps.flatMap((step) =>
    step.kind === 'value' ? [`\`${step.parameter}\` ${step.value.slice(0, 60)}`] : [],
  );
  const { code, message } = readErrorBody(context.reply?.body);
  const said = [code, message].filter((one) => one !== undefined).join(': ');
  const byRouter = message === undefined ? values.length === 0 : ROUTER.test(message);
  const where = values.length === 0 ? 'something that the request names' : values.join(', ');
  return told('unknown-resource', context, {
    severity: 'note',
    where: { part: 'reply' },
    message:
      byRouter && values.length === 0
        ? `The document has this path, and the server that answered does not know it: it may be another version or environment.`
        : `${differsInEndSlash(context.request.path, match.route.template) ? 'If that is not it,' : 'The path is right;'} the provider does not know ${where}, or this key may not see it.`,
    sent: values.length === 0 ? undefined : values.join(', ').replaceAll('`', ''),
    evidence: [
      documentSays(
        match.operation.pointer,
        `\`${match.operation.method} ${match.operation.path}\` stands here.`,
      ),
      said === '' ? undefined : { source: 'reply', text: said },
    ],
    fix:
      values.length === 0
        ? undefined
        : 'List the resource with the same key and host, and take the id from there.',
    sure: said !== '' && !byRouter ? 0.92 : 0.75,
  });
}
