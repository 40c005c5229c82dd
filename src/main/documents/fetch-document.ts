import { isIP } from 'node:net';
import { shownUrl } from '../../diagnosis/doctor/shown-url.ts';
import { AppError } from '../../kernel/errors.ts';
import { type Fetch, type FetchReply, TransportError } from '../../kernel/fetch.ts';
import { printable } from '../../kernel/printable.ts';
import { isPrivateAddress } from '../../providers/private-address.ts';

/** More than any document that is published; what is larger is refused before it is read. */
const MAX_BYTES = 64 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 5_000;
const REPLY_TIMEOUT_MS = 30_000;
const MOST_REDIRECTS = 5;

export interface FetchedDocument {
  /** `unchanged`: what the ETag names is still what is there. */
  readonly kind: 'document' | 'unchanged';
  /** Where it was found at last. */
  readonly url: string;
  readonly etag: string | undefined;
  readonly bytes: Uint8Array;
}

export interface FetchDocumentParts {
  readonly fetch: Fetch;
  /** Told of each redirect, in a line. */
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Fetches a document, without credentials, over at most five redirects. Not followed is one from https to http, and one
 * that leads from elsewhere to this machine or a private network, whose addresses a stranger has no say in.
 * @throws AppError `bad-input` for a URL that is none, `provider-unreachable` and `provider-refused` for what goes wrong on the way.
 */
export async function fetchDocument(
  url: string,
  { fetch, say, signal }: FetchDocumentParts,
  etag?: string,
): Promise<FetchedDocument> {
  let at = readUrl(url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const reply = await get(fetch, at, etag, signal);
    const to = isRedirect(reply.status) ? reply.headers.location : undefined;
    if (to === undefined) return read(at, reply);
    const next = URL.canParse(to, at.href) ? new URL(to, at.href) : undefined;
    say(`${shown(at)} redirects to ${next ? shown(next) : printable(shownUrl(to), 200)}`);
    if (
      !next ||
      !/^https?:$/.test(next.protocol) ||
      (at.protocol === 'https:' && next.protocol === 'http:') ||
      (isWithin(next) && !isWithin(at))
    ) {
      throw refusedBy(at, 'it redirects to where a document is not fetched from');
    }
    at = next;
  }
  throw refusedBy(at, `there are more than ${MOST_REDIRECTS} redirects`);
}

async function get(fetch: Fetch, url: URL, etag: string | undefined, signal: AbortSignal | undefined) {
  try {
    return await fetch({
      method: 'GET',
      url: url.href,
      headers: {
        accept: 'application/json, application/yaml, text/yaml, */*;q=0.5',
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
      },
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      replyTimeoutMs: REPLY_TIMEOUT_MS,
      maxReplyBytes: MAX_BYTES,
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    throw new AppError('provider-unreachable', `${shown(url)}: ${printable(error.message, 200)}.`, {
      hint: 'Fetch the document yourself and give the file: --spec openapi.json',
      retryable: true,
      cause: error,
    });
  }
}

function read(at: URL, { status, headers, body }: FetchReply): FetchedDocument {
  if (status === 304)
    return { kind: 'unchanged', url: shown(at), etag: headers.etag, bytes: new Uint8Array() };
  if (status !== 200) throw refusedBy(at, `it answers ${status}`);
  const { 'content-encoding': encoding = 'identity' } = headers;
  if (encoding !== 'identity') throw refusedBy(at, `the reply is encoded as ${printable(encoding, 40)}`);
  return { kind: 'document', url: shown(at), etag: headers.etag, bytes: body };
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new AppError(
    'bad-input',
    `--spec ${printable(shownUrl(text), 200)}: not a URL that a document can be fetched from.`,
    {
      hint: 'Give a file, or a URL such as https://api.example.com/openapi.json.',
    },
  );
}

/** By its address or the names that are kept for it; what the names of others resolve to is not asked. */
function isWithin({ hostname }: URL): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) === 0
    ? /(?:^|\.)(?:localhost|local|internal|home\.arpa)\.?$/.test(hostname)
    : isPrivateAddress(address);
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function refusedBy(url: URL, why: string): AppError {
  return new AppError('provider-refused', `No document from ${shown(url)}: ${why}.`, {
    hint: 'Look at the address in a browser, or give the document as a file: --spec openapi.json',
  });
}

/** Without user, password and query, in which a key may be. */
function shown({ href }: URL): string {
  return printable(shownUrl(href), 300);
}
