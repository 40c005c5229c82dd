import packageJson from '../../package.json' with { type: 'json' };
import type { ExplainChoice, ExplainWorld } from '../cli/commands/explain/explain-world.ts';
import { realClock } from '../kernel/clock.ts';
import type { Fetch } from '../kernel/fetch.ts';
import type { Settings } from './config.ts';
import { createDocumentSources } from './documents/document-sources.ts';

export interface ExplainWorldParts {
  /** Read when something needs them: a document in a file and a request in a curl command need none. */
  readonly settings: () => Promise<Settings>;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** The world of `donna explain`, `donna spec` and `donna scan`. Nothing of it is loaded or opened before it is used. */
export function createExplainWorld(choice: ExplainChoice, parts: ExplainWorldParts): ExplainWorld {
  const { offline } = choice;
  let opened: Promise<Fetch & { close(): void }> | undefined;
  const fetch = () => {
    opened ??= import('../providers/node-fetch.ts').then(({ createNodeFetch }) =>
      createNodeFetch({ connectTimeoutMs: 10_000, replyTimeoutMs: 30_000 }),
    );
    return opened;
  };
  const addresses = async () => {
    const settings = await parts.settings();
    return { elevenlabs: settings.ELEVENLABS_BASE_URL, twilio: settings.TWILIO_BASE_URL };
  };
  const sources = createDocumentSources({
    settings: async () => ({
      addresses: await addresses(),
      directory: (await parts.settings()).DONNA_DATA_DIR,
    }),
    fetch,
    clock: realClock,
    say: parts.say,
    signal: parts.signal,
  });
  return {
    version: packageJson.version,
    document: (source) => sources.named(source, offline),
    documentsOfHost: (host) => sources.ofHost(host, offline),
    async history(folder) {
      return (await import('./documents/read-history.ts')).readHistory(folder, parts.say);
    },
    async replay(input) {
      const { providersOfHost } = await import('./documents/provider-of-host.ts');
      const { host } = input.corrected;
      if (host === '' || providersOfHost(host, await addresses()).length === 0) {
        return { kind: 'not-done', why: 'The sandbox plays ElevenLabs and Twilio alone.' };
      }
      return (await import('./replay/replay-in-sandbox.ts')).replayInSandbox(input);
    },
    async probe(operation) {
      const { ELEVENLABS_API_KEY: apiKey, ELEVENLABS_BASE_URL: baseUrl } = await parts.settings();
      if (offline) return { kind: 'not-done', why: '--offline forbids it.' };
      if (apiKey === undefined) return { kind: 'not-done', why: 'No key of ElevenLabs is configured.' };
      const [{ createProbe }, { probeEndpoint }] = await Promise.all([
        import('../providers/probe.ts'),
        import('./replay/probe-endpoint.ts'),
      ]);
      return probeEndpoint(
        createProbe(await fetch(), realClock, { elevenlabs: { baseUrl, apiKey } }),
        operation,
      );
    },
    async close() {
      (await opened)?.close();
    },
  };
}
