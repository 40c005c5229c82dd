import { AppError } from '../../kernel/errors.ts';
import { nearest } from '../../kernel/nearest.ts';
import { printable } from '../../kernel/printable.ts';
import { bodyOf, mediaType, readJson } from './body-of.ts';
import type { Exchange, ReceivedReply, SentBody, SentRequest } from './exchange.ts';
import { type HeaderPair, headerValue } from './header-lines.ts';
import { isEntry, readHarEntry } from './read-har.ts';
import { readHttpText } from './read-http-text.ts';
import { replyBody } from './read-reply.ts';
import { readUrl, wirePath } from './read-url.ts';

type Members = Readonly<Record<string, unknown>>;

/** Names of our own form. */
const known = [
  'method',
  'url',
  'scheme',
  'host',
  'path',
  'query',
  'headers',
  'contentType',
  'content_type',
  'body',
  'status',
  'response',
];

/**
 * Reads one request from the text of a file: Donna's own form, an entry of a HAR, or HTTP as text (see readHttpText). The own form is
 *
 *     { "method": "POST", "url": "https://api.example.com/v1/things?a=1",
 *       "headers": { "Content-Type": "application/json" }, "body": { "name": "x" },
 *       "status": 422, "response": { "detail": "…" } }
 *
 * Instead of `url`: `host`, `path`, `query` (an object or pairs). `headers` may be pairs; left out, they are not known; `contentType` says that
 * of the body where they are. `body` is JSON, or text; null is none; left out, it is not known where the method has one. `response` is the
 * reply's body, or `{ status, headers, body }`. Throws AppError `bad-input` that names what was found instead.
 */
