import { printable } from '../../kernel/printable.ts';
import type { Hole } from '../explanation.ts';
import { mediaType } from './body-of.ts';
import type { SentBody, SentRequest } from './exchange.ts';
import { tooDeep } from './plain-json.ts';
import { joinedParts, type TextPart, variableParts, wholeVariable } from './variable-parts.ts';

/** A request as the writers of code need it, the same for each language. */
export interface Outgoing {
  readonly method: string;
  readonly url: readonly TextPart[];
  /** Without what a client sets by itself. Content-Type is here where the client would send another. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Of HTTP Basic, where it is not encoded because of variables in it. */
  readonly basic: { readonly user: string; readonly password: string } | undefined;
  readonly body: SentBody;
  /** Lines for comments. */
  readonly comments: readonly string[];
}

/** Set by the client itself, or by a browser about itself. */
const ofTheClient =
  /^(?::.*|sec-.*|content-length|connection|accept-encoding|transfer-encoding|te|priority|upgrade-insecure-requests)$/i;
const ofTheBrowser = /^(?:user-agent|referer|origin|accept-language|dnt|cache-control|pragma)$/i;

/** `implied`: the content type that the client gives to this body by itself. */
export function outgoing(
  request: SentRequest,
  holes: readonly Hole[],
  implied: (body: SentBody) => string | undefined,
): Outgoing {
  const body = writable(request.body);
  const known = request.headers ?? [];
  const basic = /^Basic ([^:\s]*):(.*)$/s.exec(headerOf(known, 'authorization') ?? '');
  const fromBrowser = headerOf(known, 'sec-fetch-mode') !== undefined;
  const headers = known.filter(
    ([name, value]) =>
      !ofTheClient.test(name) &&
      !(fromBrowser && ofTheBrowser.test(name)) &&
      !(basic && name.toLowerCase() === 'authorization') &&
      !(name.toLowerCase() === 'host' && value.toLowerCase() === request.host) &&
      (name.toLowerCase() !== 'content-type' || keepsType(request, value)),
  );
  const type = request.contentType;
  const has = headerOf(headers, 'content-type') !== undefined;
  const added = !has && type !== undefined && type !== implied(body) && !isMultipart(request);
  return {
    method: request.method,
    url: urlOf(request),
    headers: [...headers, ...(added ? [['Content-Type', type] as const] : [])].map(
      ([name, value]) => [oneLine(name), oneLine(value)] as const,
    ),
    basic: basic ? { user: basic[1] ?? '', password: basic[2] ?? '' } : undefined,
    body,
    comments: [...holes.map(holeComment), ...bodyComments(body)],
  };
}

function keepsType(request: SentRequest, value: string): boolean {
  return !isMultipart(request) && mediaType(value) === request.contentType;
}

/** The client writes this header, with the boundary that it chose. */
function isMultipart({ body }: SentRequest): boolean {
  return body.kind === 'form' && body.encoding === 'multipart';
}

function headerOf(headers: readonly (readonly [string, string])[], name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1];
}

function urlOf({ scheme, host, path, query }: SentRequest): readonly TextPart[] {
  const base: TextPart =
    host === '' ? { variable: 'BASE_URL', written: '$BASE_URL' } : `${scheme}://${oneLine(host)}`;
  const parts: TextPart[] = [base, ...variableParts(oneLine(path), 'anywhere')];
  for (const [index, [name, value]] of query.entries()) {
    parts.push(`${index === 0 ? '?' : '&'}${encode(name)}=`);
    parts.push(...(wholeVariable(value) === undefined ? [encode(value)] : variableParts(value, 'whole')));
  }
  return joinedParts(parts);
}

/** A hole stays to be seen. */
function encode(text: string): string {
  return /^<[^<>&#\s]+>$/.test(text) ? text : encodeURIComponent(text.toWellFormed());
}

function writable(body: SentBody): SentBody {
  if ((body.kind === 'json' || body.kind === 'form') && tooDeep(body.value)) {
    return { kind: 'unread', why: 'it is nested too deep to be written out' };
  }
  return body;
}

function holeComment({ name, place, expects, example }: Hole): string {
  const where = [place.in, ...place.steps].join('.');
  const such = example === undefined ? '' : `, such as ${printable(example, 100)}`;
  return printable(`Fill in <${name}> (${where}): ${expects}${such}`);
}

function bodyComments(body: SentBody): string[] {
  return body.kind === 'unread' ? [printable(`The body is not known: ${body.why}.`)] : [];
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\0]+/g, ' ');
}
