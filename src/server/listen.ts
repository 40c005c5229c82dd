import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { AccessKeys } from '../calls/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { isLoopbackAddress } from './access/check-address.ts';
import { createDrain } from './drain.ts';

/** A server that listens. */
export interface Listening {
  /** Where programs of this machine reach it. */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, ends the streams, and waits for what is being answered, 5 s at most. */
  close(): Promise<void>;
}

export type Listen = (port: number, host: string) => Promise<Listening>;

const HEADERS_MS = 10_000;
/** For a whole request to arrive; a webhook with a recording may have 64 MB. */
const REQUEST_MS = 120_000;
/** Longer than load balancers keep theirs, so that none sends into a closing connection. */
const KEEP_ALIVE_MS = 75_000;
const CLOSE_MS = 5000;

/**
 * Opens the port. Throws `bad-config` when it is taken, and when others could reach a server that has no key yet: the token counts over
 * loopback alone, so nobody could use it, and whoever meant to will be told.
 */
export function createListen(deps: {
  readonly fetch: Parameters<typeof createAdaptorServer>[0]['fetch'];
  readonly keys: Pick<AccessKeys, 'list'>;
  readonly clock: Clock;
  readonly closing: AbortController;
}): Listen {
  return async (port, host) => {
    const local = host === 'localhost' || isLoopbackAddress(host);
    if (!local && !(await deps.keys.list()).some(({ revokedMs }) => revokedMs === undefined)) {
      throw new AppError('bad-config', `The server would listen on ${host}, and it has no key.`, {
        hint: 'Make one first, donna keys create <name>, or listen on 127.0.0.1.',
      });
    }
    const server = createAdaptorServer({
      fetch: deps.fetch,
      serverOptions: {
        headersTimeout: HEADERS_MS,
        requestTimeout: REQUEST_MS,
        keepAliveTimeout: KEEP_ALIVE_MS,
      },
    }) as HttpServer;
    const drain = createDrain(server);
    await open(server, port, host);
    const bound = (server.address() as AddressInfo).port;
    return {
      port: bound,
      url: `http://${nameOf(host)}:${bound}`,
      close: () => close(server, drain, deps),
    };
  };
}

function open(server: HttpServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = reasons[error.code ?? ''];
      const refusal = () =>
        new AppError('bad-config', `The server cannot listen on ${host}, port ${port}: ${why}.`, {
          hint: 'Give another with --port or --host, or stop what has it.',
          cause: error,
        });
      reject(why === undefined ? error : refusal());
    });
    server.listen(port, host, resolve);
  });
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has it',
  EACCES: 'it is not allowed',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

async function close(
  server: HttpServer,
  drain: () => Promise<void>,
  { closing, clock }: { readonly closing: AbortController; readonly clock: Clock },
): Promise<void> {
  closing.abort();
  const cancel = clock.schedule(CLOSE_MS, () => server.closeAllConnections());
  await drain();
  cancel();
}

/** A server on every address is reached over loopback too. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
