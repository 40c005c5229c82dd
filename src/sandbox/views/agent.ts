import { isObject, merged, objectAt, textAt } from '../json.ts';
import type { SandboxAgent, SandboxState } from '../state.ts';
import { callAt } from '../telephony/call-at.ts';
import { lineView } from './line.ts';

const accessInfo = {
  is_creator: true,
  creator_name: 'Sandbox',
  creator_email: 'sandbox@example.com',
  role: 'admin',
};

/** An agent with what the provider adds of its own accord: the defaults of every part that was not given. */
export function agentView(agent: SandboxAgent, state: SandboxState) {
  return {
    agent_id: agent.agent_id,
    name: agent.name,
    conversation_config: merged(defaultConfig, agent.conversation_config),
    metadata: {
      created_at_unix_secs: agent.created_at_unix_secs,
      updated_at_unix_secs: agent.updated_at_unix_secs,
    },
    platform_settings: merged(defaultSettings, agent.platform_settings),
    phone_numbers: state.lines
      .filter((line) => line.agent_id === agent.agent_id)
      .map((line) => lineView(line, state)),
    whatsapp_accounts: [],
    access_info: accessInfo,
    tags: agent.tags,
    version_id: null,
    branch_id: null,
    main_branch_id: null,
  };
}

export function agentSummary(agent: SandboxAgent, state: SandboxState, nowMs: number) {
  const calls = state.calls.filter((record) => record.agent.agent_id === agent.agent_id);
  const last = calls.map((record) => callAt(record, nowMs).record.dialled_at_ms).toSorted((a, b) => b - a)[0];
  return {
    agent_id: agent.agent_id,
    name: agent.name,
    // Without a voice_id the official client throws.
    voice_id: textAt(agent.conversation_config, 'tts', 'voice_id') ?? 'voice_sandbox',
    tags: agent.tags,
    created_at_unix_secs: agent.created_at_unix_secs,
    access_info: accessInfo,
    last_call_time_unix_secs: last === undefined ? null : Math.floor(last / 1000),
    archived: isArchived(agent),
  };
}

export function isArchived(agent: SandboxAgent): boolean {
  return isObject(agent.platform_settings) && objectAt(agent.platform_settings).archived === true;
}

const defaultConfig = {
  agent: {
    first_message: '',
    language: 'en',
    dynamic_variables: { dynamic_variable_placeholders: {} },
    disable_first_message_interruptions: false,
    max_conversation_duration_message: '',
    prompt: {
      prompt: '',
      llm: 'gemini-2.5-flash',
      temperature: 0,
      max_tokens: -1,
      tool_ids: [],
      mcp_server_ids: [],
      native_mcp_server_ids: [],
      knowledge_base: [],
      built_in_tools: {},
      tools: [],
    },
  },
  conversation: { text_only: false, max_duration_seconds: 600, client_events: [], monitoring_enabled: false },
  turn: { turn_timeout: 7, silence_end_call_timeout: -1, mode: 'turn' },
  tts: { model_id: 'eleven_flash_v2', voice_id: 'voice_sandbox' },
};

const off = (...names: string[]) => Object.fromEntries(names.map((name) => [name, false]));

const defaultSettings = {
  overrides: {
    conversation_config_override: {
      agent: {
        ...off('first_message', 'language', 'max_conversation_duration_message'),
        prompt: off('prompt', 'llm', 'tool_ids', 'native_mcp_server_ids', 'knowledge_base'),
      },
      tts: off(
        'model_id',
        'voice_id',
        'supported_voices',
        'stability',
        'speed',
        'similarity_boost',
        'pronunciation_dictionary_locators',
      ),
      conversation: off('text_only', 'max_duration_seconds'),
      asr: off('keywords'),
      turn: { soft_timeout_config: off('message', 'additional_soft_timeout_messages') },
    },
    ...off(
      'custom_llm_extra_body',
      'enable_conversation_initiation_client_data_from_webhook',
      'enable_starting_workflow_node_id_from_client',
      'enable_procedure_ids_from_client',
    ),
  },
  evaluation: { criteria: [] },
  data_collection: {},
  archived: false,
  auth: { enable_auth: false, allowlist: [], require_origin_header: false, shareable_token: null },
  call_limits: { agent_concurrency_limit: -1, daily_limit: 100_000, bursting_enabled: true },
  privacy: { record_voice: true, retention_days: -1, zero_retention_mode: false },
};
