import type { Source } from '../operation.ts';

/** The day of the ElevenLabs OpenAPI document that the schemas of this folder were written from. */
export const documentDate = '2026-09-23';

/** Names a schema or operation of that document as the source of a statement. */
export function inDocument(name: string): Source {
  return { by: 'document', of: `ElevenLabs OpenAPI ${documentDate}: ${name}` };
}
