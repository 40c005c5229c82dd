import type { PostCallWebhook } from './post-call-webhook.ts';

/**
 * What names one delivery. The provider sends the same event again when an answer was late or lost, with an identical body: a
 * receiver keeps these keys and drops what it has seen. Source: written documentation of post-call webhooks.
 */
export function deliveryKey(event: PostCallWebhook): string {
  return [event.type, event.data?.conversation_id ?? '', event.event_timestamp ?? ''].join(':');
}
