import * as z from 'zod';
import { openEnum } from '../open-enum.ts';
import { operation } from '../operation.ts';
import { inTwilioDocument } from './document-source.ts';
import { twilioPage } from './page.ts';

/** The states of a call; the last five are final. Source: document, call_enum_status. */
export const twilioCallStatuses = [
  'queued',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
] as const;

/**
 * A call as the carrier knows it. Numbers come as strings: `duration` in seconds (null until the end), `queue_time` in
 * milliseconds, `price` with a minus sign; dates are RFC 2822. `answered_by` is set by machine detection alone.
 * Source: document, api.v2010.account.call.
 */
export const twilioCall = z.looseObject({
  sid: z.string(),
  status: openEnum(twilioCallStatuses),
  account_sid: z.string().nullish(),
  parent_call_sid: z.string().nullish(),
  to: z.string().nullish(),
  from: z.string().nullish(),
  phone_number_sid: z.string().nullish(),
  direction: openEnum(['inbound', 'outbound-api', 'outbound-dial']).nullish(),
  answered_by: openEnum([
    'human',
    'machine_start',
    'machine_end_beep',
    'machine_end_silence',
    'machine_end_other',
    'fax',
    'unknown',
  ]).nullish(),
  date_created: z.string().nullish(),
  date_updated: z.string().nullish(),
  start_time: z.string().nullish(),
  end_time: z.string().nullish(),
  duration: z.string().nullish(),
  queue_time: z.string().nullish(),
  price: z.string().nullish(),
  price_unit: z.string().nullish(),
  trunk_sid: z.string().nullish(),
  uri: z.string().nullish(),
});

export const getCall = operation({
  name: 'getCall',
  provider: 'twilio',
  method: 'GET',
  path: '/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json',
  summary: 'Read one call',
  reply: twilioCall,
  operationId: 'FetchCall',
  source: inTwilioDocument('FetchCall'),
});

/**
 * Filters of the list. `To` and `From` are whole E.164 numbers. A time is ISO 8601 in UTC; the sign is part of
 * the parameter's name: `StartTime>` is at or after.
 */
export const twilioCallFilters = z.strictObject({
  To: z.string().optional(),
  From: z.string().optional(),
  ParentCallSid: z.string().length(34).optional(),
  Status: z.enum(twilioCallStatuses).optional(),
  StartTime: z.string().optional(),
  'StartTime<': z.string().optional(),
  'StartTime>': z.string().optional(),
  EndTime: z.string().optional(),
  'EndTime<': z.string().optional(),
  'EndTime>': z.string().optional(),
  PageSize: z.int().min(1).max(1000).optional(),
  Page: z.int().min(0).optional(),
  PageToken: z.string().optional(),
});

export const listCalls = operation({
  name: 'listCalls',
  provider: 'twilio',
  method: 'GET',
  path: '/2010-04-01/Accounts/{AccountSid}/Calls.json',
  summary: 'List calls, newest first',
  query: twilioCallFilters,
  reply: z.looseObject({ ...twilioPage, calls: z.array(twilioCall) }),
  operationId: 'ListCall',
  source: inTwilioDocument('ListCall'),
});

/** `canceled` ends a call that is queued or rings and leaves a connected one alone; `completed` ends it in either case. */
export const updateCall = operation({
  name: 'updateCall',
  provider: 'twilio',
  method: 'POST',
  path: '/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json',
  summary: 'End a call',
  body: z.strictObject({ Status: z.enum(['completed', 'canceled']) }),
  encoding: 'form',
  reply: twilioCall,
  operationId: 'UpdateCall',
  source: inTwilioDocument('UpdateCall'),
});

export type TwilioCall = z.output<typeof twilioCall>;
export type TwilioCallStatus = TwilioCall['status'];
