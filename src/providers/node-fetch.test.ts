import net, { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AnsweringServer,
  answeringServer,
  answerWith,
  closedPort,
} from '../../test/fixtures/answering-server.ts';
import { type FetchRequest, TransportError } from '../kernel/fetch.ts';
import { createNodeFetch } from './node-fetch.ts';

const fetch = createNodeFetch({ connectTimeoutMs: 2_000, replyTimeoutMs: 2_000 });
const open: { close(): unknown }[] = [];
afterEach(async () => {
  fetch.close();
  for (const one of open.splice(0)) await one.close();
});

async function serve(answer: Answer): Promise<AnsweringServer> {
  const server = await answeringServer(answer);
  open.push(server);
  return server;
}
/** A bare TCP server, for what no HTTP server would do. */
async function serveTcp(onSocket: (socket: net.Socket) => void): Promise<string> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(closed));
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
async function failure(request: FetchRequest): Promise<TransportError> {
  const error = await fetch(request).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof TransportError) return error;
  throw new Error(`no TransportError but ${String(error)}`);
}
const post = (url: string, more: Partial<FetchRequest> = {}): FetchRequest => ({
  method: 'POST',
  url,
  body: '{"a":"ü"}',
  beforeSend: () => {},
  ...more,
});

describe('createNodeFetch: a reply', () => {
  it('comes with status, headers in lower case and the bytes of its body', async () => {
    const server = await serve(answerWith(418, 'tea ü', { 'X-Request-Id': 'req_1' }));
    const reply = await fetch(post(server.url));
    expect(reply).toMatchObject({ status: 418, headers: { 'x-request-id': 'req_1' } });
    expect(new TextDecoder().decode(reply.body)).toBe('tea ü');
    expect(server.bodies).toEqual(['{"a":"ü"}']);
  });

  it('to a read comes over a kept connection, to a dial never', async () => {
    const ports: (number | undefined)[] = [];
    const server = await serve((request, reply) => {
      ports.push(request.socket.remotePort);
      reply.end('{}');
    });
    await fetch({ method: 'GET', url: server.url });
    await fetch({ method: 'GET', url: server.url });
    await fetch(post(server.url));
    await fetch({ method: 'GET', url: server.url });
    expect(ports[1]).toBe(ports[0]);
    expect(ports[2]).not.toBe(ports[0]);
    expect(ports[3]).toBe(ports[0]);
  });

  it('larger than allowed is given up', async () => {
    const server = await serve(answerWith(200, 'x'.repeat(5_000)));
    expect(await failure(post(server.url, { maxReplyBytes: 1_000 }))).toMatchObject({
      kind: 'too-large',
      sent: true,
    });
  });
});

describe('createNodeFetch: before the first byte', () => {
  it('runs the commit once the connection stands, and sends nothing until it is done', async () => {
    const order: string[] = [];
    const url = await serveTcp((socket) => {
      order.push('connected');
      socket.once('data', () => {
        order.push('first byte');
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      });
    });
    await fetch(
      post(url, {
        beforeSend: async () => {
          // Long enough for a byte to arrive, had one been sent.
          await new Promise((done) => setTimeout(done, 50));
          order.push('committed');
        },
      }),
    );
    expect(order).toEqual(['connected', 'committed', 'first byte']);
  });

  it('sends nothing when the commit fails, and its error comes out', async () => {
    const server = await serve(answerWith(200, {}));
    const beforeSend = () => Promise.reject(new RangeError('put back'));
    await expect(fetch(post(server.url, { beforeSend }))).rejects.toThrow('put back');
    expect(server.bodies).toEqual([]);
  });

  it('does not commit what cannot connect', async () => {
    let committed = false;
    const url = await closedPort();
    const beforeSend = () => {
      committed = true;
    };
    expect(await failure(post(url, { beforeSend }))).toMatchObject({ kind: 'refused', sent: false });
    expect(committed).toBe(false);
  });

  it('knows that nothing was sent when the other side hangs up during the commit', async () => {
    const url = await serveTcp((socket) => setTimeout(() => socket.destroy(), 10));
    const beforeSend = () => new Promise<void>((done) => setTimeout(done, 100));
    expect(await failure(post(url, { beforeSend }))).toMatchObject({ kind: 'reset', sent: false });
  });

  it('gives up a TLS handshake that does not come, or is none, without having sent', async () => {
    const silent = (await serveTcp(() => {})).replace('http:', 'https:');
    expect(await failure(post(silent, { connectTimeoutMs: 50 }))).toMatchObject({
      kind: 'connect-timeout',
      sent: false,
    });
    const plain = (await serveTcp((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'))).replace(
      'http:',
      'https:',
    );
    expect(await failure(post(plain))).toMatchObject({ sent: false });
  });

  it('names a name that does not resolve', async () => {
    expect(await failure(post('http://nobody.invalid/'))).toMatchObject({ kind: 'dns', sent: false });
  });

  it('refuses other protocols', async () => {
    expect(await failure(post('ftp://127.0.0.1/'))).toMatchObject({ kind: 'other', sent: false });
  });
});

describe('createNodeFetch: after the first byte', () => {
  it('knows that it was sent when no reply comes in time', async () => {
    const server = await serve(() => {});
    expect(await failure(post(server.url, { replyTimeoutMs: 50 }))).toMatchObject({
      kind: 'timeout',
      sent: true,
    });
  });

  it('counts the time to the last byte', async () => {
    const server = await serve((_, reply) => {
      reply.writeHead(200, { 'content-length': '10' });
      reply.write('half');
    });
    expect(await failure(post(server.url, { replyTimeoutMs: 50 }))).toMatchObject({
      kind: 'timeout',
      sent: true,
    });
  });

  it('knows that it was sent when the connection is reset', async () => {
    const server = await serve((request) => request.socket.resetAndDestroy());
    expect(await failure(post(server.url))).toMatchObject({ kind: 'reset', sent: true });
  });

  it('does not take a truncated body for a reply', async () => {
    const server = await serve((request, reply) => {
      reply.writeHead(200, { 'content-length': '100' });
      reply.write('{"success":true', () => request.socket.destroy());
    });
    expect(await failure(post(server.url))).toMatchObject({ kind: 'reset', sent: true });
  });

  it('knows that it was sent when the answer is no HTTP', async () => {
    const url = await serveTcp((socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n')));
    expect(await failure(post(url))).toMatchObject({ sent: true });
  });
});

describe('createNodeFetch: given up', () => {
  it('before it began, quietly', async () => {
    const server = await serve(answerWith(200, {}));
    const signal = AbortSignal.abort();
    expect(await failure({ method: 'GET', url: server.url, signal })).toMatchObject({
      kind: 'aborted',
      sent: false,
    });
    // Time for an error that nobody hears to end the process.
    await new Promise((done) => setTimeout(done, 20));
    expect(server.bodies).toEqual([]);
  });

  it('while it waits for the reply', async () => {
    const abort = new AbortController();
    const server = await serve(() => abort.abort());
    expect(await failure(post(server.url, { signal: abort.signal }))).toMatchObject({
      kind: 'aborted',
      sent: true,
    });
  });
});
