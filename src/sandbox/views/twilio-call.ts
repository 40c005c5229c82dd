import type { SandboxState } from '../state.ts';
import type { CallAt } from '../telephony/call-at.ts';
import { QUEUED_MS } from '../telephony/timeline.ts';
import { twilioDate } from './twilio-date.ts';

/** A call as Twilio's REST API shows it: counts are strings, and null while they are not known. */
export function twilioCallView(call: CallAt, twilio: SandboxState['twilio']) {
  const { record, timeline } = call;
  const over = !['queued', 'ringing', 'in-progress'].includes(call.carrierStatus);
  const connected = call.carrierStatus === 'completed' || call.carrierStatus === 'in-progress';
  const answeredAtMs = record.dialled_at_ms + (timeline.answeredMs ?? 0);
  const endedAtMs = record.dialled_at_ms + timeline.endedMs;
  const seconds = call.carrierStatus === 'completed' ? Math.ceil((endedAtMs - answeredAtMs) / 1000) : 0;
  const uri = `/2010-04-01/Accounts/${twilio.sid}/Calls/${record.call_sid}`;
  const number = twilio.numbers.find((one) => one.phone_number === record.line.phone_number);
  return {
    sid: record.call_sid,
    account_sid: twilio.sid,
    parent_call_sid: null,
    to: record.to,
    to_formatted: record.to,
    from: record.line.phone_number,
    from_formatted: record.line.phone_number,
    phone_number_sid: number?.sid ?? null,
    status: call.carrierStatus,
    direction: 'outbound-api',
    answered_by:
      record.machine_detection && connected ? (timeline.machine ? 'machine_start' : 'human') : null,
    date_created: twilioDate(record.dialled_at_ms),
    date_updated: twilioDate(over ? endedAtMs : connected ? answeredAtMs : record.dialled_at_ms),
    start_time: connected ? twilioDate(answeredAtMs) : over ? twilioDate(record.dialled_at_ms) : null,
    end_time: over ? twilioDate(endedAtMs) : null,
    duration: over ? String(seconds) : null,
    price: over && seconds > 0 ? (-0.014 * Math.ceil(seconds / 60)).toFixed(5) : null,
    price_unit: 'USD',
    queue_time: String(QUEUED_MS),
    api_version: '2010-04-01',
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    trunk_sid: null,
    annotation: null,
    uri: `${uri}.json`,
    subresource_uris: { recordings: `${uri}/Recordings.json`, notifications: `${uri}/Notifications.json` },
  };
}
