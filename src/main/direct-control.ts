import path from 'node:path';
import type { Route } from '../api/route.ts';
import { createApplyEvent, numberHash } from '../calls/index.ts';
import { createServiceApi } from '../cli/service/create-service-api.ts';
import type { Control } from '../cli/service/service-api.ts';
import { type ClientFetch, createDonnaClient } from '../client/index.ts';
import { realClock } from '../kernel/clock.ts';
import { createIds, realRandomBytes } from '../kernel/ids.ts';
import type { Caller } from '../server/caller.ts';
import type { Exchange, Handlers } from '../server/exchange.ts';
import { createLog } from '../server/log.ts';
import { problemReply } from '../server/problem-reply.ts';
import { dialling } from '../server/routes/dialling.ts';
import { keys } from '../server/routes/keys.ts';
import { suppressions } from '../server/routes/suppressions.ts';
import { serveRoute } from '../server/serve-route.ts';
import { servedRoutes } from '../server/served-routes.ts';
import { createStores } from '../store/create-stores.ts';
import { openDatabase } from '../store/open-database.ts';
import { takeServerFile } from '../store/server-file.ts';
import type { Settings } from './config.ts';
import { answersTo } from './probe-server.ts';
import { bundleDirectory } from './serve-world.ts';
import { serviceSecret } from './service-secret.ts';
import { createFetch } from './world.ts';

/** Whoever may read the database may do everything with it. */
const owner: Caller = {
  keyId: 'local',
  name: 'local',
  role: 'admin',
  budget: undefined,
  ratePerMinute: undefined,
};

/**
 * What holds calls back and who may use the API, on the database itself where no server runs: the handlers of the API, without HTTP. The
 * embedded database is taken as a server takes it; throws `storage` when another process has it.
 */
export async function openDirectControl(settings: Settings, choice: { sandbox: boolean }): Promise<Control> {
  const opened: (() => Promise<unknown>)[] = [];
  try {
    return await open(settings, choice, opened);
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function open(
  settings: Settings,
  { sandbox }: { sandbox: boolean },
  opened: (() => Promise<unknown>)[],
): Promise<Control> {
  const url = sandbox ? undefined : settings.DATABASE_URL;
  const secret = await serviceSecret({ ...settings, DATABASE_URL: url });
  if (url === undefined) {
    const probe = createFetch(settings);
    opened.push(async () => probe.close());
    const own = { token: Buffer.from(realRandomBytes(32)).toString('base64url'), pid: process.pid };
    const file = await takeServerFile(settings.DONNA_DATA_DIR, own, {
      clock: realClock,
      answers: (server) => answersTo(probe, server),
    });
    opened.push(() => file.release());
  }
  const database = await openDatabase({
    url,
    directory: path.join(settings.DONNA_DATA_DIR, sandbox ? 'sandbox-database' : 'database'),
    dumpDirectory: bundleDirectory(),
    clock: realClock,
  });
  opened.push(() => database.close());
  const stores = createStores(database.pool);
  const hashNumber: NonNullable<Control['hashNumber']> = (number) => numberHash(secret, number);
  const newId = createIds(realClock, realRandomBytes);
  const deps = {
    ...stores,
    applyEvent: createApplyEvent({ store: stores.calls, clock: realClock, newId }),
    hashNumber,
    clock: realClock,
    newId,
    randomBytes: realRandomBytes,
    log: createLog('error', process.stderr),
    authenticate: { forget: () => {} },
    sandbox,
  };
  const handlers = { ...keys(deps), ...suppressions(deps), ...dialling(deps) };
  return {
    url: undefined,
    sandbox,
    api: createServiceApi(
      createDonnaClient({ url: 'http://localhost', fetch: directFetch(handlers, deps.log) }),
    ),
    hashNumber,
    clock: realClock,
    close: () => closeAll(opened),
  };
}

/** Answers requests of the client in this process. */
function directFetch(handlers: Partial<Handlers>, log: ReturnType<typeof createLog>): ClientFetch {
  return async (url, { method, headers, body }) => {
    const request = new Request(url, { method, headers, ...(body === undefined ? {} : { body }) });
    const { pathname } = new URL(url);
    try {
      for (const [name, route] of Object.entries<Route>(servedRoutes)) {
        const handler = handlers[name as keyof Handlers] as
          | ((exchange: Exchange<Route>) => ReturnType<Handlers['listKeys']>)
          | undefined;
        const params = route.method === method && handler ? paramsOf(route.path, pathname) : undefined;
        if (handler && params)
          return await serveRoute(route, handler, { request, params, caller: owner, signal: request.signal });
      }
      throw new Error(`No handler answers ${method} ${pathname}.`);
    } catch (error) {
      return problemReply(error, 'local', { log });
    }
  };
}

function paramsOf(template: string, pathname: string): Record<string, string> | undefined {
  const names = template.split('/');
  const parts = pathname.split('/');
  if (names.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const part = parts[index] ?? '';
    if (name.startsWith('{')) params[name.slice(1, -1)] = decodeURIComponent(part);
    else if (name !== part) return undefined;
  }
  return params;
}

/** The last opened first; what fails to close keeps nothing else open. */
async function closeAll(opened: (() => Promise<unknown>)[]): Promise<void> {
  for (let close = opened.pop(); close; close = opened.pop()) await close().catch(() => {});
}
