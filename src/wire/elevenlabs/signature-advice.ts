import type { SignatureRefusal } from './signature.ts';

/** What to look at when a signature is refused: the sentence for a log or an answer, never with the secret. */
export const signatureAdvice: Readonly<Record<SignatureRefusal, string>> = {
  'no-header':
    'The request has no ElevenLabs-Signature header: it is not from ElevenLabs, or a proxy dropped the header.',
  'several-headers': 'The header came twice: a proxy on the way adds its own.',
  'no-secret':
    'No secret is set: put the one that ElevenLabs showed when the webhook was made into ELEVENLABS_WEBHOOK_SECRET.',
  malformed: 'The header is not t=<unix seconds>,v0=<hex>.',
  'too-old': 'The delivery is older than 30 minutes: a replay, or the clock of this machine is ahead.',
  'in-the-future':
    'The delivery is dated more than 30 minutes ahead: forged, or the clock of this machine is behind.',
  mismatch:
    'The signature does not fit the body: verify the raw bytes as they came, before any JSON parser, and check that the secret is that of this webhook.',
};
