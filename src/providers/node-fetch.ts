import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { type Fetch, type FetchReply, type FetchRequest, TransportError } from '../kernel/fetch.ts';

const DEFAULT_MAX_REPLY_BYTES = 64 * 1024 * 1024;

/**
 * The fetch that the product uses: node:http(s), because undici's costs 85 MiB and 0.1 s at start and does
 * not tell whether a byte was sent. Connections are kept for a command's next read, and never for a dial.
 */
export function createNodeFetch(defaults: {
  connectTimeoutMs: number;
  replyTimeoutMs: number;
}): Fetch & { close(): void } {
  const agents = {
    'http:': new http.Agent({ keepAlive: true, timeout: 60_000 }),
    'https:': new https.Agent({ keepAlive: true, timeout: 60_000 }),
  };
  const fetch = (request: FetchRequest) =>
    new Promise<FetchReply>((resolve, reject) => exchange(request, resolve, reject));

  function exchange(
    request: FetchRequest,
    resolve: (reply: FetchReply) => void,
    reject: (error: Error) => void,
  ): void {
    const url = new URL(request.url);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      reject(new TransportError('other', false, `${url.protocol} is not a protocol for HTTP requests`));
      return;
    }
    const secure = url.protocol === 'https:';
    const body = typeof request.body === 'string' ? Buffer.from(request.body, 'utf8') : request.body;
    const maxBytes = request.maxReplyBytes ?? DEFAULT_MAX_REPLY_BYTES;
    // `sent` turns true before the first write: from there on the other side may have acted.
    let sent = false;
    let settled = false;
    let timer: NodeJS.Timeout | undefined;

    const outgoing = (secure ? https : http).request(url, {
      method: request.method,
      headers: { ...request.headers, ...lengthOf(body, request) },
      agent: request.beforeSend ? false : agents[url.protocol],
    });

    const finish = () => {
      settled = true;
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: Error) => {
      if (settled) return;
      finish();
      outgoing.destroy();
      reject(error);
    };
    const limit = (afterMs: number, kind: 'connect-timeout' | 'timeout', what: string) => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(new TransportError(kind, sent, `${what} within ${afterMs} ms`)), afterMs);
    };
    const onAbort = () => fail(new TransportError('aborted', sent, 'the request was given up'));

    // First of all: what destroys the request makes it emit an error, which would end the process unheard.
    outgoing.on('error', (error: NodeJS.ErrnoException) => fail(transportError(error, sent)));
    if (request.signal?.aborted) {
      onAbort();
      return;
    }
    request.signal?.addEventListener('abort', onAbort, { once: true });
    limit(request.connectTimeoutMs ?? defaults.connectTimeoutMs, 'connect-timeout', 'no connection');

    outgoing.on('socket', (socket) => {
      whenConnected(socket, secure, () => {
        if (settled) return;
        clearTimeout(timer);
        Promise.resolve()
          .then(() => request.beforeSend?.())
          .then(() => {
            if (settled) return;
            sent = true;
            limit(request.replyTimeoutMs ?? defaults.replyTimeoutMs, 'timeout', 'no complete reply');
            outgoing.end(body);
          })
          .catch(fail);
      });
    });
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      incoming.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes > maxBytes)
          return fail(new TransportError('too-large', true, `the reply is larger than ${maxBytes} bytes`));
        chunks.push(chunk);
      });
      incoming.on('error', (error) => fail(transportError(error, true)));
      incoming.on('aborted', () =>
        fail(new TransportError('reset', true, 'the connection closed in the middle of the reply')),
      );
      incoming.on('end', () => {
        if (settled) return;
        finish();
        resolve({
          status: incoming.statusCode ?? 0,
          headers: flatHeaders(incoming.headers),
          body: Buffer.concat(chunks),
        });
      });
    });
  }

  return Object.assign(fetch, {
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  });
}

/** A request that asks for chunks states no length. */
function lengthOf(body: Uint8Array | undefined, request: FetchRequest): Record<string, string> {
  if (!body || request.headers?.['transfer-encoding'] === 'chunked') return {};
  return { 'content-length': String(body.byteLength) };
}

function whenConnected(socket: Socket, secure: boolean, ready: () => void): void {
  // A kept connection is connected already; a new one tells by its event.
  const connected =
    !socket.connecting && (!secure || (socket as { secureConnecting?: boolean }).secureConnecting !== true);
  if (connected) ready();
  else socket.once(secure ? 'secureConnect' : 'connect', ready);
}

function flatHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function transportError(error: NodeJS.ErrnoException, sent: boolean): TransportError {
  const code = error.code ?? '';
  const kind = /^(ENOTFOUND|EAI_)/.test(code)
    ? 'dns'
    : /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/.test(code)
      ? 'refused'
      : code === 'ETIMEDOUT'
        ? sent
          ? 'timeout'
          : 'connect-timeout'
        : /^(ECONNRESET|EPIPE)$/.test(code)
          ? 'reset'
          : /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)
            ? 'tls'
            : 'other';
  return new TransportError(kind, sent, error.message || code || 'the connection failed', error);
}
