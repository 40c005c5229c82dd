import type { Source } from '../operation.ts';

/** Names an operation or schema of Twilio's OpenAPI document (api_v2010, 2026-04-14) as the source of a statement. */
export function inTwilioDocument(name: string): Source {
  return { by: 'document', of: `Twilio OpenAPI api_v2010 2026-04-14: ${name}` };
}
