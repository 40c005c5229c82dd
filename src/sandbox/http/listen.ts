import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../kernel/errors.ts';
import { headersWithoutSecrets, type KeptRequest } from '../kept-requests.ts';
import type { MonitorSocket } from '../monitor.ts';
import { openapiDocument } from '../openapi.ts';
import type { World } from '../world.ts';
import { adminReply } from './admin.ts';
import { type Answer, answer, failed, operationAt, type RawRequest } from './answer.ts';
import { readBody } from './read-body.ts';
import { ok, plainRefusal, type Reply, refusals } from './refusals.ts';
import { type ReplyFacts, respond } from './respond.ts';

export interface Listening {
  /** Such as `http://127.0.0.1:4010`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the world on 127.0.0.1. Port 0 takes any free one. Throws AppError `bad-config` when the port is taken. */
export async function listen(world: World, monitor: MonitorSocket, port: number): Promise<Listening> {
  const server = createServer((request, response) => void serve(world, request, response));
  server.on('upgrade', monitor.upgrade);
  // A client that sends slowly is answered 408 by Node, and holds a socket for a minute at most.
  server.headersTimeout = 20_000;
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 5_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  }).catch((cause: NodeJS.ErrnoException) => {
    const taken = cause.code === 'EADDRINUSE';
    throw new AppError(
      'bad-config',
      `The sandbox cannot listen on port ${port}${taken ? ': it is taken' : ''}.`,
      {
        cause,
        hint: 'Choose another one with --port.',
      },
    );
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        monitor.close();
        server.closeAllConnections();
      }),
  };
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = requestUrl(request);
  const { pathname: path } = url;
  const method = request.method ?? 'GET';
  const provider = path.startsWith('/2010-04-01') ? 'twilio' : 'elevenlabs';
  const requestId = world.ids.request();
  const facts = (): ReplyFacts => ({ requestId, nowMs: world.clock.now(), provider });
  let answered: Partial<Answer> = { operation: operationAt(method, path) };
  let bytes: Uint8Array | undefined;
  try {
    const body = await readBody(request);
    if (body.kind === 'broken-off') {
      response.destroy();
      return;
    }
    if (body.kind === 'too-large') {
      // What is still coming is not read: the connection ends with this reply.
      response.setHeader('connection', 'close');
      answered = { ...answered, reply: refusals.tooLarge };
      return respond(response, refusals.tooLarge, facts());
    }
    bytes = body.bytes;
    const raw = { method, path, query: url.searchParams, headers: request.headers, bytes: body.bytes };
    const own = await ownReply(world, raw);
    if (own) return respond(response, own, { ...facts(), provider: 'sandbox' });
    await world.refresh();
    const full = await answer(world, raw);
    answered = full;
    const { reply, fault } = full;
    const send = () => respond(response, reply, { ...facts(), fault });
    if (fault?.kind === 'slow') world.clock.schedule(fault.ms, send);
    else send();
  } catch (error) {
    // A bug or a full disk: the client gets an answer, the process goes on.
    if (!response.headersSent) {
      answered = { ...answered, reply: failed(error) };
      respond(response, failed(error), facts());
    }
  } finally {
    // In a finally, so that a test that counts requests misses none, however it ended.
    if (!isOwn(path)) {
      const { reply, operation, fault, ignored = [], body } = answered;
      const entry = {
        at: new Date(world.clock.now()).toISOString(),
        requestId,
        method,
        path: path + url.search,
        ...(operation && { operation: operation.name }),
        ...(reply && fault?.kind !== 'reply-lost' && { status: reply.status }),
        ignored,
        ...(fault && { fault: fault.kind }),
        ...(body !== undefined && { body }),
      };
      world.journal.request(entry, bytes && keptOf(request, bytes, reply));
    }
  }
}

function keptOf({ headers }: IncomingMessage, bytes: Uint8Array, reply: Reply | undefined): KeptRequest {
  const host = headers.host ?? '127.0.0.1';
  return { host, headers: headersWithoutSecrets(headers), bytes, reply: reply?.body };
}

/** The URL that was asked for. What begins with two slashes is a path here, not a host. */
function requestUrl({ url = '/' }: IncomingMessage): URL {
  const origin = 'http://sandbox.invalid';
  if (url.startsWith('/')) return new URL(origin + url);
  return new URL(URL.canParse(url, origin) ? url : '/', origin);
}

function isOwn(path: string): boolean {
  return path.startsWith('/_sandbox/') || path === '/openapi.json';
}

/** The reply of the sandbox itself, where no provider is asked. */
async function ownReply(world: World, raw: RawRequest): Promise<Reply | undefined> {
  if (!isOwn(raw.path)) return undefined;
  return raw.path === '/openapi.json' ? openapi(raw) : adminReply(world, raw);
}

function openapi(raw: RawRequest): Reply {
  if (raw.method !== 'GET') return plainRefusal(405, 'Method Not Allowed', { allow: 'GET' });
  return ok(openapiDocument(`http://${raw.headers.host ?? '127.0.0.1'}`));
}
