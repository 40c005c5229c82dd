import * as z from 'zod';
import { openEnum } from '../open-enum.ts';
import { operation } from '../operation.ts';
import { initiationSources } from './client-data.ts';
import { conversationMetadata } from './conversation-metadata.ts';
import { inDocument } from './document-source.ts';
import { transcriptTurn } from './transcript.ts';

/** The states in the order they come; with hyphens, unlike the recipients of a batch. Source: document. */
export const conversationStatuses = ['initiated', 'in-progress', 'processing', 'done', 'failed'] as const;

// `done` says that the conversation is over, not that anybody answered.
const conversationStatus = openEnum(conversationStatuses);

const evaluation = openEnum(['success', 'failure', 'unknown']);

/** Source: document, ConversationSummaryResponseModel. It has neither number nor Call SID. */
export const conversationSummary = z.looseObject({
  agent_id: z.string(),
  conversation_id: z.string(),
  status: conversationStatus,
  agent_name: z.string().nullish(),
  start_time_unix_secs: z.number().nullish(),
  call_duration_secs: z.number().nullish(),
  message_count: z.number().nullish(),
  termination_reason: z.string().nullish(),
  call_successful: evaluation.nullish(),
  direction: openEnum(['inbound', 'outbound']).nullish(),
  conversation_initiation_source: z.string().nullish(),
  call_summary_title: z.string().nullish(),
  transcript_summary: z.string().nullish(),
  main_language: z.string().nullish(),
  branch_id: z.string().nullish(),
  version_id: z.string().nullish(),
});

/** Source: document, ConversationHistoryAnalysisCommonModel. `call_successful` judges the goal, not the connection. */
export const conversationAnalysis = z.looseObject({
  call_successful: evaluation,
  transcript_summary: z.string().nullish(),
  call_summary_title: z.string().nullish(),
  call_success_score: z.number().nullish(),
  evaluation_criteria_results: z
    .record(
      z.string(),
      z.looseObject({
        criteria_id: z.string().nullish(),
        result: evaluation,
        rationale: z.string().nullish(),
      }),
    )
    .nullish(),
  data_collection_results: z
    .record(
      z.string(),
      z.looseObject({
        data_collection_id: z.string().nullish(),
        name: z.string().nullish(),
        value: z.unknown().optional(),
        rationale: z.string().nullish(),
      }),
    )
    .nullish(),
});

/**
 * What the conversation was started with, sent back, its variables joined by the provider's `system__…`. Parsed with
 * tolerance: the overrides inside are not read. Source: document, ConversationInitiationClientDataRequest-Output.
 */
const startedWith = z.looseObject({
  dynamic_variables: z.record(z.string(), z.unknown()).nullish(),
  user_id: z.string().nullish(),
  branch_id: z.string().nullish(),
  environment: z.string().nullish(),
});

/**
 * A conversation. While it runs the provider answers `in-progress` with an empty transcript and a duration of 0 (seen
 * live). Source: document, GetConversationResponseModel.
 */
export const conversation = z.looseObject({
  agent_id: z.string(),
  conversation_id: z.string(),
  status: conversationStatus,
  agent_name: z.string().nullish(),
  user_id: z.string().nullish(),
  branch_id: z.string().nullish(),
  version_id: z.string().nullish(),
  environment: z.string().nullish(),
  metadata: conversationMetadata,
  analysis: conversationAnalysis.nullish(),
  conversation_initiation_client_data: startedWith.nullish(),
  transcript: z.array(transcriptTurn).default([]),
  has_audio: z.boolean().nullish(),
  has_user_audio: z.boolean().nullish(),
  has_response_audio: z.boolean().nullish(),
  tag_ids: z.array(z.string()).nullish(),
});

const texts = z.array(z.string());

const guardrailTypes = [
  'custom',
  'prompt_injection',
  'self_harm_intent',
  'violence_graphic',
  'sexual',
  'violence',
  'harassment',
  'sexual_minors',
  'self_harm',
  'self_harm_instructions',
  'harassment_threatening',
  'hate',
  'hate_threatening',
  'profanity',
  'religion_or_politics',
  'medical_and_legal',
  'guardrail',
] as const;

