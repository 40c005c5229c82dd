import { isPlaceholder, looksRandom, looksSecret } from './secret-look.ts';
import { isSecretName, variableName } from './secret-name.ts';
import type { SecretVariables } from './secret-variables.ts';

/** Words before a credential that say its kind (RFC 9110 11.1), and what APIs of their own make write there. */
const scheme =
  /^((?:Bearer|Basic|Digest|Negotiate|DPoP|HMAC|JWT|OAuth|[A-Za-z-]{0,20}(?:token|key|auth))\s+)(\S.*)$/is;

/** Headers whose values are public, random as they may look. */
const open =
  /^(?:accept.*|user-agent|referer|origin|host|content-.*|cache-control|date|etag|if-.*|last-modified|location|link|vary|via|server|traceparent|tracestate|.*request-?id|.*trace-?id|.*correlation-?id|idempotency-key|sec-.*|range|connection|expect|prefer)$/i;

/** The value of a header without what is secret in it. */
export function hideHeader(name: string, value: string, secrets: SecretVariables): string {
  const hidden = hideIn(name, value, secrets);
  secrets.whole(value, hidden);
  return hidden;
}

function hideIn(name: string, value: string, secrets: SecretVariables): string {
  if (/^(?:set-)?cookie$/i.test(name)) return hideCookies(name, value, secrets);
  const authorization = /authorization$/i.test(name);
  const found = scheme.exec(value);
  if (authorization || isSecretName(name, 'header')) {
    if (/^(?:Bearer|Basic|Digest|Token)$/i.test(value.trim())) return value;
    const variable = authorization
      ? /^proxy/i.test(name)
        ? 'PROXY_TOKEN'
        : 'API_TOKEN'
      : variableName(name);
    if (!found) return secrets.variable(value, variable);
    const [, kind = '', rest = ''] = found;
    return /^basic\s/i.test(kind) ? kind + hideBasic(rest, secrets) : kind + secrets.variable(rest, variable);
  }
  if (open.test(name) && !looksSecret(value)) return value;
  return looksSecret(value) || looksRandom(value) ? secrets.variable(value, variableName(name)) : value;
}

/** `user:password` in base64 becomes two variables in the open, which the writers of code know how to encode. */
function hideBasic(text: string, secrets: SecretVariables): string {
  if (isPlaceholder(text)) return text;
  const decoded = text.includes(':') ? text : Buffer.from(text, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  // Not what Basic has: whatever it is, it is not shown.
  if (colon === -1) return secrets.variable(text, 'API_TOKEN');
  const [user, password] = [decoded.slice(0, colon), decoded.slice(colon + 1)];
  if (!text.includes(':')) secrets.variable(text, 'API_BASIC');
  if (password === '') return `${secrets.variable(user, 'API_KEY')}:`;
  return `${secrets.variable(user, 'API_USER')}:${secrets.variable(password, 'API_PASSWORD')}`;
}

function hideCookies(name: string, value: string, secrets: SecretVariables): string {
  // What follows the first pair of Set-Cookie is about it.
  const [first = '', ...rest] = value.split(';');
  const pairs = /^set/i.test(name) ? [first] : [first, ...rest];
  const hidden = pairs.map((pair) => {
    const equals = pair.indexOf('=');
    const cookie = pair.slice(0, Math.max(equals, 0));
    const content = pair.slice(equals + 1).trim();
    const leading = /^\s*/.exec(pair)?.[0] ?? '';
    return equals === -1
      ? leading + secrets.variable(content, 'COOKIE')
      : `${cookie}=${secrets.variable(content, `COOKIE_${variableName(cookie)}`)}`;
  });
  return [...hidden, ...(/^set/i.test(name) ? rest : [])].join(';');
}
