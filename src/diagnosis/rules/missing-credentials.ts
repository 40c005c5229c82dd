import type { Match } from '../match/match.ts';
import type { SecurityScheme } from '../spec/api-document.ts';
import { carries } from './carries.ts';
import type { RuleContext } from './rule.ts';
import { type WantedCredentials, wantedCredentials } from './wanted-credentials.ts';

export interface MissingCredentials {
  readonly match: Match;
  readonly wanted: WantedCredentials;
  /** Of the alternative that lacks least. */
  readonly lacking: readonly SecurityScheme[];
}

/** What the request lacks of the credentials that its operation takes; `undefined` where it has them or it cannot be known. */
export function missingCredentials({ match, request, reply }: RuleContext): MissingCredentials | undefined {
  if (!match || !request.headers) return undefined;
  const wanted = wantedCredentials(match);
  if (!wanted) return undefined;
  const refused = reply?.status === 401 || reply?.status === 403;
  // A header that may be left out is only missed where the provider says so.
  if (!wanted.asked && !refused) return undefined;
  // What was refused for another reason got past the door; a 404 may hide what it does not want to show.
  if (reply?.status !== undefined && !refused && reply.status !== 404) return undefined;
  const lacks = wanted.alternatives.map((together) => together.filter((one) => !carries(request, one)));
  const [least] = lacks.toSorted((a, b) => a.length - b.length);
  return least && least.length > 0 ? { match, wanted, lacking: least } : undefined;
}
