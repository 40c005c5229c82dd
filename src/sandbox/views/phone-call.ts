import type { CallAt } from '../telephony/call-at.ts';

/** The telephone side of a conversation. `call_result` comes when the call is over. */
export function phoneCallOf(call: CallAt) {
  const { record, timeline } = call;
  const over = call.status !== 'initiated' && call.status !== 'in-progress';
  const shared = {
    direction: 'outbound',
    phone_number_id: record.line.phone_number_id,
    agent_number: record.line.phone_number,
    external_number: record.to,
    call_sid: record.call_sid,
    ...(over && { call_result: timeline.callResult }),
  };
  // The line's provider is called sip_trunk, the call's type sip_trunking.
  if (record.line.provider === 'sip_trunk') {
    return { ...shared, type: 'sip_trunking', call_id: record.call_sid, sip_header_dynamic_variables: {} };
  }
  return { ...shared, type: record.line.provider, stream_sid: record.stream_sid };
}