/** Times are Unix seconds, lists are repeated parameters. Source: document, get_conversation_histories_route. */
export const conversationFilters = z.strictObject({
  cursor: z.string().optional(),
  page_size: z.int().min(1).max(100).optional(),
  agent_id: z.string().optional(),
  visited_agent_ids: texts.max(50).optional(),
  visited_agent_branch_ids: texts.max(50).optional(),
  triggered_procedure_ids: texts.max(50).optional(),
  call_successful: z.enum(['success', 'failure', 'unknown', 'error']).optional(),
  call_start_before_unix: z.int().optional(),
  call_start_after_unix: z.int().optional(),
  call_duration_min_secs: z.int().optional(),
  call_duration_max_secs: z.int().optional(),
  rating_min: z.int().min(1).max(5).optional(),
  rating_max: z.int().min(1).max(5).optional(),
  has_feedback_comment: z.boolean().optional(),
  user_id: z.string().optional(),
  evaluation_params: texts.optional(),
  data_collection_params: texts.optional(),
  dynamic_variable_params: texts.optional(),
  data_collection_ids: texts.optional(),
  evaluation_criteria_ids: texts.optional(),
  tool_names: texts.optional(),
  tool_names_successful: texts.optional(),
  tool_names_errored: texts.optional(),
  include_invalid_tool_calls: z.boolean().optional(),
  main_languages: texts.optional(),
  summary_mode: z.enum(['exclude', 'include']).optional(),
  search: z.string().optional(),
  conversation_initiation_source: z.enum(initiationSources).optional(),
  text_only: z.boolean().optional(),
  conversation_product_type: z.enum(['agents', 'speech_engine']).optional(),
  branch_id: z.string().optional(),
  version_id: z.string().optional(),
  parent_conversation_id: z.string().optional(),
  topic_ids: texts.optional(),
  exclude_statuses: z.array(z.enum(conversationStatuses)).optional(),
  tag_ids: texts.optional(),
  workflow_node_entered_id: z.string().optional(),
  termination_reasons: texts.optional(),
  guardrail_types: z.array(z.enum(guardrailTypes)).optional(),
  custom_guardrail_names: texts.optional(),
  sort_direction: z.enum(['asc', 'desc']).optional(),
});

export const listConversations = operation({
  name: 'listConversations',
  provider: 'elevenlabs',
  method: 'GET',
  path: '/v1/convai/conversations',
  summary: 'List conversations, newest first',
  query: conversationFilters,
  reply: z.looseObject({
    conversations: z.array(conversationSummary),
    next_cursor: z.string().nullish(),
    has_more: z.boolean().nullish(),
  }),
  operationId: 'get_conversation_histories_route',
  source: inDocument('get_conversation_histories_route'),
});

export const getConversation = operation({
  name: 'getConversation',
  provider: 'elevenlabs',
  method: 'GET',
  path: '/v1/convai/conversations/{conversation_id}',
  summary: 'Read one conversation with its transcript and analysis',
  query: z.strictObject({ format: z.enum(['json', 'opentelemetry']).optional() }),
  reply: conversation,
  operationId: 'get_conversation_history_route',
  source: inDocument('get_conversation_history_route'),
});

export const getConversationAudio = operation({
  name: 'getConversationAudio',
  provider: 'elevenlabs',
  method: 'GET',
  path: '/v1/convai/conversations/{conversation_id}/audio',
  summary: 'Read the recording of a conversation',
  reply: z.instanceof(Uint8Array),
  replyType: 'audio/mpeg',
  operationId: 'get_conversation_audio_route',
  source: inDocument('get_conversation_audio_route'),
});

/** One SIP message, as it was on the line. Source: document, SIPLogMessage. */
export const sipMessage = z.looseObject({
  call_id: z.string(),
  direction: openEnum(['in', 'out']),
  raw_message: z.string(),
  error_message: z.string().nullish(),
  transport: z.string().nullish(),
  local_address: z.string().nullish(),
  remote_address: z.string().nullish(),
  phone_numbers: z.array(z.string()).nullish(),
  created_at_unix_micro: z.number().nullish(),
});

export const listConversationSipMessages = operation({
  name: 'listConversationSipMessages',
  provider: 'elevenlabs',
  method: 'GET',
  path: '/v1/convai/conversations/{conversation_id}/sip-messages',
  summary: 'List the SIP messages of a conversation',
  query: z.strictObject({ page_size: z.int().min(1).max(20).optional(), cursor: z.string().optional() }),
  reply: z.looseObject({
    sip_messages: z.array(sipMessage),
    next_cursor: z.string().nullish(),
    has_more: z.boolean().nullish(),
  }),
  operationId: 'get_conversation_sip_messages',
  source: inDocument('get_conversation_sip_messages'),
});

export const deleteConversation = operation({
  name: 'deleteConversation',
  provider: 'elevenlabs',
  method: 'DELETE',
  path: '/v1/convai/conversations/{conversation_id}',
  summary: 'Delete a conversation for good',
  // The document leaves the reply open.
  reply: z.unknown(),
  operationId: 'delete_conversation_route',
  source: inDocument('delete_conversation_route'),
});

export type ConversationSummary = z.output<typeof conversationSummary>;
export type ConversationAnalysis = z.output<typeof conversationAnalysis>;
export type Conversation = z.output<typeof conversation>;
export type ConversationStatus = Conversation['status'];
export type ConversationFilters = z.input<typeof conversationFilters>;
export type SipMessage = z.output<typeof sipMessage>;
