import * as z from 'zod';
import { agentWebhooksReply, initiationWebhookSettingReply } from './agent-webhooks.ts';
import { overrideSwitchesReply } from './override-switches.ts';
import { phoneNumber } from './phone-number-reply.ts';

/**
 * A tool that calls a URL, a client or the system. URL, headers and parameters may hold `{{variables}}`; the two
 * schemas may hold the name of one as `dynamic_variable`. Source: document, WebhookToolConfig-Output and siblings.
 */
export const agentTool = z.looseObject({
  type: z.string().nullish(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  api_schema: z
    .looseObject({
      url: z.string().nullish(),
      method: z.string().nullish(),
      request_headers: z.record(z.string(), z.unknown()).nullish(),
      path_params_schema: z.record(z.string(), z.unknown()).nullish(),
      query_params_schema: z.unknown().optional(),
      request_body_schema: z.unknown().optional(),
    })
    .nullish(),
  parameters: z.unknown().optional(),
  params: z.unknown().optional(),
  dynamic_variables: z
    .looseObject({ dynamic_variable_placeholders: z.record(z.string(), z.unknown()).nullish() })
    .nullish(),
});

/** A tool of the provider's own. Null or absent means that the agent does not have it. */
const builtInTool = z.looseObject({
  name: z.string().nullish(),
  description: z.string().nullish(),
  params: z.unknown().optional(),
});

const prompt = z.looseObject({
  prompt: z.string().nullish(),
  llm: z.string().nullish(),
  tool_ids: z.array(z.string()).nullish(),
  tools: z.array(agentTool).nullish(),
  built_in_tools: z
    .looseObject({ end_call: builtInTool.nullish(), voicemail_detection: builtInTool.nullish() })
    .nullish(),
});

const conversationConfig = z.looseObject({
  agent: z
    .looseObject({
      first_message: z.string().nullish(),
      language: z.string().nullish(),
      max_conversation_duration_message: z.string().nullish(),
      dynamic_variables: z
        .looseObject({ dynamic_variable_placeholders: z.record(z.string(), z.unknown()).nullish() })
        .nullish(),
      prompt: prompt.nullish(),
    })
    .nullish(),
  conversation: z
    .looseObject({
      // Seconds.
      max_duration_seconds: z.number().nullish(),
      text_only: z.boolean().nullish(),
      monitoring_enabled: z.boolean().nullish(),
    })
    .nullish(),
  tts: z.looseObject({ voice_id: z.string().nullish(), model_id: z.string().nullish() }).nullish(),
});

const platformSettings = z.looseObject({
  overrides: overrideSwitchesReply.nullish(),
  workspace_overrides: z
    .looseObject({
      conversation_initiation_client_data_webhook: initiationWebhookSettingReply.nullish(),
      webhooks: agentWebhooksReply.nullish(),
    })
    .nullish(),
  auth: z
    .looseObject({ enable_auth: z.boolean().nullish(), require_origin_header: z.boolean().nullish() })
    .nullish(),
  call_limits: z
    .looseObject({
      // -1 is no limit.
      agent_concurrency_limit: z.number().nullish(),
      daily_limit: z.number().nullish(),
      bursting_enabled: z.boolean().nullish(),
    })
    .nullish(),
  privacy: z
    .looseObject({
      record_voice: z.boolean().nullish(),
      // -1 is for ever.
      retention_days: z.number().nullish(),
      zero_retention_mode: z.boolean().nullish(),
    })
    .nullish(),
  data_collection: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * An agent, typed where Donna reads it. Only the id must be there: each part of the tree may be missing or null.
 * Source: document, GetAgentResponseModel.
 */
export const agent = z.looseObject({
  agent_id: z.string(),
  name: z.string().nullish(),
  conversation_config: conversationConfig.nullish(),
  platform_settings: platformSettings.nullish(),
  metadata: z
    .looseObject({
      created_at_unix_secs: z.number().nullish(),
      updated_at_unix_secs: z.number().nullish(),
    })
    .nullish(),
  phone_numbers: z.array(phoneNumber).nullish(),
  tags: z.array(z.string()).nullish(),
  version_id: z.string().nullish(),
  branch_id: z.string().nullish(),
  main_branch_id: z.string().nullish(),
});

export type AgentTool = z.output<typeof agentTool>;
