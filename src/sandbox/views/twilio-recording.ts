import type { SandboxState } from '../state.ts';
import type { CallAt } from '../telephony/call-at.ts';
import { twilioDate } from './twilio-date.ts';

/** One recording a call, whose id follows from the call's. */
export function recordingSid(call: CallAt): string {
  return `RE${call.record.call_sid.slice(2)}`;
}

/** The carrier's recording of a call, where it was asked for, somebody picked up, and nobody deleted it. */
export function twilioRecordingView(call: CallAt, twilio: SandboxState['twilio']) {
  const { record, timeline } = call;
  const { answeredMs } = timeline;
  const connected = call.carrierStatus === 'in-progress' || call.carrierStatus === 'completed';
  if (!record.recorded_by_carrier || record.recording_deleted || !connected || answeredMs === undefined)
    return undefined;
  const over = call.carrierStatus === 'completed';
  const startedAtMs = record.dialled_at_ms + answeredMs;
  const endedAtMs = record.dialled_at_ms + timeline.endedMs;
  const sid = recordingSid(call);
  return {
    sid,
    account_sid: twilio.sid,
    call_sid: record.call_sid,
    conference_sid: null,
    status: over ? 'completed' : 'in-progress',
    duration: over ? String(Math.ceil((endedAtMs - startedAtMs) / 1000)) : null,
    channels: 1,
    source: 'OutboundAPI',
    track: 'both',
    date_created: twilioDate(startedAtMs),
    date_updated: twilioDate(over ? endedAtMs : startedAtMs),
    start_time: twilioDate(startedAtMs),
    price: null,
    price_unit: 'USD',
    error_code: null,
    encryption_details: null,
    api_version: '2010-04-01',
    uri: `/2010-04-01/Accounts/${twilio.sid}/Calls/${record.call_sid}/Recordings/${sid}.json`,
  };
}
