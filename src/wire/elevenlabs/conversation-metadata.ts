import * as z from 'zod';
import { openEnum } from '../open-enum.ts';

/**
 * The telephone side of a conversation. One flat object for the document's union on `type` (twilio, exotel, sip_trunking),
 * so that a kind added later still parses; `stream_sid` is Twilio's and Exotel's, `call_id` is the SIP one.
 * The provider of a line is called `sip_trunk`, the type here `sip_trunking`.
 * Source: document; `call_result` from the SDK (2.72.0), not in the document.
 */
export const phoneCall = z.looseObject({
  type: openEnum(['twilio', 'exotel', 'sip_trunking']).nullish(),
  direction: openEnum(['inbound', 'outbound']),
  phone_number_id: z.string().nullish(),
  agent_number: z.string().nullish(),
  external_number: z.string().nullish(),
  call_sid: z.string().nullish(),
  stream_sid: z.string().nullish(),
  call_id: z.string().nullish(),
  sip_header_dynamic_variables: z.record(z.string(), z.unknown()).nullish(),
  call_result: openEnum(['answered', 'voicemail', 'busy', 'no_answer', 'failed']).nullish(),
});

/**
 * Why a conversation failed. Source: document; `error_type` (`no_answer`, `call_initialization_error`) is seen in live
 * answers only. Codes seen live: 1002 credit gone, 1008 missing variables, 1011 initialisation, 3000 safety,
 * 4300 daily limit, and SIP statuses.
 */
export const conversationError = z.looseObject({
  code: z.number(),
  reason: z.string().nullish(),
  error_type: z.string().nullish(),
});

const featureUse = z.looseObject({ enabled: z.boolean().nullish(), used: z.boolean().nullish() });

/** Source: document, ConversationChargingCommonModel. Charges are credits, prices dollars. */
const charging = z.looseObject({
  is_burst: z.boolean().nullish(),
  tier: z.string().nullish(),
  call_charge: z.number().nullish(),
  llm_charge: z.number().nullish(),
  llm_price: z.number().nullish(),
  platform_charge: z.number().nullish(),
  platform_price: z.number().nullish(),
  free_minutes_consumed: z.number().nullish(),
});

/**
 * The facts of how a conversation went. `cost` is in credits, `cost_fiat` in dollars, times in seconds, and
 * `termination_reason` free text. Source: document, ConversationHistoryMetadataCommonModel.
 */
export const conversationMetadata = z.looseObject({
  start_time_unix_secs: z.number().nullish(),
  accepted_time_unix_secs: z.number().nullish(),
  call_duration_secs: z.number().nullish(),
  queue_wait_secs: z.number().nullish(),
  cost: z.number().nullish(),
  cost_fiat: z.number().nullish(),
  charging: charging.nullish(),
  authorization_method: z.string().nullish(),
  phone_call: phoneCall.nullish(),
  batch_call: z
    .looseObject({ batch_call_id: z.string(), batch_call_recipient_id: z.string().nullish() })
    .nullish(),
  termination_reason: z.string().nullish(),
  error: conversationError.nullish(),
  warnings: z.array(z.string()).nullish(),
  main_language: z.string().nullish(),
  text_only: z.boolean().nullish(),
  features_usage: z.looseObject({ voicemail_detection: featureUse.nullish() }).nullish(),
  conversation_initiation_source: z.string().nullish(),
  timezone: z.string().nullish(),
});

export type PhoneCall = z.output<typeof phoneCall>;
export type ConversationError = z.output<typeof conversationError>;
export type ConversationMetadata = z.output<typeof conversationMetadata>;
