import * as z from 'zod';

/** What each switch is when the agent does not say. Source: document. */
export const overrideSwitchDefault = false;

const flag = z.boolean().optional();

const agent = {
  first_message: flag,
  language: flag,
  max_conversation_duration_message: flag,
};
const prompt = {
  prompt: flag,
  llm: flag,
  tool_ids: flag,
  native_mcp_server_ids: flag,
  knowledge_base: flag,
};
const tts = {
  model_id: flag,
  voice_id: flag,
  supported_voices: flag,
  stability: flag,
  speed: flag,
  similarity_boost: flag,
  pronunciation_dictionary_locators: flag,
};
const conversation = { text_only: flag, max_duration_seconds: flag };
const asr = { keywords: flag };
const softTimeout = { message: flag, additional_soft_timeout_messages: flag };
const switches = {
  custom_llm_extra_body: flag,
  enable_conversation_initiation_client_data_from_webhook: flag,
  enable_starting_workflow_node_id_from_client: flag,
  enable_procedure_ids_from_client: flag,
};

/**
 * Which overrides a call may bring, as sent to the provider. The tree mirrors `conversation_config_override` of the
 * client data, with a boolean at each leaf. Source: document, ConversationInitiationClientDataConfig-Input.
 */
export const overrideSwitches = z.strictObject({
  ...switches,
  conversation_config_override: z
    .strictObject({
      agent: z.strictObject({ ...agent, prompt: z.strictObject(prompt).optional() }).optional(),
      tts: z.strictObject(tts).optional(),
      conversation: z.strictObject(conversation).optional(),
      asr: z.strictObject(asr).optional(),
      turn: z.strictObject({ soft_timeout_config: z.strictObject(softTimeout).optional() }).optional(),
    })
    .optional(),
});

/** The same tree as read. Source: document, ConversationInitiationClientDataConfig-Output. */
export const overrideSwitchesReply = z.looseObject({
  ...switches,
  conversation_config_override: z
    .looseObject({
      agent: z.looseObject({ ...agent, prompt: z.looseObject(prompt).nullish() }).nullish(),
      tts: z.looseObject(tts).nullish(),
      conversation: z.looseObject(conversation).nullish(),
      asr: z.looseObject(asr).nullish(),
      turn: z.looseObject({ soft_timeout_config: z.looseObject(softTimeout).nullish() }).nullish(),
    })
    .nullish(),
});

export type OverrideSwitches = z.output<typeof overrideSwitches>;
export type OverrideSwitchesReply = z.output<typeof overrideSwitchesReply>;
