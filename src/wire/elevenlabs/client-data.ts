import * as z from 'zod';

// A closed list of models would refuse each one that the provider adds, while a wrong name costs only a 422.
const llm = z.string();

const knowledgeBaseLocator = z.strictObject({
  type: z.enum(['file', 'url', 'text', 'folder']),
  name: z.string(),
  id: z.string(),
  usage_mode: z.enum(['prompt', 'auto']).optional(),
});

const promptOverride = z.strictObject({
  prompt: z.string().nullish(),
  llm: llm.nullish(),
  tool_ids: z.array(z.string()).nullish(),
  // Known from the SDK (2.72.0), not yet in the document.
  tool_ids_strict: z.boolean().nullish(),
  native_mcp_server_ids: z.array(z.string()).nullish(),
  knowledge_base: z.array(knowledgeBaseLocator).nullish(),
});

const agentOverride = z.strictObject({
  first_message: z.string().nullish(),
  language: z.string().nullish(),
  max_conversation_duration_message: z.string().nullish(),
  prompt: promptOverride.nullish(),
});

const supportedVoice = z.strictObject({
  label: z.string().min(1),
  voice_id: z.string().min(1),
  description: z.string().nullish(),
  language: z.string().nullish(),
  model_family: z.enum(['turbo', 'flash', 'multilingual', 'v3_conversational']).nullish(),
  optimize_streaming_latency: z.literal([0, 1, 2, 3, 4]).nullish(),
  stability: z.number().min(0).max(1).nullish(),
  speed: z.number().min(0.7).max(1.2).nullish(),
  similarity_boost: z.number().min(0).max(1).nullish(),
});

const ttsOverride = z.strictObject({
  model_id: z
    .enum([
      'eleven_turbo_v2',
      'eleven_turbo_v2_5',
      'eleven_flash_v2',
      'eleven_flash_v2_5',
      'eleven_multilingual_v2',
      'eleven_v3_conversational',
    ])
    .nullish(),
  voice_id: z.string().nullish(),
  supported_voices: z.array(supportedVoice).nullish(),
  stability: z.number().nullish(),
  speed: z.number().nullish(),
  similarity_boost: z.number().nullish(),
  pronunciation_dictionary_locators: z
    .array(z.strictObject({ pronunciation_dictionary_id: z.string(), version_id: z.string().nullable() }))
    .nullish(),
});

const conversationOverride = z.strictObject({
  text_only: z.boolean().nullish(),
  max_duration_seconds: z.int().nullish(),
});

const softTimeoutOverride = z.strictObject({
  message: z.string().nullish(),
  additional_soft_timeout_messages: z.array(z.string()).nullish(),
});

/**
 * What a call may change of its agent. Each field needs the switch of the same name in the agent's
 * `platform_settings.overrides`. Source: document, ConversationConfigClientOverride-Input.
 */
export const configOverride = z.strictObject({
  agent: agentOverride.nullish(),
  tts: ttsOverride.nullish(),
  conversation: conversationOverride.nullish(),
  asr: z.strictObject({ keywords: z.array(z.string()).nullish() }).nullish(),
  turn: z.strictObject({ soft_timeout_config: softTimeoutOverride.nullish() }).nullish(),
});

/** Where a conversation can start. Source: document, ConversationInitiationSource. */
export const initiationSources = [
  'unknown',
  'android_sdk',
  'node_js_sdk',
  'react_native_sdk',
  'react_sdk',
  'js_sdk',
  'python_sdk',
  'widget',
  'sip_trunk',
  'twilio',
  'exotel',
  'genesys',
  'avaya',
  'audiocodes',
  'swift_sdk',
  'whatsapp',
  'twilio_sms',
  'flutter_sdk',
  'zendesk_integration',
  'slack_integration',
  'telegram_integration',
  'intercom_integration',
  'freshdesk_integration',
  'salesforce_integration',
  'template_preview',
  'genesys_bot_connector',
  'subagent_tool',
] as const;

/** The value of one dynamic variable. The document allows anything; only these can be spoken. */
export const dynamicVariable = z.union([z.string(), z.number(), z.boolean()]);

/** Variables by name, without braces. */
export const dynamicVariables = z.record(z.string(), dynamicVariable);

/**
 * `conversation_initiation_client_data` of a call, the only place where variables and overrides have an effect.
 * Source: document, ConversationInitiationClientDataRequest-Input; the list of fields is complete.
 */
export const clientData = z.strictObject({
  dynamic_variables: dynamicVariables.optional(),
  user_id: z.string().nullish(),
  conversation_config_override: configOverride.optional(),
  // The body of a model that is not the provider's: anything that model takes.
  custom_llm_extra_body: z.record(z.string(), z.unknown()).optional(),
  source_info: z
    .strictObject({
      source: z.enum(initiationSources).nullish(),
      version: z.string().max(50).nullish(),
    })
    .optional(),
  branch_id: z.string().nullish(),
  environment: z.string().nullish(),
  // Needs overrides.enable_starting_workflow_node_id_from_client, else the conversation fails at its start.
  starting_workflow_node_id: z.string().nullish(),
  // Needs overrides.enable_procedure_ids_from_client; an empty list turns all procedures off.
  procedure_ids: z.array(z.string()).nullish(),
});

export type ConfigOverride = z.output<typeof configOverride>;
export type DynamicVariable = z.output<typeof dynamicVariable>;
export type DynamicVariables = z.output<typeof dynamicVariables>;
export type ClientData = z.output<typeof clientData>;
