import http from 'node:http';
import https from 'node:https';
import type { ClientFetch } from '../client/index.ts';

/** For the headers of a reply: forgetting a person asks provider and carrier for each call. */
const REPLY_MS = 120_000;

/**
 * The fetch that the client of Donna's own API uses here: node:http(s), which streams, because undici's costs a command 85 MiB and 0.1 s at
 * start. `replyMs` runs from the request to the headers of the reply; what a stream takes after that is for its reader to watch.
 */
export function createClientFetch(options: { readonly replyMs?: number } = {}): ClientFetch & {
  close(): void;
} {
  const agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  };
  const replyMs = options.replyMs ?? REPLY_MS;
  const fetch: ClientFetch = (url, init) =>
    new Promise((resolve, reject) => {
      const target = new URL(url);
      const secure = target.protocol === 'https:';
      const body = init.body === undefined ? undefined : Buffer.from(init.body, 'utf8');
      const request = (secure ? https : http).request(target, {
        method: init.method,
        headers: { ...init.headers, ...(body ? { 'Content-Length': body.byteLength } : {}) },
        agent: agents[secure ? 'https:' : 'http:'],
        ...(init.signal ? { signal: init.signal } : {}),
      });
      const late = setTimeout(() => request.destroy(new Error(`no reply within ${replyMs} ms`)), replyMs);
      request.once('close', () => {
        clearTimeout(late);
        // 101 is no response to Node, and no error either: it only closes.
        reject(new Error('the connection closed without an answer'));
      });
      request.once('error', reject);
      request.once('response', (incoming) => {
        clearTimeout(late);
        resolve(reply(incoming));
      });
      request.end(body);
    });
  return Object.assign(fetch, {
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  });
}

function reply(incoming: http.IncomingMessage): Awaited<ReturnType<ClientFetch>> {
  const whole = async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  return {
    status: incoming.statusCode ?? 0,
    headers: { get: (name) => incoming.headersDistinct[name.toLowerCase()]?.join(', ') ?? null },
    body: {
      getReader() {
        const chunks: AsyncIterator<Buffer> = incoming[Symbol.asyncIterator]();
        return {
          async read() {
            const { done, value } = await chunks.next();
            return done ? { done: true } : { done: false, value };
          },
          cancel: async () => {
            incoming.destroy();
          },
        };
      },
    },
    text: async () => (await whole()).toString('utf8'),
    async arrayBuffer() {
      const bytes = await whole();
      return new Uint8Array(bytes).buffer;
    },
  };
}
