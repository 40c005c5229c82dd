import * as z from 'zod';
import { operation } from '../operation.ts';
import { inDocument } from './document-source.ts';
import { phoneNumber, telephonyProviders } from './phone-number-reply.ts';

const credentials = z.strictObject({ username: z.string(), password: z.string().nullish() });
const mediaEncryption = z.enum(['disabled', 'allowed', 'required']);

/** Source: document, InboundSIPTrunkConfigRequestModel. */
export const inboundTrunkConfig = z.strictObject({
  allowed_addresses: z.array(z.string()).nullish(),
  allowed_numbers: z.array(z.string()).nullish(),
  media_encryption: mediaEncryption.optional(),
  credentials: credentials.nullish(),
  remote_domains: z.array(z.string()).nullish(),
  attributes_to_headers: z.record(z.string(), z.string()).optional(),
});

/** No credentials means that the trunk knows the provider by its address. Source: document, OutboundSIPTrunkConfigRequestModel. */
export const outboundTrunkConfig = z.strictObject({
  address: z.string(),
  transport: z.enum(['auto', 'udp', 'tcp', 'tls']).optional(),
  media_encryption: mediaEncryption.optional(),
  headers: z.record(z.string(), z.string()).optional(),
  attributes_to_headers: z.record(z.string(), z.string()).optional(),
  credentials: credentials.nullish(),
  enabled_codecs: z.array(z.enum(['G722/8000', 'PCMU/8000', 'PCMA/8000'])).optional(),
});

const any = {
  phone_number: z.string(),
  label: z.string(),
  agent_id: z.string().nullish(),
  supports_inbound: z.boolean().optional(),
  supports_outbound: z.boolean().optional(),
};

/**
 * `sid` and `token` are an account (`AC…`) with its auth token, or an API key (`SK…`) with its secret and the
 * account's token beside it. Source: document, CreateTwilioPhoneNumberRequest.
 */
export const importTwilioNumber = z.strictObject({
  ...any,
  provider: z.literal('twilio'),
  sid: z.string(),
  token: z.string(),
  account_auth_token: z.string().nullish(),
  region_config: z
    .strictObject({
      region_id: z.enum(['us1', 'ie1', 'au1']),
      token: z.string(),
      edge_location: z.enum([
        'ashburn',
        'dublin',
        'frankfurt',
        'sao-paulo',
        'singapore',
        'sydney',
        'tokyo',
        'umatilla',
        'roaming',
      ]),
    })
    .nullish(),
  enable_sms: z.boolean().optional(),
});

/** Source: document, CreateSIPTrunkPhoneNumberRequestV2. */
export const importSipTrunkNumber = z.strictObject({
  ...any,
  provider: z.literal('sip_trunk'),
  inbound_trunk_config: inboundTrunkConfig.nullish(),
  outbound_trunk_config: outboundTrunkConfig.nullish(),
});

/** Source: document, CreateExotelPhoneNumberRequest. */
export const importExotelNumber = z.strictObject({
  ...any,
  provider: z.literal('exotel'),
  account_sid: z.string(),
  api_key: z.string(),
  api_token: z.string(),
  api_subdomain: z.enum(['api.in.exotel.com', 'api.exotel.com']),
  app_id: z.string(),
  applet_url: z.string().nullish(),
});

/** `provider` is optional in the document and required here: it is what tells the three bodies apart. */
export const importPhoneNumberBody = z.discriminatedUnion('provider', [
  importTwilioNumber,
  importSipTrunkNumber,
  importExotelNumber,
]);

/** Only what is given changes. Source: document, UpdatePhoneNumberRequest. */
export const updatePhoneNumberBody = z.strictObject({
  agent_id: z.string().nullish(),
  label: z.string().nullish(),
  inbound_trunk_config: inboundTrunkConfig.nullish(),
  outbound_trunk_config: outboundTrunkConfig.nullish(),
  livekit_stack: z.enum(['standard', 'static']).nullish(),
  store_sip_messages: z.boolean().nullish(),
  environment: z.string().nullish(),
  branch_id: z.string().nullish(),
});

export const listPhoneNumbers = operation({
  name: 'listPhoneNumbers',
  provider: 'elevenlabs',
  method: 'GET',
  path: '/v1/convai/phone-numbers',
  summary: 'List the lines of the account',
  query: z.strictObject({
    provider: z.enum(telephonyProviders).optional(),
    agent_id: z.string().optional(),
    branch_id: z.string().optional(),
  }),
  // A bare array: this list has no pages.
  reply: z.array(phoneNumber),
  operationId: 'list_phone_numbers_route',
  source: inDocument('list_phone_numbers_route'),
});

export const getPhoneNumber = operation({
  name: 'getPhoneNumber',
  provider: 'elevenlabs',
  method: 'GET',
  path: '/v1/convai/phone-numbers/{phone_number_id}',
  summary: 'Read one line',
  reply: phoneNumber,
  operationId: 'get_phone_number_route',
  source: inDocument('get_phone_number_route'),
});

export const importPhoneNumber = operation({
  name: 'importPhoneNumber',
  provider: 'elevenlabs',
  method: 'POST',
  path: '/v1/convai/phone-numbers',
  summary: 'Import a number of a carrier as a line',
  body: importPhoneNumberBody,
  reply: z.looseObject({ phone_number_id: z.string() }),
  operationId: 'create_phone_number_route',
  source: inDocument('create_phone_number_route'),
});

export const updatePhoneNumber = operation({
  name: 'updatePhoneNumber',
  provider: 'elevenlabs',
  method: 'PATCH',
  path: '/v1/convai/phone-numbers/{phone_number_id}',
  summary: 'Change what is given of a line',
  body: updatePhoneNumberBody,
  reply: phoneNumber,
  operationId: 'update_phone_number_route',
  source: inDocument('update_phone_number_route'),
});

export type PhoneNumber = z.output<typeof phoneNumber>;
export type ImportPhoneNumberBody = z.output<typeof importPhoneNumberBody>;
export type UpdatePhoneNumberBody = z.output<typeof updatePhoneNumberBody>;
