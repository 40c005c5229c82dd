import { answerOf } from './answer.ts';
import { mayBeBeyondPart } from './beyond-part.ts';
import type { Exchange, SentRequest } from './exchange/exchange.ts';
import { hideSecrets } from './exchange/hide-secrets.ts';
import type { EndpointPast, Explanation, Finding, Hypothesis } from './explanation.ts';
import { hypothesisOf } from './hypothesis.ts';
import { makeFix } from './make-fix.ts';
import type { Match, Ranking } from './match/match.ts';
import { rank } from './match/rank.ts';
import { stepsFit } from './match/steps-fit.ts';
import { rules, runRules } from './rules/index.ts';
import { placeName } from './rules/place-name.ts';
import type { ApiDocument } from './spec/api-document.ts';

export interface ExplainOptions {
  /** What dated documents say of an endpoint, by its method and path as sent (`pastOf` of a `createHistory`). */
  readonly pastOf?: (method: string, path: string) => EndpointPast | undefined;
}

/** From here on an operation is said to be meant; below it the answer is that nobody can tell. */
const SURE_ENOUGH = 0.5;
/** An alternative less likely than this is not worth a look. */
const WORTH_A_LOOK = 0.02;

/**
 * Says why a request fails, by the documents of its API, and what to send instead. Pure: no network, no clock, no files. Secrets of
 * the request are replaced by names of variables in all that comes back.
 */
export function explain(
  exchange: Exchange,
  documents: readonly ApiDocument[],
  options: ExplainOptions = {},
): Explanation {
  const { request, reply } = exchange;
  const ranking = rank(request, documents, reply);
  const best = meant(ranking);
  const beyond = best !== undefined && mayBeBeyondPart(best, request, reply);
  const match = beyond ? undefined : best;
  const findings = sorted(runRules(rules, { request, reply, documents, ranking, match }));
  const verdict = match === undefined ? 'cannot-tell' : isRight(match, findings) ? 'nothing-wrong' : 'wrong';
  const past = options.pastOf?.(request.method, request.path);
  const hidden = hideSecrets(exchange);
  const draft: Omit<Explanation, 'answer'> = {
    format: 'donna-explanation-1',
    verdict,
    documents: documents.map(factsOf),
    request: hidden.request,
    ...(hidden.reply === undefined ? {} : { reply: hidden.reply }),
    ...(match === undefined ? {} : { operation: hypothesisOf(match, hidden.request, alike(match, ranking)) }),
    // How likely each is counts what the document has; of what it lacks nothing is known.
    alternatives: beyond ? [] : alternativesTo(match, ranking, hidden.request),
    findings,
    fieldMap: verdict === 'wrong' && match ? fieldMapOf(match) : {},
    ...(verdict === 'wrong' && match ? { fix: makeFix(request, match, findings) } : {}),
    ...(past === undefined ? {} : { history: past }),
  };
  const asked = beyond ? { ...draft, documents: [factsOf(best.document)] } : draft;
  return hidden.hide({ ...draft, answer: answerOf(asked) });
}

function factsOf({ title, version, origin }: ApiDocument): Explanation['documents'][number] {
  return { title, ...(version === undefined ? {} : { version }), origin };
}

/** Several operations may be as likely as each other; that one of them is meant can be sure all the same. A path that the document has was meant. */
function meant({ matches, none }: Ranking): Match | undefined {
  const [best] = matches;
  return best && (fitsBehindPrefix(best) || 1 - none >= SURE_ENOUGH) ? best : undefined;
}

/** All of the operation's path was sent, and nothing else but what may stand before it: `/api/v3/repos/…`. */
function fitsBehindPrefix({ route }: Match): boolean {
  const start = route.steps.findIndex(({ kind }) => kind !== 'extra');
  const rest = start < 0 ? [] : route.steps.slice(start);
  const named = rest.filter(({ kind }) => kind === 'same').length;
  return named >= (start > 0 ? 2 : 0) && stepsFit(rest);
}

/** The operations that the request would fit after the same moves, at a path that differs in one word. */
function alike(match: Match, { matches }: Ranking): readonly Match[] {
  if (match.exact) return [];
  const moves = movesOf(match);
  return matches.filter(
    (one) =>
      one !== match &&
      one.operation.method === match.operation.method &&
      one.confidence >= match.confidence / 4 &&
      differsInOneWord(one.operation.path, match.operation.path) &&
      movesOf(one) === moves &&
      one.fields.missing.length === match.fields.missing.length,
  );
}

function movesOf({ fields }: Match): string {
  const named = fields.moves.map(({ from, to }) => `${placeName(from.place)} ${placeName(to.place)}`);
  return named.sort().join('\n');
}

function differsInOneWord(left: string, right: string): boolean {
  const [one, other] = [left.split('/'), right.split('/')];
  return one.length === other.length && one.filter((step, index) => step !== other[index]).length === 1;
}

function isRight(match: Match, findings: readonly Finding[]): boolean {
  return match.exact && findings.every(({ severity }) => severity === 'note');
}

function alternativesTo(match: Match | undefined, { matches }: Ranking, request: SentRequest): Hypothesis[] {
  const others = matches.filter((one) => one !== match && one.confidence >= WORTH_A_LOOK);
  return others.map((one) => hypothesisOf(one, request));
}

function fieldMapOf({ fields }: Match): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.moves.map(({ from, to }) => [placeName(from.place), placeName(to.place)]));
}

const order = ['error', 'warning', 'note'];

/** Those of one severity stay in the order of the rules, which is that of a request. */
function sorted(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
