import path from 'node:path';
import { readInputFile } from '../../cli/read-input-file.ts';
import { shownUrl } from '../../diagnosis/doctor/shown-url.ts';
import type { ApiDocument, DocumentOrigin, Json } from '../../diagnosis/spec/api-document.ts';
import { parseDocument } from '../../diagnosis/spec/parse-document.ts';
import { readApiDocument } from '../../diagnosis/spec/read-api-document.ts';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Fetch } from '../../kernel/fetch.ts';
import { printable } from '../../kernel/printable.ts';
import type { DocumentedProvider, ProviderAddresses } from './provider-of-host.ts';

/** Beyond what any reader of a document takes. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

export interface DocumentSettings {
  readonly addresses: ProviderAddresses;
  /** Where fetched documents are kept. */
  readonly directory: string;
}

export interface DocumentSourcesParts {
  /** Asked for when a document of a provider is wanted, so that a document in a file needs no settings. */
  readonly settings: () => Promise<DocumentSettings>;
  /** Asked for when something is fetched. */
  readonly fetch: () => Promise<Fetch>;
  readonly clock: Clock;
  /** One line for the user. */
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface DocumentSources {
  /** A file, or a URL that the user typed. Throws AppError with what is wrong with it. */
  named(source: string, offline: boolean): Promise<ApiDocument>;
  /** Those of the providers that a host belongs to; none of a host that is nobody's. Each is read once. */
  ofHost(host: string, offline: boolean): Promise<readonly ApiDocument[]>;
  ofProvider(provider: DocumentedProvider, offline: boolean): Promise<ApiDocument>;
}

/** Where the documents come from that a request is explained by. Nothing is fetched but what is asked for here. */
export function createDocumentSources(parts: DocumentSourcesParts): DocumentSources {
  const known = new Map<string, Promise<ApiDocument>>();
  const ofProvider = (provider: DocumentedProvider, offline: boolean, sandbox?: string) => {
    const key = `${provider} ${sandbox ?? ''}`;
    const reading = known.get(key) ?? readProviderDocument(provider, sandbox, offline, parts);
    known.set(key, reading);
    return reading;
  };
  return {
    named: (source, offline) =>
      /^[a-z][a-z0-9+.-]+:\/\//i.test(source) ? fromUrl(source, offline, parts) : fromFile(source),
    ofProvider: (provider, offline) => ofProvider(provider, offline),
    async ofHost(host, offline) {
      const [{ addresses }, { isSandboxHost, providersOfHost }] = await Promise.all([
        parts.settings(),
        import('./provider-of-host.ts'),
      ]);
      const sandbox = isSandboxHost(host) ? `http://${host}` : undefined;
      return Promise.all(
        providersOfHost(host, addresses).map((provider) => ofProvider(provider, offline, sandbox)),
      );
    },
  };
}

async function fromFile(file: string): Promise<ApiDocument> {
  const bytes = await readInputFile('--spec', file, MAX_FILE_BYTES);
  const date = /^\d{4}-\d\d-\d\d(?=\.)/.exec(path.basename(file))?.[0];
  const origin: DocumentOrigin = { kind: 'file', name: file, ...(date === undefined ? {} : { date }) };
  return readApiDocument(await parseDocument(bytes, file), origin);
}

async function fromUrl(url: string, offline: boolean, parts: DocumentSourcesParts): Promise<ApiDocument> {
  if (offline) {
    throw new AppError(
      'bad-input',
      `--spec ${printable(shownUrl(url), 200)} would have to be fetched, and --offline forbids it.`,
      {
        hint: 'Save the document once and give the file.',
      },
    );
  }
  const { fetchDocument } = await import('./fetch-document.ts');
  const fetched = await fetchDocument(url, await fetchParts(parts));
  const date = new Date(parts.clock.now()).toISOString().slice(0, 10);
  return readApiDocument(await parseDocument(fetched.bytes, fetched.url), {
    kind: 'live',
    name: fetched.url,
    date,
  });
}

async function fetchParts({ fetch, say, signal }: DocumentSourcesParts) {
  return { fetch: await fetch(), say, ...(signal ? { signal } : {}) };
}

async function readProviderDocument(
  provider: DocumentedProvider,
  sandbox: string | undefined,
  offline: boolean,
  parts: DocumentSourcesParts,
): Promise<ApiDocument> {
  const { addresses, directory } = await parts.settings();
  const { publicAddresses } = await import('./provider-of-host.ts');
  const address = addresses[provider];
  const servers = [address, publicAddresses[provider], ...(sandbox === undefined ? [] : [sandbox])];
  // Twilio publishes its documents in a repository and not at its address.
  if (provider === 'elevenlabs') {
    const found = await publishedDocument(address, directory, offline, parts);
    if (found) return readApiDocument(withServers(found.root as Json, servers), found.origin);
  }
  const names = { elevenlabs: 'ElevenLabs', twilio: 'Twilio' };
  parts.say(
    `Of ${names[provider]} only the operations that Donna herself uses are known. --spec gives the whole document.`,
  );
  const { wireDocument } = await import('../../diagnosis/spec/wire-document.ts');
  return readApiDocument(withServers(wireDocument(provider), servers), {
    kind: 'wire',
    name: 'src/wire',
  });
}

async function publishedDocument(
  baseUrl: string,
  directory: string,
  offline: boolean,
  parts: DocumentSourcesParts,
) {
  const [{ createDocumentCache }, { defaultDocument }, { fetchDocument }] = await Promise.all([
    import('./document-cache.ts'),
    import('./default-document.ts'),
    import('./fetch-document.ts'),
  ]);
  return defaultDocument(`${baseUrl.replace(/\/+$/, '')}/openapi.json`, offline, {
    cache: createDocumentCache(path.join(directory, 'documents')),
    clock: parts.clock,
    say: parts.say,
    fetchDocument: async (url, etag) => fetchDocument(url, await fetchParts(parts), etag),
    async parse(bytes, origin) {
      const root = await parseDocument(bytes, origin.name);
      // What is no OpenAPI 3 document is not to be kept.
      readApiDocument(root, origin);
      return root;
    },
  });
}

/** The API's own addresses, though the document does not name them: one of a sandbox or a proxy names itself alone. */
function withServers(root: Json, urls: readonly string[]): Json {
  const listed = Array.isArray(root.servers) ? (root.servers as readonly unknown[]) : [];
  const hosts = new Set(listed.map((one) => hostOf((one as { url?: unknown } | null)?.url)));
  const missing = urls.filter((url) => {
    const host = hostOf(url);
    return !hosts.has(host) && hosts.add(host);
  });
  return missing.length === 0 ? root : { ...root, servers: [...listed, ...missing.map((url) => ({ url }))] };
}

function hostOf(url: unknown): string | undefined {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).host : undefined;
}
