import { describe, expect, it } from 'vitest';
import type { TwilioCall } from '../../wire/twilio/call.ts';
import { type InitiationFailure, outcomeOfFailure } from './outcome-of-failure.ts';

const twilio = (CallStatus: string, SipResponseCode: string, reason = 'unknown') =>
  told(reason, { type: 'twilio', body: { CallStatus, SipResponseCode } });
const sip = (code: number, words: string, reason = 'unknown') =>
  told(reason, {
    type: 'sip',
    body: {
      sip_status_code: code,
      error_reason: `INVITE failed: sip status: ${code}: ${words} (SIP ${code})`,
    },
  });

function told(failure_reason: string, metadata: object): InitiationFailure {
  return { agent_id: 'agent_1', conversation_id: 'conv_1', failure_reason, metadata } as InitiationFailure;
}

describe('outcomeOfFailure', () => {
  it.each([
    ['Twilio’s busy', twilio('busy', '487', 'busy'), 'busy', true],
    ['a decline that is called busy', twilio('busy', '603', 'busy'), 'declined', true],
    ['a ring without end', twilio('no-answer', '487', 'no-answer'), 'no-answer', true],
    ['a call that was taken back', twilio('canceled', '487'), 'cancelled', false],
    ['a number that does not exist', twilio('failed', '404'), 'failed', false],
    ['SIP 486', sip(486, 'Busy here', 'busy'), 'busy', true],
    ['SIP 603', sip(603, 'Decline', 'busy'), 'declined', true],
    ['SIP 480', sip(480, 'Temporarily unavailable'), 'no-answer', true],
    ['SIP 503', sip(503, 'Service unavailable'), 'failed', true],
    ['a trunk that refuses the call', sip(403, 'Forbidden'), 'failed', false],
    ['a reason without a body', told('no-answer', { type: 'new' }), 'no-answer', true],
    ['no reason at all', told('unknown', { type: 'twilio' }), 'failed', true],
  ])('reads %s', (_, failure, kind, retryable) => {
    expect(outcomeOfFailure(failure)).toMatchObject({ kind, retryable, connected: false, human: 'no' });
  });

  it('names who has to act, and the fix', () => {
    expect(outcomeOfFailure(sip(403, 'Forbidden'))).toMatchObject({
      owner: 'config',
      fix: expect.stringContaining('trunk'),
    });
    expect(outcomeOfFailure(twilio('failed', ''))).toMatchObject({ owner: 'carrier' });
  });

  it('believes the carrier’s own record before the event', () => {
    const outcome = outcomeOfFailure(twilio('busy', '', 'busy'), {
      sid: 'CA1',
      status: 'no-answer',
    } as TwilioCall);
    expect(outcome.kind).toBe('no-answer');
    expect(outcome.evidence[0]).toBe("Twilio's call: no-answer");
  });
});
