import type { Finding } from '../explanation.ts';
import type { FieldPlace, KnownField, Match } from '../match/match.ts';
import { typeWords } from '../spec/type-words.ts';
import { complaintsAbout } from './complaints-about.ts';
import { documentSays } from './document-says.ts';
import { gravity } from './gravity.ts';
import { issuesOf } from './issues-of.ts';
import { knownAt } from './known-at.ts';
import { missingInAllBranches } from './missing-in-all-branches.ts';
import { placeName } from './place-name.ts';
import type { Rule, RuleContext } from './rule.ts';
import { spokenName } from './spoken-name.ts';
import { told } from './told.ts';
import { wantedCredentials } from './wanted-credentials.ts';

/** What the operation requires and the request does not have, under any name. */
export const missingRequired: Rule = {
  name: 'missing-required',
  title: 'A required field or parameter is missing',
  *find(context) {
    const { match, request, reply } = context;
    if (!match) return;
    const unreadable = request.body.kind === 'text' || request.body.kind === 'unread';
    if (request.body.kind === 'none' && match.operation.body()?.required) yield noBody(context);
    for (const known of match.fields.missing) {
      const { place } = known;
      // The path tells of its own gaps, credentials have rules of their own, and of what cannot be seen nothing is said.
      if (place.in === 'path' || (place.in === 'body' && (unreadable || request.body.kind === 'none')))
        continue;
      if (place.in === 'header' && (!request.headers || isWanted(match, place.steps[0]))) continue;
      if (place.in === 'cookie' && !request.headers) continue;
      const name = placeName(place);
      yield told('missing-required', context, {
        severity: gravity(reply),
        where: { part: 'field', place },
        message: `${spokenName(name)} is required and was not sent.`,
        sent: '(nothing)',
        right: due(context, known),
        evidence: [
          documentSays(known.pointer, known.description ?? `\`${name}\` is required here.`),
          ...complaintsAbout(context, place),
        ],
        fix: `Add ${spokenName(name)}.`,
        sure: 0.97,
      });
    }
    yield* inAllForms(context);
  },
};

function* inAllForms(context: RuleContext): Iterable<Finding> {
  for (const { place, issue } of issuesOf(context, 'branch')) {
    for (const missing of missingInAllBranches(issue)) {
      const own: FieldPlace = { in: place.in, steps: [...place.steps, missing] };
      const name = placeName(own);
      const forms = (issue.branches ?? []).map(({ title }) => title);
      yield told('missing-required', context, {
        severity: gravity(context.reply),
        where: { part: 'field', place: own },
        message: `${spokenName(name)} is required, whichever form is meant, and was not sent.`,
        sent: '(nothing)',
        right: name,
        evidence: [
          documentSays(issue.pointer, `Its forms: ${forms.slice(0, 4).join(', ')}.`),
          ...complaintsAbout(context, own),
        ],
        fix: `Add ${spokenName(name)}.`,
        sure: 0.93,
      });
    }
  }
}

/** The rules of credentials tell of it. */
function isWanted(match: Match, name: string | number | undefined): boolean {
  const schemes = wantedCredentials(match)?.alternatives.flat() ?? [];
  return schemes.some((one) => one.key?.toLowerCase() === String(name).toLowerCase());
}

function due(context: RuleContext, known: KnownField): string {
  const { match, request } = context;
  const { in: part, steps } = known.place;
  const name = placeName(known.place);
  if (!match) return name;
  const shape = (part === 'body' ? undefined : knownAt(match, request, part, steps)?.shape) ?? known.shape();
  return shape.types.size === 0 ? name : `${name}: ${typeWords(match.document.root, shape, shape.pointer)}`;
}

function noBody(context: RuleContext) {
  const names = (context.match?.fields.missing ?? [])
    .filter(({ place }) => place.in === 'body')
    .map(({ place }) => `\`${placeName(place)}\``);
  const body = context.match?.operation.body();
  const needed = names.length > 0 ? ` with ${names.slice(0, 5).join(', ')}` : '';
  return told('missing-required', context, {
    severity: gravity(context.reply),
    where: { part: 'body' },
    message: `The operation wants a body${needed}, and none was sent.`,
    sent: '(no body)',
    right: body?.contents[0]?.type,
    evidence: body ? [documentSays(body.pointer, 'The body is required here.')] : [],
    fix: 'Send a body.',
    sure: 0.97,
  });
}
