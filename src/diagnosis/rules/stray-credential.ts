import type { SentRequest } from '../exchange/exchange.ts';
import { plainName } from '../match/words.ts';
import type { SecurityScheme } from '../spec/api-document.ts';
import { headerOf } from './header-of.ts';
import { isCredentialName } from './is-credential-name.ts';
import type { MissingCredentials } from './missing-credentials.ts';
import type { RuleContext } from './rule.ts';

/**
 * The credential that was sent where the operation does not look, without its secret: `Authorization: Bearer …`. `undefined` where the
 * request has none at all.
 */
export function strayCredential(
  { request }: RuleContext,
  { lacking }: Pick<MissingCredentials, 'lacking'>,
): string | undefined {
  const headers = request.headers ?? [];
  const authorization = headerOf(request, 'authorization');
  if (authorization !== undefined) return `Authorization: ${schemeOf(authorization)}…`;
  const named = lacking.map((one) => plainName(one.key ?? one.name));
  const key = headers.find(([name]) => isCredentialName(name));
  if (key) return `${key[0]}: …`;
  const query = request.query.find(([name]) => named.includes(plainName(name)) || isCredentialName(name));
  if (query) return `?${query[0]}=…`;
  const bodyName = bodyKey(request, lacking);
  return bodyName === undefined ? undefined : `${bodyName} in the body`;
}

function bodyKey(request: SentRequest, lacking: readonly SecurityScheme[]): string | undefined {
  const { body } = request;
  if (body.kind !== 'json' && body.kind !== 'form') return undefined;
  if (typeof body.value !== 'object' || body.value === null) return undefined;
  const wanted = lacking.map((one) => plainName(one.key ?? one.name));
  return Object.keys(body.value).find((name) => wanted.includes(plainName(name)));
}

/** `Bearer `, or nothing where a bare value stands: it may be the secret. */
function schemeOf(value: string): string {
  const word = /^([A-Za-z]{3,20})\s+\S/.exec(value)?.[1];
  return word === undefined ? '' : `${word} `;
}
