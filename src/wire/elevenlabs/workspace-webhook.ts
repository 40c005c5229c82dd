import * as z from 'zod';
import { openEnum } from '../open-enum.ts';
import { operation } from '../operation.ts';
import { inDocument } from './document-source.ts';

/** A receiver of events. Its events are attached in the settings. Source: document, WorkspaceWebhookResponseModel. */
export const workspaceWebhook = z.looseObject({
  webhook_id: z.string(),
  name: z.string(),
  webhook_url: z.string(),
  is_disabled: z.boolean().nullish(),
  // Set by the provider after ten failures in a row with no success for seven days.
  is_auto_disabled: z.boolean().nullish(),
  created_at_unix: z.number().nullish(),
  auth_type: openEnum(['hmac', 'oauth2', 'mtls']).nullish(),
  usage: z.array(z.looseObject({ usage_type: z.string() })).nullish(),
  events: z.array(z.string()).nullish(),
  most_recent_failure_error_code: z.number().nullish(),
  most_recent_failure_timestamp: z.number().nullish(),
});

const requestHeaders = z.record(z.string(), z.string()).nullish();

export const listWebhooks = operation({
  name: 'listWebhooks',
  provider: 'elevenlabs',
  method: 'GET',
  path: '/v1/workspace/webhooks',
  summary: 'List the webhooks of the workspace',
  // Usages are for administrators of the workspace only.
  query: z.strictObject({ include_usages: z.boolean().optional() }),
  reply: z.looseObject({ webhooks: z.array(workspaceWebhook) }),
  operationId: 'get_workspace_webhooks_route',
  source: inDocument('get_workspace_webhooks_route'),
});

/** The secret is in this reply and never shown again. */
export const createWebhook = operation({
  name: 'createWebhook',
  provider: 'elevenlabs',
  method: 'POST',
  path: '/v1/workspace/webhooks',
  summary: 'Create a webhook that signs what it sends',
  body: z.strictObject({
    settings: z.strictObject({
      auth_type: z.literal('hmac'),
      name: z.string(),
      webhook_url: z.string(),
      request_headers: requestHeaders,
    }),
  }),
  reply: z.looseObject({ webhook_id: z.string(), webhook_secret: z.string().nullish() }),
  operationId: 'create_workspace_webhook_route',
  source: inDocument('create_workspace_webhook_route'),
});

/** `is_disabled` and `name` must be sent each time. Retries are off until `retry_enabled` is set. */
export const updateWebhook = operation({
  name: 'updateWebhook',
  provider: 'elevenlabs',
  method: 'PATCH',
  path: '/v1/workspace/webhooks/{webhook_id}',
  summary: 'Rename, disable or enable a webhook, or turn its retries on',
  body: z.strictObject({
    is_disabled: z.boolean(),
    name: z.string(),
    retry_enabled: z.boolean().nullish(),
    request_headers: requestHeaders,
    events: z
      .array(z.enum(['voice_library_removal_notice', 'speech_to_text', 'agent_qa', 'flows']))
      .nullish(),
  }),
  reply: z.looseObject({ status: z.string() }),
  operationId: 'edit_workspace_webhook_route',
  source: inDocument('edit_workspace_webhook_route'),
});

export type WorkspaceWebhook = z.output<typeof workspaceWebhook>;
