import type { Conversation } from '../../../src/wire/elevenlabs/conversation.ts';
import type { TwilioCall } from '../../../src/wire/twilio/call.ts';
import { type Phone, pickedUp } from './phone.ts';

/** What ElevenLabs shows of a call now; `undefined` while it shows nothing. */
export function conversationAt(phone: Phone, nowMs: number, startWallMs: number): Conversation | undefined {
  if (nowMs < phone.shownMs) return undefined;
  const status = statusAt(phone, nowMs);
  const done = status === 'done' || status === 'failed';
  const talkedSecs = pickedUp(phone) && done ? Math.ceil((phone.endMs - phone.rungMs) / 1000) : 0;
  return {
    agent_id: phone.agentId,
    conversation_id: phone.conversationId,
    status,
    user_id: phone.userId ?? null,
    metadata: {
      start_time_unix_secs: Math.floor((startWallMs + phone.startMs) / 1000),
      call_duration_secs: talkedSecs,
      cost_fiat: talkedSecs / 1000,
      termination_reason: '',
      phone_call: {
        type: phone.provider === 'twilio' ? 'twilio' : 'sip_trunking',
        direction: 'outbound',
        agent_number: phone.from,
        external_number: phone.to,
        call_sid: phone.callSid ?? null,
        call_id: phone.sipCallId ?? null,
        ...(done ? { call_result: resultOf(phone) } : {}),
      },
      ...(done ? { error: errorOf(phone) } : {}),
    },
    transcript: done && !phone.cancelled && phone.fate === 'answered' ? spoken : [],
    conversation_initiation_client_data: {
      dynamic_variables: phone.attemptId === undefined ? {} : { donna_attempt_id: phone.attemptId },
      user_id: phone.userId ?? null,
    },
  };
}

const spoken: Conversation['transcript'] = [
  { role: 'agent', message: 'Hello, this is Donna.', time_in_call_secs: 1 },
  { role: 'user', message: 'Hello, this is the accounts department.', time_in_call_secs: 3 },
  { role: 'agent', message: 'Did you change your bank account?', time_in_call_secs: 6 },
  { role: 'user', message: 'No, we did not.', time_in_call_secs: 9 },
];

function statusAt(phone: Phone, nowMs: number): Conversation['status'] {
  if (nowMs >= phone.endMs + phone.processingMs) {
    return pickedUp(phone) || phone.fate === 'no-answer' || phone.cancelled ? 'done' : 'failed';
  }
  if (nowMs >= phone.endMs) return 'processing';
  return pickedUp(phone) && nowMs >= phone.rungMs ? 'in-progress' : 'initiated';
}

function resultOf(phone: Phone): 'answered' | 'voicemail' | 'busy' | 'no_answer' | 'failed' {
  // The provider does not know that we took the call back: for it nobody answered.
  if (phone.cancelled || phone.fate === 'no-answer') return 'no_answer';
  return phone.fate === 'declined' ? 'busy' : phone.fate;
}

function errorOf(phone: Phone) {
  const sip = { busy: '486: Busy here', declined: '603: Decline', failed: '503: Service unavailable' };
  if (phone.cancelled || !(phone.fate in sip)) return undefined;
  const reason = `INVITE failed: sip status: ${sip[phone.fate as keyof typeof sip]}`;
  return { code: 1011, reason, error_type: 'call_initialization_error' };
}

/** What Twilio shows of a call now; a trunk's calls are not Twilio's. */
export function carrierCallAt(phone: Phone, nowMs: number, startWallMs: number): TwilioCall | undefined {
  if (phone.callSid === undefined || nowMs < phone.startMs) return undefined;
  const status = carrierStatusAt(phone, nowMs);
  const over = nowMs >= phone.endMs;
  return {
    sid: phone.callSid,
    status,
    to: phone.to,
    from: phone.from,
    direction: 'outbound-api',
    date_created: new Date(startWallMs + phone.startMs).toUTCString(),
    start_time: new Date(startWallMs + phone.startMs).toUTCString(),
    duration: over ? String(pickedUp(phone) ? Math.ceil((phone.endMs - phone.rungMs) / 1000) : 0) : null,
    price: null,
  };
}

function carrierStatusAt(phone: Phone, nowMs: number): TwilioCall['status'] {
  if (nowMs >= phone.endMs) {
    if (phone.cancelled) return 'canceled';
    if (pickedUp(phone)) return 'completed';
    return phone.fate === 'declined' ? 'busy' : (phone.fate as 'busy' | 'failed' | 'no-answer');
  }
  if (pickedUp(phone) && nowMs >= phone.rungMs) return 'in-progress';
  return nowMs < phone.startMs + 200 ? 'queued' : 'ringing';
}
