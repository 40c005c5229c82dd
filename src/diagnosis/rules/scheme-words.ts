import type { SecurityScheme } from '../spec/api-document.ts';

/** How a scheme is sent, for people: `x-api-key: …`, `Authorization: Bearer …`. */
export function schemeWords(scheme: SecurityScheme): string {
  if (scheme.kind === 'apiKey') {
    const key = scheme.key ?? scheme.name;
    if (scheme.in === 'query') return `?${key}=…`;
    return scheme.in === 'cookie' ? `Cookie: ${key}=…` : `${key}: …`;
  }
  if (scheme.kind === 'http') {
    const word = scheme.scheme ?? 'bearer';
    return `Authorization: ${word.charAt(0).toUpperCase()}${word.slice(1)} …`;
  }
  if (scheme.kind === 'mutualTLS') return 'a client certificate';
  return scheme.kind === 'unknown' ? scheme.name : 'Authorization: Bearer …';
}
