import type { Finding } from '../explanation.ts';
import type { FieldPlace, Match } from '../match/match.ts';
import { typeWords } from '../spec/type-words.ts';
import { saysItFailed } from './accepted.ts';
import { isAt } from './complaints-about.ts';
import { documentSays } from './document-says.ts';
import { isCredential } from './is-credential.ts';
import { type KnownAt, knownAt } from './known-at.ts';
import { misfitIds } from './misfit-ids.ts';
import { namedInText } from './named-in-text.ts';
import { placeName } from './place-name.ts';
import type { Complaint } from './read-complaints.ts';
import { readErrorBody } from './read-error-body.ts';
import type { Rule, RuleContext } from './rule.ts';
import { sentAt } from './sent-at.ts';
import { showValue } from './show-value.ts';
import { spokenName } from './spoken-name.ts';
import { told } from './told.ts';

/** The provider's own error body, laid on the line of the document that it speaks of. */
export const providerError: Rule = {
  name: 'provider-error',
  title: 'What the provider says, at the place in the document that it means',
  *find(context) {
    const { match, reply } = context;
    if (!match || !speaks(reply?.status, reply?.body)) return;
    const { complaints, message, code } = readErrorBody(reply?.body);
    let placed = 0;
    for (const complaint of complaints) {
      const known = knownAt(match, context.request, complaint.in, complaint.steps);
      const place = known?.place ?? ownPlace(complaint);
      placed++;
      if (!place || toldElsewhere(match, place, complaint)) continue;
      yield complained(context, place, known, complaint, 0.9);
    }
    if (placed > 0 || message === undefined || context.request.body.kind === 'text') return;
    const named = namedInText(match, context.request, message);
    if (named) {
      if (toldElsewhere(match, named.place)) return;
      yield complained(context, named.place, named, { message, code }, 0.7);
      return;
    }
    if (!isClean(context, match)) return;
    yield told('provider-error', context, {
      severity: 'note',
      where: { part: 'reply' },
      message: `The provider says: ${ended(message)}`,
      evidence: [{ source: 'reply', text: code === undefined ? message : `${code}: ${message}` }],
      sure: 0.7,
    });
  },
};

/** 401, 403, 429 and 5xx have rules of their own; a 404 speaks of what is not there. */
function speaks(status: number | undefined, body: unknown): boolean {
  if (status === undefined) return false;
  if (status >= 200 && status < 300) return saysItFailed(body);
  return status >= 400 && status < 500 && ![401, 403, 404, 405, 410, 415, 429].includes(status);
}

/** Nothing else is told that the sentence may speak of. */
function isClean(context: RuleContext, { exact, fields }: Match): boolean {
  const wrong = fields.moves.length + fields.missing.length + fields.issues.length;
  return exact && wrong === 0 && [...misfitIds(context)].length === 0;
}

/** Where the document knows no such field, the place is as the provider spells it. */
function ownPlace({ in: part, steps }: Complaint): FieldPlace | undefined {
  return steps.length === 0 ? undefined : { in: part ?? 'body', steps };
}

/** Other rules tell of this place already, with the provider's words as evidence. */
function toldElsewhere(match: Match, place: FieldPlace, complaint?: Complaint): boolean {
  const { moves, unknown, missing, issues } = match.fields;
  const places = [
    ...moves.flatMap(({ from, to }) => [from.place, to.place]),
    ...unknown.map(({ sent }) => sent.place),
    ...missing.map((known) => known.place),
    ...issues.map((issue) => issue.place),
  ];
  return (
    (place.in === 'header' && isCredential(match, place.steps[0])) ||
    places.some(
      (one) => isAt(one, place.in, place.steps) || (complaint && isAt(one, complaint.in, complaint.steps)),
    )
  );
}

function complained(
  context: RuleContext,
  place: FieldPlace,
  known: KnownAt | undefined,
  { message, code }: Pick<Complaint, 'message' | 'code'>,
  sure: number,
): Finding {
  const name = placeName(place);
  const value = sentAt(context.request, place);
  return told('provider-error', context, {
    severity: 'error',
    where: { part: 'field', place },
    message: `The provider refuses ${spokenName(name)}: ${ended(message)}`,
    sent: value === undefined ? '(nothing)' : showValue(value, name),
    right: known && typeWords(context.match?.document.root, known.shape, known.shape.pointer),
    evidence: [
      { source: 'reply', text: code === undefined ? message : `${code}: ${message}` },
      known && documentSays(known.pointer, known.description ?? `\`${name}\` stands here in the document.`),
    ],
    fix: `Mend ${spokenName(name)} as the provider says.`,
    sure: known ? sure : sure - 0.2,
  });
}

function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