export function readRequestFile(text: string): Exchange {
  const plain = text.replace(/^\ufeff/, '').trimStart();
  if (plain === '') throw refused('The request is empty.');
  if (/^curl\b/.test(plain))
    throw refused('This is a curl command.', "Give it as the argument: donna explain 'curl …'.");
  if (!/^[[{]/.test(plain)) return { request: readHttpText(text) };
  const json = readJson(plain);
  if (json.kind !== 'json') {
    throw refused(`The request is no JSON: ${json.kind === 'text' ? (json.problem ?? '') : ''}.`);
  }
  const value = json.value;
  if (!isMembers(value)) throw refused('The request is a list.', 'Give one request, as an object.');
  if (isEntry(value) && (Array.isArray(value.request.headers) || isMembers(value.response))) {
    return readHarEntry(value);
  }
  const other = otherForm(value);
  if (other) throw refused(other[0], other[1]);
  const inner = isMembers(value.request) ? { ...value, ...value.request } : value;
  const unknown = isMembers(value.request)
    ? undefined
    : Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const meant = nearest(unknown, known);
    throw refused(
      `The request has "${printable(unknown, 40)}", which is no part of one.`,
      meant ? `Did you mean "${meant}"?` : `Its parts are ${known.join(', ')}.`,
    );
  }
  const reply = readOwnReply(inner.status, inner.response);
  return { request: readOwnRequest(inner), ...(reply && { reply }) };
}

function otherForm(value: Members): [found: string, hint: string] | undefined {
  if (isMembers(value.log)) return ['This is a whole HAR.', 'Give it with --har.'];
  if ('openapi' in value || 'swagger' in value) return ['This is an API document.', 'Give it with --spec.'];
  if ('info' in value && Array.isArray(value.item)) {
    return ['This is a Postman collection.', 'Copy one request of it as curl ("Code", cURL).'];
  }
  return undefined;
}

function readOwnRequest(value: Members): SentRequest {
  const method = readText(value, 'method')?.toUpperCase();
  if (method === undefined || !/^[A-Z][A-Z-]*$/.test(method)) {
    throw refused('The request has no method.', 'Such as "method": "POST".');
  }
  const target = readTarget(value);
  const headers = value.headers === undefined ? undefined : readPairs(value.headers, 'headers');
  const type =
    readText(value, 'contentType') ??
    readText(value, 'content_type') ??
    (headers && headerValue(headers, 'content-type'));
  return {
    method,
    ...target,
    query: [
      ...target.query,
      ...(value.query === undefined || value.query === null ? [] : readPairs(value.query, 'query')),
    ],
    headers,
    contentType: mediaType(type),
    body: readOwnBody(value, type, method),
  };
}

function readTarget(value: Members): Pick<SentRequest, 'scheme' | 'host' | 'path' | 'query'> {
  const given = readText(value, 'url');
  if (given !== undefined) {
    const { scheme, host, path, query } = readUrl(given);
    return { scheme: scheme ?? 'https', host, path, query };
  }
  const path = readText(value, 'path');
  if (path === undefined) {
    throw refused(
      'The request has neither "url" nor "path".',
      'Such as "url": "https://api.example.com/v1/things".',
    );
  }
  const parts = readUrl(path.startsWith('/') ? path : `/${path}`);
  const host = readUrl(`${readText(value, 'scheme') ?? 'https'}://${readText(value, 'host') ?? ''}`);
  return { scheme: host.scheme ?? 'https', host: host.host, path: wirePath(parts.path), query: parts.query };
}

function readOwnBody(value: Members, type: string | undefined, method: string): SentBody {
  const body = value.body;
  if (body === null) return { kind: 'none' };
  if (body === undefined) {
    return /^(?:POST|PUT|PATCH)$/.test(method)
      ? { kind: 'unread', why: 'the file does not give it' }
      : { kind: 'none' };
  }
  if (typeof body === 'string') return bodyOf(body, type);
  const media = mediaType(type) ?? '';
  const encoding =
    media === 'application/x-www-form-urlencoded'
      ? 'urlencoded'
      : media.startsWith('multipart/')
        ? 'multipart'
        : undefined;
  return encoding !== undefined && isMembers(body)
    ? { kind: 'form', encoding, value: body }
    : { kind: 'json', value: body };
}

function readOwnReply(status: unknown, response: unknown): ReceivedReply | undefined {
  if (status !== undefined && status !== null && !isStatus(status)) {
    throw refused(`"status" is ${printable(JSON.stringify(status), 40)}.`, 'Such as "status": 404.');
  }
  const whole = isWholeReply(response);
  const given = isStatus(status) ? status : whole ? response.status : undefined;
  const body = whole ? response.body : response;
  if (given === undefined && body === undefined) return undefined;
  return {
    status: given,
    ...(whole &&
      response.headers !== undefined && { headers: readPairs(response.headers, 'response.headers') }),
    ...(body !== undefined && { body: typeof body === 'string' ? replyBody(body) : body }),
  };
}

function isWholeReply(value: unknown): value is Members & { readonly status: number } {
  return isMembers(value) && isStatus(value.status) && ('body' in value || 'headers' in value);
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1000;
}

/** `{ name: value }`, `{ name: [value, …] }`, `[[name, value]]` or `[{ name, value }]`. */
function readPairs(value: unknown, where: string): HeaderPair[] {
  const list: readonly unknown[] = Array.isArray(value)
    ? value.map((one: unknown) => (isMembers(one) ? [one.name, one.value] : one))
    : isMembers(value)
      ? Object.entries(value).flatMap(([name, one]) => [one].flat().map((each: unknown) => [name, each]))
      : [undefined];
  return list.map((pair) => {
    const [name, content]: readonly unknown[] = Array.isArray(pair) ? pair : [];
    if (typeof name !== 'string' || (typeof content === 'object' && content !== null)) {
      throw refused(
        `"${where}" is not read.`,
        `Write it as an object of texts: "${where}": { "name": "value" }.`,
      );
    }
    return [name, String(content ?? '')] as const;
  });
}

function readText(value: Members, name: string): string | undefined {
  const found = value[name];
  if (found === undefined || found === null) return undefined;
  if (typeof found === 'string') return found;
  throw refused(`"${name}" is ${printable(JSON.stringify(found), 40)}, not a text.`);
}

function refused(message: string, hint?: string): AppError {
  return new AppError('bad-input', message, { hint });
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
