import * as z from 'zod';
import { openEnum } from '../open-enum.ts';
import { operation } from '../operation.ts';
import { inTwilioDocument } from './document-source.ts';
import { twilioPage } from './page.ts';

/**
 * A recording that the carrier made of a call, apart from the provider's own. `duration` is in seconds, as a text; dates are RFC 2822.
 * Source: document, api.v2010.account.call.call_recording.
 */
export const twilioRecording = z.looseObject({
  sid: z.string(),
  status: openEnum(['in-progress', 'paused', 'stopped', 'processing', 'completed', 'absent']).nullish(),
  account_sid: z.string().nullish(),
  call_sid: z.string().nullish(),
  date_created: z.string().nullish(),
  date_updated: z.string().nullish(),
  start_time: z.string().nullish(),
  duration: z.string().nullish(),
  channels: z.int().nullish(),
  source: openEnum([
    'DialVerb',
    'Conference',
    'OutboundAPI',
    'Trunking',
    'RecordVerb',
    'StartCallRecordingAPI',
    'StartConferenceRecordingAPI',
  ]).nullish(),
  uri: z.string().nullish(),
});

export const listCallRecordings = operation({
  name: 'listCallRecordings',
  provider: 'twilio',
  method: 'GET',
  path: '/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Recordings.json',
  summary: 'List the recordings of a call',
  query: z.strictObject({
    PageSize: z.int().min(1).max(1000).optional(),
    Page: z.int().min(0).optional(),
    PageToken: z.string().optional(),
  }),
  reply: z.looseObject({ ...twilioPage, recordings: z.array(twilioRecording) }),
  operationId: 'ListCallRecording',
  source: inTwilioDocument('ListCallRecording'),
});

/** The audio goes at once; Twilio keeps that there was a recording for 40 days. */
export const deleteCallRecording = operation({
  name: 'deleteCallRecording',
  provider: 'twilio',
  method: 'DELETE',
  path: '/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{Sid}.json',
  summary: 'Delete a recording of a call',
  // 204, without a body.
  reply: z.unknown(),
  status: 204,
  operationId: 'DeleteCallRecording',
  source: inTwilioDocument('DeleteCallRecording'),
});

export type TwilioRecording = z.output<typeof twilioRecording>;
