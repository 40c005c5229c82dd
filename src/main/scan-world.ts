import packageJson from '../../package.json' with { type: 'json' };
import type { ScanChoice, ScanWorld } from '../cli/commands/scan/scan-world.ts';
import { type OpenDocumentsParts, openDocuments } from './documents/open-documents.ts';

/** The world of `donna scan`. */
export function createScanWorld({ offline }: ScanChoice, parts: OpenDocumentsParts): ScanWorld {
  const { sources, close } = openDocuments(parts);
  return {
    version: packageJson.version,
    loadDocuments: (named) =>
      Promise.all(
        named.length > 0
          ? named.map((source) => sources.named(source, offline))
          : (['elevenlabs', 'twilio'] as const).map((provider) => sources.ofProvider(provider, offline)),
      ),
    async history(folder) {
      return (await import('./documents/read-history.ts')).readHistory(folder, parts.say);
    },
    close,
  };
}
