import * as z from 'zod';

/**
 * The names of the events in settings; the `type` of what then arrives is another word
 * (`transcript` arrives as `post_call_transcription`). Source: document, WebhookEventType.
 */
export const webhookEvents = [
  'transcript',
  'audio',
  'call_initiation_failure',
  'answering_machine_detection',
  'unredacted_transcript',
  'unredacted_audio',
] as const;

/** Which webhook of the workspace gets which events. Source: document, ConvAIWebhooks. */
export const agentWebhooks = z.strictObject({
  post_call_webhook_id: z.string().nullish(),
  events: z.array(z.enum(webhookEvents)).optional(),
  transcript_format: z.enum(['json', 'opentelemetry']).optional(),
  send_audio: z.boolean().nullish(),
  // Known from the SDK (2.71.0), not yet in the document.
  exclude_transcript: z.boolean().nullish(),
});

/** The same as read: all optional, any event. Source: document, ConvAIWebhooks. */
export const agentWebhooksReply = z.looseObject({
  post_call_webhook_id: z.string().nullish(),
  events: z.array(z.string()).nullish(),
  transcript_format: z.string().nullish(),
  send_audio: z.boolean().nullish(),
  exclude_transcript: z.boolean().nullish(),
});

/**
 * Where the provider asks for client data when a call comes in. A header is a text or points to a stored
 * secret. Source: document, ConversationInitiationClientDataWebhook.
 */
export const initiationWebhookSetting = z.strictObject({
  url: z.string(),
  request_headers: z.record(z.string(), z.union([z.string(), z.strictObject({ secret_id: z.string() })])),
});

/** The same as read. Source: document, ConversationInitiationClientDataWebhook. */
export const initiationWebhookSettingReply = z.looseObject({
  url: z.string(),
  request_headers: z.record(z.string(), z.unknown()).nullish(),
});

export type AgentWebhooks = z.output<typeof agentWebhooks>;
export type AgentWebhooksReply = z.output<typeof agentWebhooksReply>;
