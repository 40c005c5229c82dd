import * as z from 'zod';
import { openEnum } from '../open-enum.ts';

/** The carriers whose lines can dial out. Source: document, TelephonyProvider. */
export const telephonyProviders = ['twilio', 'sip_trunk', 'exotel'] as const;

/** How a SIP trunk is reached. Source: document, GetPhoneNumberOutboundSIPTrunkConfigResponseModel. */
const outboundTrunk = z.looseObject({
  address: z.string().nullish(),
  transport: openEnum(['auto', 'udp', 'tcp', 'tls']).nullish(),
  media_encryption: openEnum(['disabled', 'allowed', 'required']).nullish(),
  headers: z.record(z.string(), z.unknown()).nullish(),
  has_auth_credentials: z.boolean().nullish(),
  username: z.string().nullish(),
  has_outbound_trunk: z.boolean().nullish(),
  enabled_codecs: z.array(z.string()).nullish(),
});

/** Source: document, GetPhoneNumberInboundSIPTrunkConfigResponseModel. */
const inboundTrunk = z.looseObject({
  allowed_addresses: z.array(z.string()).nullish(),
  allowed_numbers: z.array(z.string()).nullish(),
  media_encryption: z.string().nullish(),
  has_auth_credentials: z.boolean().nullish(),
  username: z.string().nullish(),
});

/**
 * A line. One flat object for the document's three kinds, so that a provider added later is still listed; `provider` may
 * be missing on old records. `assigned_agent` routes inbound calls only. Source: document, GetPhoneNumber…ResponseModel.
 */
export const phoneNumber = z.looseObject({
  phone_number_id: z.string(),
  phone_number: z.string(),
  label: z.string().nullish(),
  provider: openEnum(telephonyProviders).nullish(),
  // Deprecated by the provider, and still the only word on whether a line may dial out.
  supports_inbound: z.boolean().nullish(),
  supports_outbound: z.boolean().nullish(),
  assigned_agent: z
    .looseObject({
      agent_id: z.string(),
      agent_name: z.string().nullish(),
      environment: z.string().nullish(),
      branch_id: z.string().nullish(),
    })
    .nullish(),
  provider_config: outboundTrunk.nullish(),
  outbound_trunk: outboundTrunk.nullish(),
  inbound_trunk: inboundTrunk.nullish(),
  livekit_stack: z.string().nullish(),
  store_sip_messages: z.boolean().nullish(),
});
