import type { SentRequest } from '../exchange/exchange.ts';
import type { SecurityScheme } from '../spec/api-document.ts';
import { headerOf } from './header-of.ts';

/** Whether the request carries what a scheme asks for. What cannot be seen in a request counts as carried. */
export function carries(request: SentRequest, scheme: SecurityScheme): boolean {
  if (scheme.kind === 'apiKey') return keyAt(request, scheme) !== undefined;
  if (scheme.kind === 'mutualTLS' || scheme.kind === 'unknown') return true;
  const sent = headerOf(request, 'authorization');
  if (sent === undefined) return false;
  if (scheme.kind !== 'http') return /^bearer\s+\S/i.test(sent);
  const wanted = scheme.scheme;
  return wanted === undefined || sent.toLowerCase().startsWith(`${wanted} `);
}

/** The value under the name of an apiKey, at its place. Empty is none. */
function keyAt(request: SentRequest, scheme: SecurityScheme): string | undefined {
  const key = scheme.key ?? '';
  const found =
    scheme.in === 'query'
      ? request.query.find(([name]) => name === key)?.[1]
      : scheme.in === 'cookie'
        ? cookieOf(request, key)
        : headerOf(request, key);
  return found === undefined || found.trim() === '' ? undefined : found;
}

function cookieOf(request: SentRequest, name: string): string | undefined {
  const pairs = (headerOf(request, 'cookie') ?? '').split(';');
  return pairs
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
