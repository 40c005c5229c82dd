import * as z from 'zod';
import { operation } from '../operation.ts';
import { inTwilioDocument } from './document-source.ts';
import { twilioPage } from './page.ts';

/**
 * A number that the account owns. `capabilities.voice` must be true for a number that calls.
 * Source: document, api.v2010.account.incoming_phone_number.
 */
export const incomingNumber = z.looseObject({
  sid: z.string(),
  phone_number: z.string(),
  friendly_name: z.string().nullish(),
  account_sid: z.string().nullish(),
  capabilities: z
    .looseObject({
      voice: z.boolean().nullish(),
      sms: z.boolean().nullish(),
      mms: z.boolean().nullish(),
      fax: z.boolean().nullish(),
    })
    .nullish(),
  status: z.string().nullish(),
  trunk_sid: z.string().nullish(),
  voice_url: z.string().nullish(),
});

export const listIncomingNumbers = operation({
  name: 'listIncomingNumbers',
  provider: 'twilio',
  method: 'GET',
  path: '/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json',
  summary: 'List the numbers that the account owns',
  query: z.strictObject({
    PhoneNumber: z.string().optional(),
    FriendlyName: z.string().optional(),
    Beta: z.boolean().optional(),
    Origin: z.string().optional(),
    PageSize: z.int().min(1).max(1000).optional(),
    Page: z.int().min(0).optional(),
    PageToken: z.string().optional(),
  }),
  reply: z.looseObject({ ...twilioPage, incoming_phone_numbers: z.array(incomingNumber) }),
  operationId: 'ListIncomingPhoneNumber',
  source: inTwilioDocument('ListIncomingPhoneNumber'),
});

export type IncomingNumber = z.output<typeof incomingNumber>;
