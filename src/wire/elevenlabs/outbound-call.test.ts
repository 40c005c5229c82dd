import { describe, expect, it } from 'vitest';
import {
  outboundCall,
  sipOutboundCallReply,
  twilioOutboundCall,
  twilioOutboundCallReply,
} from './outbound-call.ts';

const call = { agent_id: 'agent_1', agent_phone_number_id: 'phnum_1', to_number: '+12125550142' };

describe('the body of an outbound call', () => {
  it('needs three ids and no more', () => {
    expect(outboundCall.parse(call)).toEqual(call);
    expect(twilioOutboundCall.parse(call)).toEqual(call);
    for (const field of Object.keys(call)) {
      const { error } = outboundCall.safeParse({ ...call, [field]: undefined });
      expect(error?.issues.map((issue) => issue.path)).toEqual([[field]]);
    }
  });

  it.each(['dynamic_variables', 'phone_number_id', 'from_number', 'to', 'agentId', 'first_message'])(
    'refuses %s at its root, which the provider would ignore in silence',
    (field) => {
      const { error } = twilioOutboundCall.safeParse({ ...call, [field]: {} });
      expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: [field], path: [] }]);
    },
  );

  it('takes call_recording_enabled on Twilio alone', () => {
    expect(twilioOutboundCall.safeParse({ ...call, call_recording_enabled: true }).success).toBe(true);
    expect(outboundCall.safeParse({ ...call, call_recording_enabled: true }).success).toBe(false);
  });

  it.each([
    [1, true],
    [999, true],
    [0, false],
    [1000, false],
    [30.5, false],
  ])('lets a phone ring for %d seconds: %s', (ringing_timeout_secs, fine) => {
    expect(outboundCall.safeParse({ ...call, telephony_call_config: { ringing_timeout_secs } }).success).toBe(
      fine,
    );
  });
});

describe('the reply to an outbound call', () => {
  const refused = {
    success: false,
    message: 'The number is unverified.',
    conversation_id: null,
  };

  it('reads a refusal, whose ids are null', () => {
    expect(twilioOutboundCallReply.parse({ ...refused, callSid: null }).success).toBe(false);
    expect(sipOutboundCallReply.parse({ ...refused, sip_call_id: null }).success).toBe(false);
  });

  it('reads a reply without ids, and keeps fields that it does not know', () => {
    const reply = { success: true, message: 'Success', queued_for_secs: 3 };
    expect(twilioOutboundCallReply.parse(reply)).toEqual(reply);
  });

  it('reads no reply that does not say whether the dial was accepted', () => {
    expect(twilioOutboundCallReply.safeParse({ message: 'Success', callSid: 'CA1' }).success).toBe(false);
  });
});
