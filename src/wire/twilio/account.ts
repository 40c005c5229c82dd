import * as z from 'zod';
import { openEnum } from '../open-enum.ts';
import { operation } from '../operation.ts';
import { inTwilioDocument } from './document-source.ts';

/**
 * The account behind the credentials. A `Trial` account may only call numbers that its owner has verified. The one reply
 * that drops what it does not name: the provider's carries `auth_token`, which must not travel on.
 * Source: document, api.v2010.account.
 */
export const twilioAccount = z.object({
  sid: z.string(),
  status: openEnum(['active', 'suspended', 'closed']),
  type: openEnum(['Trial', 'Full']).nullish(),
  friendly_name: z.string().nullish(),
  owner_account_sid: z.string().nullish(),
  date_created: z.string().nullish(),
});

export const getAccount = operation({
  name: 'getAccount',
  provider: 'twilio',
  method: 'GET',
  path: '/2010-04-01/Accounts/{Sid}.json',
  summary: 'Read the account',
  reply: twilioAccount,
  operationId: 'FetchAccount',
  source: inTwilioDocument('FetchAccount'),
});

export type TwilioAccount = z.output<typeof twilioAccount>;
