import packageJson from '../../package.json' with { type: 'json' };
import type { ExplainChoice, ExplainWorld } from '../cli/commands/explain/explain-world.ts';
import { realClock } from '../kernel/clock.ts';
import { type OpenDocumentsParts, openDocuments } from './documents/open-documents.ts';

/** The world of `donna explain`. Nothing of it is loaded or opened before it is used. */
export function createExplainWorld({ offline }: ExplainChoice, parts: OpenDocumentsParts): ExplainWorld {
  const { sources, addresses, fetch, close } = openDocuments(parts);
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
      if (offline) return { kind: 'not-done', why: '--offline forbids it.' };
      const { ELEVENLABS_API_KEY: apiKey, ELEVENLABS_BASE_URL: baseUrl } = await parts.settings();
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
    close,
  };
}
