import * as z from 'zod';
import { operation } from '../operation.ts';
import {
  agentWebhooks,
  agentWebhooksReply,
  initiationWebhookSetting,
  initiationWebhookSettingReply,
} from './agent-webhooks.ts';
import { inDocument } from './document-source.ts';

/** Settings of the workspace for all its agents. Source: document, GetConvAISettingsResponseModel. */
export const settings = z.looseObject({
  conversation_initiation_client_data_webhook: initiationWebhookSettingReply.nullish(),
  webhooks: agentWebhooksReply.nullish(),
  can_use_mcp_servers: z.boolean().nullish(),
  rag_retention_period_days: z.number().nullish(),
  conversation_embedding_retention_days: z.number().nullish(),
  default_livekit_stack: z.string().nullish(),
});

/** Only what is given changes; `webhooks` is replaced whole. Source: document, PatchConvAISettingsRequest. */
export const updateSettingsBody = z.strictObject({
  conversation_initiation_client_data_webhook: initiationWebhookSetting.nullish(),
  webhooks: agentWebhooks.optional(),
  can_use_mcp_servers: z.boolean().optional(),
  rag_retention_period_days: z.int().gt(0).max(30).optional(),
  conversation_embedding_retention_days: z.int().gt(0).max(365).nullish(),
  default_livekit_stack: z.enum(['standard', 'static']).optional(),
});

export const getSettings = operation({
  name: 'getSettings',
  provider: 'elevenlabs',
  method: 'GET',
  path: '/v1/convai/settings',
  summary: "Read the workspace's settings for agents",
  reply: settings,
  operationId: 'get_settings_route',
  source: inDocument('get_settings_route'),
});

export const updateSettings = operation({
  name: 'updateSettings',
  provider: 'elevenlabs',
  method: 'PATCH',
  path: '/v1/convai/settings',
  summary: "Change the workspace's settings for agents",
  body: updateSettingsBody,
  reply: settings,
  operationId: 'update_settings_route',
  source: inDocument('update_settings_route'),
});

export type Settings = z.output<typeof settings>;
