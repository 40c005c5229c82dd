import { AppError } from '../../kernel/errors.ts';
import { bodyOf, mediaType } from './body-of.ts';
import type { Exchange, ReceivedReply, SentBody, SentRequest } from './exchange.ts';
import { formFields } from './form-text.ts';
import { type HeaderPair, headerValue } from './header-lines.ts';
import { jsonProblem } from './json-problem.ts';
import { replyBody } from './read-reply.ts';
import { readUrl } from './read-url.ts';

type Members = Readonly<Record<string, unknown>>;

/** Characters, about 100 MB. Browsers write larger ones only with the pages' pictures in them. */
const LONGEST_HAR = 100 * 1024 * 1024;
/** Characters. A longer reply is no error that anyone reads. */
const LONGEST_REPLY = 10 * 1024 * 1024;
const credentialHeader = /authorization|cookie|token|secret|api-?key/i;

/**
 * Reads a HAR 1.2 file, as browsers and proxies save it: every entry over HTTP, in its order. Entries of other schemes (`data:`, `ws:`)
 * are left out. Throws AppError `bad-input` where the text is no HAR or longer than 100 MiB.
 */
export function readHar(text: string): readonly Exchange[] {
  if (text.length > LONGEST_HAR) {
    throw new AppError('bad-input', 'The HAR is larger than 100 MB.', {
      hint: 'Save only the failing request: in the browser filter the list before saving.',
    });
  }
  const root = parse(text);
  const log = member(root, 'log');
  const entries = isMembers(log) ? log.entries : undefined;
  if (!isMembers(log) || !Array.isArray(entries)) {
    throw new AppError('bad-input', 'The JSON is no HAR: it has no log.entries.', {
      hint: 'Save it in the browser from its list of network requests, or give one request with --request.',
    });
  }
  const requests = entries.filter(isEntry);
  const stripped = isStripped(log, requests);
  return requests.map((entry) => readHarEntry(entry, stripped));
}

/** The request was refused, or no reply came. */
export function hasFailed({ reply }: Exchange): boolean {
  return reply?.status !== undefined && (reply.status >= 400 || reply.status === 0);
}

/** Whether a value looks like an entry of a HAR whose request went over HTTP. */
export function isEntry(value: unknown): value is Members & { readonly request: Members } {
  const request = member(value, 'request');
  const url = member(request, 'url');
  return (
    isMembers(request) &&
    typeof url === 'string' &&
    /^https?:\/\//i.test(url) &&
    URL.canParse(url) &&
    'method' in request
  );
}

/** `stripped`: credentials were taken out of the file, so that its headers are not all. */
export function readHarEntry(entry: Members & { readonly request: Members }, stripped = false): Exchange {
  const reply = readResponse(entry.response);
  return { request: readRequest(entry.request, stripped), ...(reply && { reply }) };
}

function readRequest(request: Members, stripped: boolean): SentRequest {
  const { scheme, host, path, query } = readUrl(String(request.url));
  const headers = pairs(request.headers);
  const post = isMembers(request.postData) ? request.postData : undefined;
  const mime = typeof post?.mimeType === 'string' && post.mimeType !== '' ? post.mimeType : undefined;
  const type = headerValue(headers, 'content-type') ?? mime;
  const hidden = stripped && !headers.some(([name]) => credentialHeader.test(name));
  return {
    method: String(request.method).toUpperCase(),
    scheme: scheme ?? 'https',
    host,
    path,
    query,
    headers: hidden || !Array.isArray(request.headers) ? undefined : headers,
    contentType: mediaType(type),
    body: readBody(post, type, request.bodySize),
  };
}

function readBody(post: Members | undefined, type: string | undefined, size: unknown): SentBody {
  if (typeof post?.text === 'string' && post.text !== '') {
    const text = post.encoding === 'base64' ? fromBase64(post.text) : post.text;
    const body = bodyOf(text, type);
    if (body.kind !== 'text' || body.problem === undefined || !mediaType(type)?.startsWith('multipart/'))
      return body;
  }
  if (Array.isArray(post?.params) && post.params.length > 0) {
    const multipart = mediaType(type)?.startsWith('multipart/') === true;
    return {
      kind: 'form',
      encoding: multipart ? 'multipart' : 'urlencoded',
      value: formFields(post.params.filter(isMembers).map((one) => [String(one.name), partValue(one)])),
    };
  }
  if (typeof size === 'number' && size > 0) return { kind: 'unread', why: 'the HAR does not have it' };
  return { kind: 'none' };
}

function partValue(part: Members): unknown {
  return typeof part.fileName === 'string' ? { file: part.fileName } : String(part.value ?? '');
}

function readResponse(value: unknown): ReceivedReply | undefined {
  if (!isMembers(value) || typeof value.status !== 'number') return undefined;
  const content = isMembers(value.content) ? value.content : undefined;
  const text =
    typeof content?.text === 'string' && content.text.length <= LONGEST_REPLY ? content.text : undefined;
  return {
    status: value.status,
    headers: pairs(value.headers),
    ...(text !== undefined && { body: replyBody(content?.encoding === 'base64' ? fromBase64(text) : text) }),
  };
}

/** Names that begin with a colon are no headers but HTTP/2's way to write method and URL. */
function pairs(value: unknown): HeaderPair[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isMembers)
    .map((one) => [String(one.name ?? ''), String(one.value ?? '')] as const)
    .filter(([name]) => name !== '' && !name.startsWith(':'));
}

/** Chrome since version 130 saves without cookies and Authorization unless it is told otherwise. */
function isStripped(log: Members, entries: readonly { readonly request: Members }[]): boolean {
  const creator = member(log.creator, 'name');
  if (creator !== 'WebInspector') return false;
  return !entries.some(({ request }) =>
    pairs(request.headers).some(([name]) => /^(?:authorization|cookie)$/i.test(name)),
  );
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

function parse(text: string): unknown {
  const plain = text.replace(/^\ufeff/, '');
  try {
    return JSON.parse(plain);
  } catch {
    throw new AppError('bad-input', `The HAR is no JSON: ${jsonProblem(plain) ?? 'it cannot be parsed'}.`);
  }
}

function member(value: unknown, name: string): unknown {
  return isMembers(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
