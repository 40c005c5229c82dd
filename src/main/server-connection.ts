import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { numberHash } from '../calls/index.ts';
import { createServiceApi } from '../cli/service/create-service-api.ts';
import type { Service, ServiceChoice } from '../cli/service/service-api.ts';
import { ApiError, createDonnaClient } from '../client/index.ts';
import { realClock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { realRandomBytes } from '../kernel/ids.ts';
import { readServerFile } from '../store/server-file.ts';
import { createClientFetch } from './client-fetch.ts';
import type { Settings } from './config.ts';
import { url as urlKind } from './setting-kinds.ts';

/** A server of this machine answers in milliseconds; a named one may be far away. */
const PROBE_HERE_MS = 1_000;
const PROBE_NAMED_MS = 10_000;

/** A server that answered to its key. */
export interface ServerConnection extends Service {
  /** How it was found: it was named, or it has the data directory. */
  readonly found: 'named' | 'here';
}

interface Address {
  readonly url: string;
  readonly apiKey: string | undefined;
}

/**
 * The server that the commands talk to: `--url` or DONNA_URL with DONNA_API_KEY, else the one that has the data directory, with the token
 * of its file, which goes to the address in that file alone. `undefined` when neither is there: a file whose server does not answer to its
 * token is stale. A server that was named and does not answer is an AppError, never a reason to work without it.
 */
export async function connectServer(
  settings: Settings,
  choice: Pick<ServiceChoice, 'url'>,
  warn: (line: string) => void,
  probeHereMs = PROBE_HERE_MS,
): Promise<ServerConnection | undefined> {
  const file = await readServerFile(settings.DONNA_DATA_DIR);
  const named = choice.url === undefined ? settings.DONNA_URL : readUrl(choice.url);
  if (named !== undefined) {
    const own = file?.url !== undefined && sameOrigin(file.url, named) ? file.token : undefined;
    const address = { url: named, apiKey: settings.DONNA_API_KEY ?? own };
    const probe = await ask(address, PROBE_NAMED_MS);
    if (probe.kind === 'answered') return connection(settings, address, 'named', probe.sandbox);
    throw unusable(named, choice.url === undefined ? 'DONNA_URL' : '--url', address, probe.error);
  }
  if (!file || !isLoopbackUrl(file.url)) return undefined;
  const address = { url: file.url, apiKey: file.token };
  const probe = await ask(address, probeHereMs);
  if (probe.kind === 'answered') return connection(settings, address, 'here', probe.sandbox);
  // Nothing listens there, or another program does. A server that hangs is another matter: its database is open.
  if (probe.late) {
    warn(
      `! The Donna server at ${file.url} (process ${file.pid}) gave no answer within ${probeHereMs / 1000} s: working without it.`,
    );
  }
  return undefined;
}

type Probe =
  | { readonly kind: 'answered'; readonly sandbox: boolean | undefined }
  | { readonly kind: 'failed'; readonly error: ApiError; readonly late: boolean };

/** Whether Donna answers there and takes the key, and whether her account is the pretended one. */
async function ask(address: Address, withinMs: number): Promise<Probe> {
  const fetch = createClientFetch({ replyMs: withinMs });
  try {
    const { sandbox } = await createDonnaClient({ ...address, fetch }).dialling.read();
    return { kind: 'answered', sandbox: typeof sandbox === 'boolean' ? sandbox : undefined };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const refused = (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED';
    return { kind: 'failed', error, late: error.code === 'unreachable' && !refused };
  } finally {
    fetch.close();
  }
}

async function connection(
  settings: Settings,
  address: Address,
  found: ServerConnection['found'],
  sandbox: boolean | undefined,
): Promise<ServerConnection> {
  const fetch = createClientFetch();
  const secret = found === 'here' ? await secretHere(settings) : undefined;
  return {
    url: address.url,
    found,
    sandbox,
    api: createServiceApi(createDonnaClient({ ...address, fetch })),
    hashNumber: secret === undefined ? undefined : (number) => numberHash(secret, number),
    clock: realClock,
    // The pretended account has ids of its own.
    defaults: {
      agentId: sandbox ? undefined : settings.ELEVENLABS_AGENT_ID,
      from: sandbox ? undefined : settings.ELEVENLABS_PHONE_NUMBER_ID,
    },
    newIdempotencyKey: () => `cli-${Buffer.from(realRandomBytes(16)).toString('hex')}`,
    close: async () => fetch.close(),
  };
}

/** The key of the hashes, where it lies at hand; none is made, since the server has its own. */
async function secretHere({ DONNA_SECRET, DONNA_DATA_DIR }: Settings): Promise<string | undefined> {
  if (DONNA_SECRET) return DONNA_SECRET;
  const text = await readFile(path.join(DONNA_DATA_DIR, 'secret'), 'utf8').catch(() => '');
  return text.trim() || undefined;
}

function unusable(url: string, name: string, { apiKey }: Address, error: ApiError): AppError {
  if (error.code === 'unreachable' || error.code === 'unreadable') {
    const what = error.code === 'unreachable' ? 'does not answer' : 'is no Donna server';
    return new AppError('provider-unreachable', `The server at ${url} (${name}) ${what}.`, {
      hint: `Start it (donna serve), correct ${name}, or leave it out to work without a server.`,
      retryable: true,
      cause: error,
    });
  }
  const noKey = apiKey === undefined ? ' DONNA_API_KEY is not set.' : '';
  return new AppError('bad-config', `The server at ${url} refuses: ${error.message}${noKey}`, {
    hint: error.code === 'unauthenticated' ? 'Set DONNA_API_KEY to a key of donna keys create.' : error.hint,
    cause: error,
  });
}

/** Where a server is needed and none was found. */
export function noServer(): AppError {
  return new AppError('bad-config', 'No Donna server runs here, and this needs one.', {
    hint: 'Start one: donna serve (or donna serve --sandbox). One elsewhere is named with --url or DONNA_URL.',
  });
}

function readUrl(text: string): string {
  const parsed = urlKind.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new AppError('bad-input', `--url should be ${parsed.error.issues[0]?.message ?? 'a URL'}.`, {
    hint: 'Such as https://donna.example.com, or http://127.0.0.1:4000.',
  });
}

function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}

function isLoopbackUrl(text: string): boolean {
  return URL.canParse(text) && urlKind.safeParse(text).success;
}
