import type { SandboxState } from '../state.ts';
import type { OtherCall } from '../telephony/other-call.ts';
import { twilioDate } from './twilio-date.ts';

/** A call that did not come from ElevenLabs as Twilio's REST API shows it. */
export function otherCallView(call: OtherCall, twilio: SandboxState['twilio']) {
  const endedAtMs = call.started_at_ms + call.duration_secs * 1000;
  const ours = call.direction === 'inbound' ? call.to : call.from;
  const uri = `/2010-04-01/Accounts/${twilio.sid}/Calls/${call.sid}`;
  return {
    sid: call.sid,
    account_sid: twilio.sid,
    parent_call_sid: call.parent_call_sid,
    to: call.to,
    to_formatted: call.to,
    from: call.from,
    from_formatted: call.from,
    phone_number_sid: twilio.numbers.find((one) => one.phone_number === ours)?.sid ?? null,
    status: call.status,
    direction: call.direction,
    answered_by: null,
    date_created: twilioDate(call.started_at_ms),
    date_updated: twilioDate(endedAtMs),
    start_time: twilioDate(call.started_at_ms),
    end_time: twilioDate(endedAtMs),
    duration: String(call.duration_secs),
    price: call.price === undefined ? null : (-call.price).toFixed(5),
    price_unit: 'USD',
    queue_time: '0',
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
