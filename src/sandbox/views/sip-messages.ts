import type { CallAt } from '../telephony/call-at.ts';

/** The messages of a call on a SIP trunk as far as they have been exchanged; other lines have none. */
export function sipMessagesOf(call: CallAt, nowMs: number) {
  const { record, timeline } = call;
  if (record.line.provider !== 'sip_trunk') return [];
  const code = timeline.sipCode ?? 200;
  const steps: [afterMs: number, direction: 'in' | 'out', first: string, error: string][] = [
    [0, 'out', `INVITE sip:${record.to}@sip.example.com SIP/2.0`, ''],
    [10, 'in', 'SIP/2.0 100 Trying', ''],
  ];
  if (!record.refused) steps.push([300, 'in', 'SIP/2.0 180 Ringing', '']);
  const answerMs = timeline.answeredMs ?? timeline.endedMs;
  const failed = timeline.answeredMs === undefined;
  steps.push([
    Math.max(answerMs, 20),
    'in',
    failed ? `SIP/2.0 ${code} ${timeline.error?.reason ?? 'Failed'}` : 'SIP/2.0 200 OK',
    failed ? (timeline.error?.reason ?? '') : '',
  ]);
  if (!failed) steps.push([timeline.endedMs, 'out', `BYE sip:${record.to}@sip.example.com SIP/2.0`, '']);
  return steps
    .filter(([afterMs]) => record.dialled_at_ms + afterMs <= nowMs || record.refused)
    .map(([afterMs, direction, first, error]) => ({
      call_id: record.call_sid,
      phone_numbers: [record.line.phone_number, record.to],
      local_address: '192.0.2.10:5061',
      remote_address: '192.0.2.20:5061',
      transport: 'tls',
      raw_message: `${first}\r\nCall-ID: ${record.call_sid}\r\nFrom: <sip:${record.line.phone_number}@sip.example.com>\r\nTo: <sip:${record.to}@sip.example.com>\r\n\r\n`,
      error_message: error,
      direction,
      created_at_unix_micro: Math.round((record.dialled_at_ms + afterMs) * 1000),
    }));
}
