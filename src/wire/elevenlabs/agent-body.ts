import * as z from 'zod';
import { agentWebhooks, initiationWebhookSetting } from './agent-webhooks.ts';
import { overrideSwitches } from './override-switches.ts';

// Trees of the document that Donna neither reads nor writes pass as they are; the provider checks them.
const untyped = z.record(z.string(), z.unknown());

const promptBody = z.strictObject({
  prompt: z.string().optional(),
  // A closed list of models would refuse each one that the provider adds, while a wrong name costs only a 422.
  llm: z.string().optional(),
  reasoning_effort: z.string().nullish(),
  thinking_budget: z.int().nullish(),
  enable_reasoning_summary: z.boolean().optional(),
  temperature: z.number().nullish(),
  max_tokens: z.int().optional(),
  tool_ids: z.array(z.string()).optional(),
  // Known from the SDK (2.72.0), not yet in the document.
  tool_ids_strict: z.boolean().nullish(),
  built_in_tools: z
    .strictObject({
      end_call: untyped.nullish(),
      language_detection: untyped.nullish(),
      transfer_to_agent: untyped.nullish(),
      transfer_to_number: untyped.nullish(),
      skip_turn: untyped.nullish(),
      play_keypad_touch_tone: untyped.nullish(),
      voicemail_detection: untyped.nullish(),
    })
    .optional(),
  mcp_server_ids: z.array(z.string()).optional(),
  native_mcp_server_ids: z.array(z.string()).optional(),
  knowledge_base: z.array(untyped).optional(),
  custom_llm: untyped.nullish(),
  ignore_default_personality: z.boolean().nullish(),
  rag: untyped.optional(),
  timezone: z.string().nullish(),
  backup_llm_config: untyped.optional(),
  cascade_timeout_seconds: z.number().min(2).max(15).optional(),
  tools: z.array(untyped).optional(),
});

/** How an agent talks. Source: document, ConversationalConfigAPIModel-Input. */
export const conversationConfigBody = z.strictObject({
  agent: z
    .strictObject({
      first_message: z.string().optional(),
      language: z.string().optional(),
      hinglish_mode: z.boolean().optional(),
      dynamic_variables: z.strictObject({ dynamic_variable_placeholders: untyped.optional() }).optional(),
      disable_first_message_interruptions: z.boolean().optional(),
      max_conversation_duration_message: z.string().optional(),
      text_behavior_overrides: untyped.nullish(),
      prompt: promptBody.optional(),
    })
    .optional(),
  conversation: z
    .strictObject({
      text_only: z.boolean().optional(),
      max_duration_seconds: z.int().optional(),
      client_events: z.array(z.string()).optional(),
      file_input: untyped.optional(),
      monitoring_enabled: z.boolean().optional(),
      monitoring_events: z.array(z.string()).optional(),
      dtmf_input_settings: untyped.nullish(),
      background_sound: untyped.optional(),
      source_attribution: z.boolean().optional(),
    })
    .optional(),
  asr: untyped.optional(),
  turn: untyped.optional(),
  tts: untyped.optional(),
  vad: untyped.optional(),
  language_presets: untyped.optional(),
});

/** What an agent is allowed. Source: document, AgentPlatformSettingsRequestModel. */
export const platformSettingsBody = z.strictObject({
  overrides: overrideSwitches.optional(),
  workspace_overrides: z
    .strictObject({
      conversation_initiation_client_data_webhook: initiationWebhookSetting.nullish(),
      webhooks: agentWebhooks.optional(),
    })
    .optional(),
  auth: z
    .strictObject({
      enable_auth: z.boolean().optional(),
      allowlist: z.array(z.strictObject({ hostname: z.string() })).optional(),
      require_origin_header: z.boolean().optional(),
      shareable_token: z.string().nullish(),
    })
    .optional(),
  call_limits: z
    .strictObject({
      agent_concurrency_limit: z.int().optional(),
      daily_limit: z.int().optional(),
      bursting_enabled: z.boolean().optional(),
    })
    .optional(),
  privacy: z
    .strictObject({
      record_voice: z.boolean().optional(),
      retention_days: z.int().optional(),
      delete_transcript_and_pii: z.boolean().optional(),
      delete_audio: z.boolean().optional(),
      apply_to_existing_conversations: z.boolean().optional(),
      zero_retention_mode: z.boolean().optional(),
      conversation_history_redaction: untyped.optional(),
    })
    .optional(),
  evaluation: untyped.optional(),
  widget: untyped.optional(),
  data_collection: untyped.optional(),
  data_collection_scopes: untyped.optional(),
  analysis_items: untyped.nullish(),
  testing: untyped.optional(),
  archived: z.boolean().optional(),
  guardrails: untyped.optional(),
  summary_language: z.string().nullish(),
  auto_translate_transcript_to_app_language: z.boolean().nullish(),
  queueing_config: untyped.optional(),
  trust_context: z.string().optional(),
  analysis_llm: z.string().optional(),
  topic_discovery: untyped.optional(),
  sentiment_analysis: untyped.optional(),
  alerting: untyped.nullish(),
});

const named = {
  name: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  workflow: untyped.optional(),
};

/** Source: document, Body_Create_Agent. */
export const createAgentBody = z.strictObject({
  ...named,
  conversation_config: conversationConfigBody,
  platform_settings: platformSettingsBody.nullish(),
});

/** Only what is given changes. Source: document, Body_Patches_an_Agent_settings. */
export const updateAgentBody = z.strictObject({
  ...named,
  conversation_config: conversationConfigBody.optional(),
  platform_settings: platformSettingsBody.optional(),
  version_description: z.string().nullish(),
  procedures: z
    .record(z.string(), z.strictObject({ procedure_id: z.string(), version_id: z.string() }))
    .nullish(),
});

export type CreateAgentBody = z.output<typeof createAgentBody>;
export type UpdateAgentBody = z.output<typeof updateAgentBody>;
