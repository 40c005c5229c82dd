import { at, objectAt, textAt } from '../json.ts';
import type { CallAt } from '../telephony/call-at.ts';
import { variablesOf } from '../telephony/start-of-conversation.ts';
import { analysisOf, dataCollection, evaluation, goalOf } from './analysis.ts';
import { phoneCallOf } from './phone-call.ts';
import { transcriptOf } from './transcript.ts';

/** A call as GET /v1/convai/conversations/{id} shows it: nothing of what is said, and no duration, before the end. */
export function conversationView(call: CallAt) {
  const { record, timeline } = call;
  const { agent_id, name } = record.agent;
  const audio = hasAudio(call);
  return {
    agent_id,
    agent_name: name,
    conversation_id: record.conversation_id,
    conversation_product: 'agent',
    status: call.status,
    user_id: textAt(record.client_data, 'user_id') ?? null,
    branch_id: textAt(record.client_data, 'branch_id') ?? null,
    version_id: null,
    environment: textAt(record.client_data, 'environment') ?? 'production',
    transcript: call.settled ? transcriptOf(call) : [],
    metadata: metadataOf(call),
    analysis: call.settled && timeline.answeredMs !== undefined ? analysisOf(call) : null,
    conversation_initiation_client_data: {
      conversation_config_override: objectAt(record.client_data, 'conversation_config_override'),
      custom_llm_extra_body: objectAt(record.client_data, 'custom_llm_extra_body'),
      user_id: textAt(record.client_data, 'user_id') ?? null,
      source_info: at(record.client_data, 'source_info') ?? { source: null, version: null },
      branch_id: textAt(record.client_data, 'branch_id') ?? null,
      environment: textAt(record.client_data, 'environment') ?? null,
      dynamic_variables: { ...variablesOf(record), system__call_duration_secs: call.durationSecs },
    },
    visited_agents: [{ agent_id, branch_id: null }],
    tag_ids: [],
    has_audio: audio,
    has_user_audio: audio,
    has_response_audio: audio,
    has_auxiliary_audio: false,
  };
}

/** A recording exists once a conversation has ended that had any length, unless the agent keeps none. */
export function hasAudio(call: CallAt): boolean {
  const keeps = at(call.record.agent.platform_settings, 'privacy', 'record_voice') !== false;
  return keeps && call.settled && call.timeline.talkMs > 0;
}

/** A call as the list shows it: without number and Call SID. */
export function conversationSummary(call: CallAt, withSummary: boolean) {
  const { record, timeline } = call;
  const judged = call.settled && timeline.answeredMs !== undefined;
  const goal = judged ? goalOf(timeline) : undefined;
  return {
    agent_id: record.agent.agent_id,
    agent_name: record.agent.name,
    branch_id: textAt(record.client_data, 'branch_id') ?? null,
    version_id: null,
    conversation_id: record.conversation_id,
    start_time_unix_secs: Math.floor(record.dialled_at_ms / 1000),
    call_duration_secs: call.durationSecs,
    message_count: call.settled ? transcriptOf(call).length : 0,
    status: call.status,
    termination_reason: ended(call) ? timeline.terminationReason : '',
    call_successful: goal?.result ?? 'unknown',
    transcript_summary: withSummary && goal ? goal.summary : null,
    call_summary_title: goal?.title ?? null,
    main_language: mainLanguage(call),
    conversation_initiation_source: record.line.provider,
    tool_names: call.settled ? timeline.turns.flatMap((turn) => (turn.tool ? [turn.tool.name] : [])) : [],
    direction: 'outbound',
    rating: null,
    data_collection_results: judged ? dataCollection(call) : null,
    evaluation_criteria_results: judged
      ? Object.fromEntries(evaluation(call).map((one) => [one.criteria_id, { result: one.result }]))
      : null,
    tag_ids: [],
  };
}

function metadataOf(call: CallAt) {
  const { record, timeline } = call;
  const dialledSecs = Math.floor(record.dialled_at_ms / 1000);
  const answered = timeline.answeredMs !== undefined && call.status !== 'initiated';
  return {
    start_time_unix_secs: dialledSecs,
    accepted_time_unix_secs: answered
      ? Math.floor((record.dialled_at_ms + (timeline.answeredMs ?? 0)) / 1000)
      : null,
    call_duration_secs: call.durationSecs,
    queue_wait_secs: null,
    cost: call.settled ? call.cost : null,
    cost_fiat: call.settled ? Math.round(call.cost * 0.22) / 1000 : null,
    charging: {
      dev_discount: false,
      is_burst: record.is_burst,
      tier: record.plan,
      call_charge: call.settled ? call.cost : null,
      llm_charge: call.settled ? 0 : null,
      llm_price: call.settled ? 0 : null,
      free_minutes_consumed: 0,
      free_llm_dollars_consumed: 0,
    },
    authorization_method: 'authorization_header',
    phone_call: phoneCallOf(call),
    batch_call: null,
    termination_reason: ended(call) ? timeline.terminationReason : '',
    error: ended(call) ? (timeline.error ?? null) : null,
    warnings: [],
    main_language: mainLanguage(call),
    text_only: false,
    features_usage: {
      voicemail_detection: {
        enabled: voicemailDetection(call),
        used: ended(call) && timeline.turns.some((turn) => turn.tool?.name === 'voicemail_detection'),
      },
    },
    initiator_id: null,
    conversation_initiation_source: record.line.provider,
    conversation_initiation_source_version: null,
    timezone: null,
  };
}

function ended(call: CallAt): boolean {
  return call.status !== 'initiated' && call.status !== 'in-progress';
}

function mainLanguage(call: CallAt): string {
  return textAt(call.record.agent.conversation_config, 'agent', 'language') ?? 'en';
}

function voicemailDetection(call: CallAt): boolean {
  const prompt = objectAt(call.record.agent.conversation_config, 'agent', 'prompt');
  return Object.keys(objectAt(prompt, 'built_in_tools', 'voicemail_detection')).length > 0;
}
