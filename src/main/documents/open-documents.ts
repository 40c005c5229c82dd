import { realClock } from '../../kernel/clock.ts';
import type { Fetch } from '../../kernel/fetch.ts';
import type { Settings } from '../config.ts';
import { createDocumentSources, type DocumentSources } from './document-sources.ts';
import type { ProviderAddresses } from './provider-of-host.ts';

export interface OpenDocumentsParts {
  /** Read when something needs them: a document in a file needs none. */
  readonly settings: () => Promise<Settings>;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface OpenDocuments {
  readonly sources: DocumentSources;
  readonly addresses: () => Promise<ProviderAddresses>;
  readonly fetch: () => Promise<Fetch>;
  close(): Promise<void>;
}

/** Documents over the real network, which is opened when something is fetched. */
export function openDocuments({ settings, say, signal }: OpenDocumentsParts): OpenDocuments {
  let opened: Promise<Fetch & { close(): void }> | undefined;
  const fetch = () => {
    opened ??= import('../../providers/node-fetch.ts').then(({ createNodeFetch }) =>
      createNodeFetch({ connectTimeoutMs: 10_000, replyTimeoutMs: 30_000 }),
    );
    return opened;
  };
  const addresses = async () => {
    const { ELEVENLABS_BASE_URL: elevenlabs, TWILIO_BASE_URL: twilio } = await settings();
    return { elevenlabs, twilio };
  };
  const sources = createDocumentSources({
    settings: async () => ({
      addresses: await addresses(),
      directory: (await settings()).DONNA_DATA_DIR,
    }),
    fetch,
    clock: realClock,
    say,
    signal,
  });
  return {
    sources,
    addresses,
    fetch,
    async close() {
      (await opened)?.close();
    },
  };
}
