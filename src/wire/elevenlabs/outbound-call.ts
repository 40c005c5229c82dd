import * as z from 'zod';
import { operation } from '../operation.ts';
import { clientData } from './client-data.ts';
import { inDocument } from './document-source.ts';

/** How long the callee's phone rings where the request does not say. Source: document. */
export const defaultRingingTimeoutSecs = 60;

/**
 * How the carrier places the call. `ringing_timeout_secs` is in seconds and bounded by the carrier too (Twilio stops
 * at 600). The verdict of machine detection comes by webhook alone, never in the conversation.
 * Source: document, TelephonyCallConfig-Input.
 */
export const telephonyCallConfig = z.strictObject({
  ringing_timeout_secs: z.int().min(1).max(999).optional(),
  twilio_call_recording_enabled: z.boolean().optional(),
  twilio_machine_detection: z
    .strictObject({ mode: z.enum(['enable', 'detect_message_end']).optional() })
    .nullish(),
});

/** What a SIP trunk and an Exotel line take. Source: document, Body_Handle_an_outbound_call_via_SIP_trunk. */
export const outboundCall = z.strictObject({
  agent_id: z.string(),
  // The provider's id of the line (`phnum_…`), not a telephone number.
  agent_phone_number_id: z.string(),
  to_number: z.string(),
  conversation_initiation_client_data: clientData.nullish(),
  telephony_call_config: telephonyCallConfig.optional(),
});

/** Source: document, Body_Handle_an_outbound_call_via_Twilio. */
export const twilioOutboundCall = outboundCall.extend({
  call_recording_enabled: z.boolean().nullish(),
});

const accepted = {
  // False means that the dial was refused, and `message` holds the carrier's words: the status is 200 all the same.
  success: z.boolean(),
  message: z.string(),
  // Kept when `success` is false too: a refused SIP dial has a conversation that tells why.
  conversation_id: z.string().nullish(),
};

/** Source: document, TwilioOutboundCallResponse and ExotelOutboundCallResponse. `callSid` is spelled so. */
export const twilioOutboundCallReply = z.looseObject({ ...accepted, callSid: z.string().nullish() });

/** Source: document, SIPTrunkOutboundCallResponse. */
export const sipOutboundCallReply = z.looseObject({ ...accepted, sip_call_id: z.string().nullish() });

export const dialTwilio = operation({
  name: 'dialTwilio',
  provider: 'elevenlabs',
  method: 'POST',
  path: '/v1/convai/twilio/outbound-call',
  summary: 'Place a call over a Twilio line',
  body: twilioOutboundCall,
  reply: twilioOutboundCallReply,
  operationId: 'handle_twilio_outbound_call',
  source: inDocument('handle_twilio_outbound_call'),
});

export const dialSipTrunk = operation({
  name: 'dialSipTrunk',
  provider: 'elevenlabs',
  method: 'POST',
  path: '/v1/convai/sip-trunk/outbound-call',
  summary: 'Place a call over a SIP trunk line',
  body: outboundCall,
  reply: sipOutboundCallReply,
  operationId: 'handle_sip_trunk_outbound_call',
  source: inDocument('handle_sip_trunk_outbound_call'),
});

export const dialExotel = operation({
  name: 'dialExotel',
  provider: 'elevenlabs',
  method: 'POST',
  path: '/v1/convai/exotel/outbound-call',
  summary: 'Place a call over an Exotel line',
  body: outboundCall,
  reply: twilioOutboundCallReply,
  operationId: 'handle_exotel_outbound_call',
  source: inDocument('handle_exotel_outbound_call'),
});

export type TelephonyCallConfig = z.output<typeof telephonyCallConfig>;
export type OutboundCall = z.output<typeof outboundCall>;
export type TwilioOutboundCall = z.output<typeof twilioOutboundCall>;
export type TwilioOutboundCallReply = z.output<typeof twilioOutboundCallReply>;
export type SipOutboundCallReply = z.output<typeof sipOutboundCallReply>;
