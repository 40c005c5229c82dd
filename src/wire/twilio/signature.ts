import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'node:querystring';

/** The header's name as Node gives it. */
export const twilioSignatureHeader = 'x-twilio-signature';

/** The fields of a form body. A field that came several times is a list. */
export type FormParams = Readonly<Record<string, string | readonly string[]>>;

export type TwilioRefusal =
  | 'no-header'
  | 'several-headers'
  | 'no-token'
  | 'malformed-url'
  | 'body-changed'
  | 'mismatch';

export type TwilioVerdict =
  | { readonly kind: 'valid' }
  | { readonly kind: 'refused'; readonly why: TwilioRefusal };

/**
 * `X-Twilio-Signature` of a request: HMAC-SHA1 over the whole URL and each field's name and value in order of names.
 * A list counts as a sorted set. Source: written documentation; twilio-node 6.2.0.
 */
export function signTwilio(request: {
  readonly url: string;
  readonly params?: FormParams;
  readonly token: string;
}): string {
  const { url, params = {}, token } = request;
  const fields = Object.entries(params)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value]) => setOf(value).map((one) => name + one));
  return createHmac('sha1', token)
    .update(url + fields.join(''), 'utf8')
    .digest('base64');
}

/** What Twilio puts into the URL as `bodySHA256` for a body that is not a form. */
export function bodySha256(body: Uint8Array | string): string {
  return createHash('sha256').update(body).digest('hex');
}

/**
 * Checks a request as twilio-node does. With `params`, a form or a GET; with `body`, the URL must carry the body's
 * `bodySHA256`. `url` is the public one that Twilio called, with its query. Because servers and proxies drop or add the port
 * and escape the query, those forms are tried too; each needs the token, so none weakens the check.
 */
export function verifyTwilio(request: {
  readonly url: string;
  readonly header: string | readonly string[] | undefined;
  readonly token: string;
  readonly params?: FormParams;
  readonly body?: Uint8Array | string;
}): TwilioVerdict {
  const { url, token, params = {}, body } = request;
  const headers = typeof request.header === 'string' ? [request.header] : (request.header ?? []);
  const [header] = headers;
  if (header === undefined || header === '') return refused('no-header');
  if (headers.length > 1) return refused('several-headers');
  // An empty key makes a valid HMAC that anybody can make.
  if (token === '') return refused('no-token');
  if (!URL.canParse(url)) return refused('malformed-url');

  const signed = body === undefined ? params : {};
  const matches = candidates(url).some((candidate) =>
    same(header, signTwilio({ url: candidate, params: signed, token })),
  );
  if (!matches) return refused('mismatch');
  if (body === undefined) return { kind: 'valid' };
  const promised = new URL(url).searchParams.get('bodySHA256') ?? '';
  return same(promised, bodySha256(body)) ? { kind: 'valid' } : refused('body-changed');
}

function candidates(url: string): readonly string[] {
  const normalised = new URL(url).toString();
  const both = [withoutPort(normalised), withPort(normalised)];
  return [withoutPort(url), withPort(url), ...both, ...both.map(requoted)];
}

/** Splits without `new URL()`, which would escape characters that Twilio signed as they were. */
function split(url: string): { scheme: string; user: string; host: string; port: string; rest: string } {
  const [all = '', scheme = '', authority = ''] = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)/i.exec(url) ?? [];
  const user = authority.slice(0, authority.lastIndexOf('@') + 1);
  const hostAndPort = authority.slice(user.length);
  // In an IPv6 literal the colons before the bracket are not the port's.
  const colon = hostAndPort.indexOf(':', hostAndPort.lastIndexOf(']') + 1);
  const hostEnd = colon === -1 ? hostAndPort.length : colon;
  return {
    scheme,
    user,
    host: hostAndPort.slice(0, hostEnd),
    port: hostAndPort.slice(hostEnd),
    rest: url.slice(all.length),
  };
}

function withoutPort(url: string): string {
  const { scheme, user, host, rest } = split(url);
  return scheme + user + host + rest;
}

function withPort(url: string): string {
  const { scheme, user, host, port, rest } = split(url);
  const standard = scheme.toLowerCase() === 'https://' ? ':443' : ':80';
  return scheme + user + host + (port === '' ? standard : port) + rest;
}

function requoted(url: string): string {
  const start = url.indexOf('?');
  if (start === -1 || start === url.length - 1) return url;
  return `${url.slice(0, start)}?${stringify(parse(url.slice(start + 1)))}`;
}

function setOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : [...new Set(value)].sort();
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refused(why: TwilioRefusal): TwilioVerdict {
  return { kind: 'refused', why };
}
