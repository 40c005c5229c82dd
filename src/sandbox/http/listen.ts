import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../kernel/errors.ts';
import type { MonitorSocket } from '../monitor.ts';
import { openapiDocument } from '../openapi.ts';
import type { World } from '../world.ts';
import { adminReply } from './admin.ts';
import { answer, type RawRequest } from './answer.ts';
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
  const url = new URL(request.url ?? '/', 'http://sandbox.invalid');
  const requestId = world.ids.request();
  const path = url.pathname;
  const provider = path.startsWith('/2010-04-01') ? 'twilio' : 'elevenlabs';
  const facts = (): ReplyFacts => ({ requestId, nowMs: world.clock.now(), provider });
  const body = await readBody(request);
  if (body.kind === 'broken-off') return response.destroy() && undefined;
  if (body.kind === 'too-large') {
    // What is still coming is not read: the connection ends with this reply.
    response.setHeader('connection', 'close');
    return respond(response, refusals.tooLarge, facts());
  }
  const raw: RawRequest = {
    method: request.method ?? 'GET',
    path,
    query: url.searchParams,
    headers: request.headers,
    bytes: body.bytes,
  };
  try {
    if (path.startsWith('/_sandbox/'))
      return respond(response, adminReply(world, raw), { ...facts(), provider: 'sandbox' });
    if (path === '/openapi.json')
      return respond(response, openapi(raw, request), { ...facts(), provider: 'sandbox' });
    await world.refresh();
    const { reply, operation, fault, ignored, body: understood } = await answer(world, raw);
    world.journal.request({
      at: new Date(world.clock.now()).toISOString(),
      requestId,
      method: raw.method,
      path: url.pathname + url.search,
      ...(operation && { operation: operation.name }),
      ...(fault?.kind !== 'reply-lost' && { status: reply.status }),
      ignored,
      ...(fault && { fault: fault.kind }),
      ...(understood !== undefined && { body: understood }),
    });
    const send = () => respond(response, reply, { ...facts(), fault });
    if (fault?.kind === 'slow') world.clock.schedule(fault.ms, send);
    else send();
  } catch (error) {
    // A bug or a full disk: the client gets an answer, the process goes on.
    if (!response.headersSent) respond(response, failed(error), facts());
  }
}

function openapi(raw: RawRequest, request: IncomingMessage): Reply {
  if (raw.method !== 'GET') return plainRefusal(405, 'Method Not Allowed', { allow: 'GET' });
  return ok(openapiDocument(`http://${request.headers.host ?? '127.0.0.1'}`));
}

function failed(error: unknown): Reply {
  const message = error instanceof AppError ? error.message : 'The sandbox failed.';
  return { status: 500, body: { detail: { status: 'sandbox_error', message } } };
}
