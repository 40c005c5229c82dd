import type { ReceivedReply, SentRequest } from './exchange/exchange.ts';
import type { Match } from './match/match.ts';
import { stepsFit } from './match/steps-fit.ts';
import { accepted } from './rules/accepted.ts';
import { isPartial } from './spec/is-partial.ts';

/**
 * Whether the request may be right, and only not in the document, which has a part of its API: another method of a known path, or a path that
 * the provider took. What the provider itself refused as unknown (404, 405), or what fits the operation field by field, is no such request.
 */
export function mayBeBeyondPart(match: Match, request: SentRequest, reply?: ReceivedReply): boolean {
  if (match.exact || !isPartial(match.document)) return false;
  const status = reply?.status;
  const otherMethod = match.operation.method !== request.method;
  if (stepsFit(match.route.steps)) return otherMethod && status !== 405 && !fieldsFit(match, request);
  if (status === 404 || status === 405) return false;
  return accepted(reply) || (otherMethod && !fieldsFit(match, request));
}

/** All that was sent has its place in the operation, and nothing that it needs is missing. */
function fieldsFit({ fields }: Match, { body, query }: SentRequest): boolean {
  const sent = body.kind === 'json' || body.kind === 'form' ? body.value : undefined;
  const some =
    query.length > 0 || (typeof sent === 'object' && sent !== null && Object.keys(sent).length > 0);
  const strays = fields.moves.some(({ from, to }) => from.place.in !== to.place.in);
  return some && !strays && fields.unknown.length === 0 && fields.missing.length === 0;
}
