import { silentMp3 } from '../audio/silent-mp3.ts';
import { type CallAt, callAt, settledAtMs } from '../telephony/call-at.ts';
import type { CallRecord } from '../telephony/call-record.ts';
import { conversationView } from '../views/conversation.ts';
import { otlpTraces } from '../views/otlp-traces.ts';
import type { Delivery } from './delivery.ts';

/** The body of a webhook: the same bytes in every attempt. */
export function payloadOf(delivery: Delivery, record: CallRecord, twilioSid: string): string {
  const call = callAt(record, settledAtMs(record));
  return JSON.stringify({
    type: delivery.type,
    event_timestamp: delivery.event_timestamp,
    data: dataOf(delivery.type, call, twilioSid),
  });
}

function dataOf(type: Delivery['type'], call: CallAt, twilioSid: string) {
  const { record, timeline } = call;
  const ids = { agent_id: record.agent.agent_id, conversation_id: record.conversation_id };
  switch (type) {
    case 'post_call_transcription':
      return conversationView(call);
    case 'post_call_transcription_otel':
      return { ...ids, otlp_traces: otlpTraces(call) };
    case 'post_call_audio':
      return { ...ids, full_audio: Buffer.from(silentMp3(timeline.talkMs)).toString('base64') };
    case 'call_initiation_failure':
      return { ...ids, failure_reason: failureReason(call), metadata: carrierMetadata(call, twilioSid) };
    case 'answering_machine_detection':
      // No capture of this payload was found: the fields are Twilio's own words for a verdict.
      return { ...ids, call_sid: record.call_sid, answered_by: timeline.machine ? 'machine_start' : 'human' };
  }
}

function failureReason({ timeline }: CallAt): 'busy' | 'no-answer' | 'unknown' {
  return timeline.carrierEnd === 'busy' || timeline.carrierEnd === 'no-answer'
    ? timeline.carrierEnd
    : 'unknown';
}

/** What the carrier told: Twilio's fields are all texts, those of a SIP trunk are not. */
function carrierMetadata({ record, timeline }: CallAt, twilioSid: string) {
  const endedAtMs = record.dialled_at_ms + timeline.endedMs;
  if (record.line.provider === 'sip_trunk') {
    return {
      type: 'sip',
      body: {
        from_number: record.line.phone_number,
        to_number: record.to,
        sip_status_code: timeline.sipCode ?? 500,
        error_reason: timeline.error?.reason ?? 'unknown',
        call_sid: record.call_sid,
      },
    };
  }
  return {
    type: 'twilio',
    body: {
      CallSid: record.call_sid,
      AccountSid: twilioSid,
      From: record.line.phone_number,
      To: record.to,
      Caller: record.line.phone_number,
      Called: record.to,
      CallStatus: timeline.carrierEnd,
      Direction: 'outbound-api',
      SipResponseCode: String(timeline.sipCode ?? 500),
      Duration: '0',
      CallDuration: '0',
      Timestamp: new Date(endedAtMs).toUTCString().replace('GMT', '+0000'),
      SequenceNumber: '2',
      ApiVersion: '2010-04-01',
      CallbackSource: 'call-progress-events',
    },
  };
}
