import { createHmac } from 'node:crypto';

/**
 * The headers by which a receiver checks what we send: HMAC-SHA256 over `id.timestamp.body`, in base64, as Standard Webhooks has it
 * (github.com/standard-webhooks/standard-webhooks, specification 1.0). A secret `whsec_…` is the key in base64, any other is the key.
 * Throws a plain error for an empty secret, whose signature anybody could make.
 */
export function signWebhook(message: {
  /** The same in every try of a delivery: a receiver drops what it has seen. */
  readonly id: string;
  readonly body: string;
  readonly secret: string;
  readonly nowMs: number;
}): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const { id, body, secret, nowMs } = message;
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  if (key.length === 0) throw new Error('The secret of the webhook endpoint is empty.');
  const timestamp = String(Math.floor(nowMs / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
