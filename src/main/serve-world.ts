import path from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import type { RunningService, ServeWorld } from '../cli/commands/serve.ts';
import { connectWebhook, secretName } from '../cli/commands/webhooks/connect-webhook.ts';
import { type Clock, realClock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { type RandomBytes, realRandomBytes } from '../kernel/ids.ts';
import { lastFour } from '../kernel/mask.ts';
import { createServer } from '../server/create-server.ts';
import { createLog } from '../server/log.ts';
import type { Database } from '../store/database.ts';
import { openDatabase } from '../store/open-database.ts';
import { takeServerFile } from '../store/server-file.ts';
import type { Settings } from './config.ts';
import { createExplainer } from './explanations/create-explainer.ts';
import { answersTo } from './probe-server.ts';
import { createService, type Service } from './service.ts';
import { serviceSecret } from './service-secret.ts';
import { createWebhooksWorld } from './webhooks-world.ts';
import { type Accounts, createFetch } from './world.ts';

export interface ServeOptions {
  readonly settings: Settings;
  /** Opened for this server, and closed with it. */
  readonly accounts: Accounts;
  readonly clock?: Clock;
  readonly randomBytes?: RandomBytes;
  /** Where the build left the dump of a new embedded database. */
  readonly dumpDirectory?: string;
  /** The built thread that explains requests of callers; beside the bundle unless given. */
  readonly explainWorker?: string;
  readonly logLevel?: string;
}

/** The world of `donna serve`: takes the data directory, opens the database, starts the engine, listens. */
export function createServeWorld(options: ServeOptions): ServeWorld {
  return {
    async start({ port, host }) {
      const opened: (() => Promise<unknown>)[] = [];
      try {
        return await start(options, { port, host }, opened);
      } catch (error) {
        await closeAll(opened);
        throw error;
      }
    },
  };
}

async function start(
  options: ServeOptions,
  at: { port: number; host: string },
  opened: (() => Promise<unknown>)[],
): Promise<RunningService> {
  const { settings, accounts, clock = realClock, randomBytes = realRandomBytes } = options;
  opened.push(() => accounts.close());
  const directory = settings.DONNA_DATA_DIR;
  const token = Buffer.from(randomBytes(32)).toString('base64url');
  const probe = createFetch(settings);
  opened.push(async () => probe.close());
  const file = await takeServerFile(
    directory,
    { token, pid: process.pid },
    { clock, answers: (server) => answersTo(probe, server) },
  );
  opened.push(() => file.release());

  // The pretended calls have a database of their own: an attempt there says nothing about a real phone.
  const url = accounts.sandbox ? undefined : settings.DATABASE_URL;
  const data = path.join(directory, accounts.sandbox ? 'sandbox-database' : 'database');
  const database = await openDatabase({
    url,
    directory: data,
    dumpDirectory: options.dumpDirectory,
    clock,
  });
  opened.push(() => database.close());

  const log = createLog(options.logLevel ?? settings.DONNA_LOG_LEVEL, process.stderr);
  const secret = await serviceSecret({ ...settings, DATABASE_URL: url });
  const service = await createService({ settings, accounts, database, secret, clock, randomBytes, log });
  const secrets = new Set(
    settings.ELEVENLABS_WEBHOOK_SECRET && !accounts.sandbox ? [settings.ELEVENLABS_WEBHOOK_SECRET] : [],
  );
  // Those of an earlier start: a call that it left may end before the webhook is connected again.
  if (accounts.sandbox) await readSandboxSecret(settings, accounts, secrets);
  if (accounts.sandbox && settings.DATABASE_URL)
    log.warn(
      { directory: data },
      'the sandbox keeps its calls in the data directory, and not in DATABASE_URL',
    );
  const explainer = createExplainer({
    workerFile: options.explainWorker ?? path.join(bundleDirectory(), 'explain-worker.js'),
    files: settings.DONNA_EXPLAIN_DOCUMENTS ?? new Map(),
    clock: realClock,
  });
  opened.push(() => explainer.close());
  const stopped = await service.stores.stopSwitch.read();
  if (stopped)
    log.warn({ by: stopped.by, at: new Date(stopped.atMs) }, 'all dialling is stopped: donna resume');
  const server = createServer({
    version: packageJson.version,
    submitCall: service.submitCall,
    applyEvent: service.applyEvent,
    records: service.stores.records,
    suppressions: service.stores.suppressions,
    stopSwitch: {
      ...service.stores.stopSwitch,
      async resume() {
        const stopped = await service.stores.stopSwitch.resume();
        service.dueNow();
        return stopped;
      },
    },
    keys: service.stores.keys,
    endpoints: service.stores.endpoints,
    jobs: service.stores.jobs,
    recordings: service.stores.recordings,
    fetchRecording: service.fetchRecording,
    forget: service.forget,
    explainFailure: service.explainFailure,
    explain: explainer.explain,
    hashNumber: service.hashNumber,
    onCallChange: service.bus.onChange,
    ready: () => readiness(database, service, clock),
    metrics: service.metrics,
    webhooks: service.webhooks(() => [...secrets]),
    token,
    sandbox: accounts.sandbox,
    hosts: hostNames(settings, at.host),
    clock,
    newId: service.newId,
    randomBytes,
    log,
  });
  const listening = await server.listen(at.port, at.host);
  opened.push(() => listening.close());
  opened.push(() => service.stop());
  // Nobody else can have the embedded database: whatever owns an attempt in it is gone.
  if (database.kind === 'embedded')
    await service.stores.calls.release({ owner: undefined, nowMs: clock.now() });
  await service.start();
  const webhook = accounts.sandbox
    ? await connectSandbox(settings, accounts, listening.url, secrets)
    : settings.DONNA_PUBLIC_URL && secrets.size > 0
      ? receiver(settings.DONNA_PUBLIC_URL)
      : undefined;
  await file.listening(listening.url);
  log.info({ url: listening.url, database: database.kind, sandbox: accounts.sandbox }, 'listening');

  return {
    url: listening.url,
    sandbox: accounts.sandbox,
    database: database.kind,
    data: url ? placeOf(url) : data,
    account: { baseUrl: accounts.elevenlabs.baseUrl, key: lastFour(accounts.elevenlabs.apiKey) },
    webhook,
    failed: file.lost,
    close: () => closeAll(opened),
  };
}

/** Under which names besides loopback's it may be addressed: the public one, and the address it listens on, where that is one. */
function hostNames(settings: Settings, host: string): string[] {
  const everywhere = host === '0.0.0.0' || host === '::';
  const named = settings.DONNA_PUBLIC_URL ? [new URL(settings.DONNA_PUBLIC_URL).hostname] : [];
  return everywhere ? named : [...named, host];
}

const receiver = (url: string) => `${url.replace(/\/+$/, '')}/webhooks/elevenlabs`;

/** What `donna webhooks connect` does on a real account, on the pretended one, through the same wire. */
async function connectSandbox(
  settings: Settings,
  accounts: Accounts,
  url: string,
  secrets: Set<string>,
): Promise<string> {
  const world = createWebhooksWorld(settings, { ...accounts, close: async () => {} });
  try {
    await connectWebhook(world, { url: receiver(url), name: 'Donna', mayReplace: async () => true });
  } finally {
    await world.close();
  }
  await readSandboxSecret(settings, accounts, secrets);
  return receiver(url);
}

async function readSandboxSecret(
  settings: Settings,
  accounts: Accounts,
  secrets: Set<string>,
): Promise<void> {
  const world = createWebhooksWorld(settings, { ...accounts, close: async () => {} });
  try {
    const secret = (await world.envFile.read())[secretName];
    if (secret) secrets.add(secret);
  } finally {
    await world.close();
  }
}

async function readiness(database: Database, { engine }: Service, clock: Clock) {
  const answered = await withinMs(clock, 2_000, database.pool.query('SELECT 1'));
  return [
    { name: 'database', ok: answered, detail: answered ? database.kind : 'it does not answer' },
    {
      name: 'engine',
      ok: engine.alive,
      detail: engine.alive ? `${engine.owned} attempts here` : 'it has not looked at the queue for seconds',
    },
  ];
}

function withinMs(clock: Clock, ms: number, task: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(ms, () => resolve(false));
    task
      .then(
        () => resolve(true),
        () => resolve(false),
      )
      .finally(cancel);
  });
}

/** Host and name of a database, for people to see; never user or password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** The last opened first; what fails to close keeps nothing else open. */
async function closeAll(opened: (() => Promise<unknown>)[]): Promise<void> {
  for (let close = opened.pop(); close; close = opened.pop()) {
    try {
      await close();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
}

/** Where the bundle is, and with it the dump. */
export function bundleDirectory(): string {
  return path.dirname(fileURLToPath(import.meta.url));
}
