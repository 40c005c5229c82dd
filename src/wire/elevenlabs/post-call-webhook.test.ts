import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPostCallWebhook } from './post-call-webhook.ts';

const ids = { agent_id: 'agent_1', conversation_id: 'conv_1' };
const event_timestamp = 1_700_000_000;

const known = {
  post_call_transcription: { ...ids, status: 'done', metadata: { call_duration_secs: 12 }, transcript: [] },
  post_call_transcription_otel: { otlp_traces: { resourceSpans: [] } },
  post_call_audio: { ...ids, full_audio: '//uQxAAA' },
  call_initiation_failure: {
    ...ids,
    failure_reason: 'busy',
    metadata: {
      type: 'twilio',
      body: { CallSid: 'CA1', CallStatus: 'busy', SipResponseCode: '487', CallDuration: '0' },
    },
  },
  answering_machine_detection: { ...ids, answered_by: 'machine_start' },
};

describe('a delivery after a call', () => {
  it.each(Object.entries(known))('is known as %s', (type, data) => {
    const event = { type, event_timestamp, data };
    expect(readPostCallWebhook(event)).toEqual({ kind: 'known', event });
  });

  it('tells what the SIP trunk said, with numbers of either type', () => {
    const body = {
      from_number: '+12125550100',
      to_number: 12125550142,
      sip_status_code: 486,
      error_reason: 'INVITE failed: sip status: 486: Busy here (SIP 486)',
      call_sid: 'SCL_1',
    };
    const data = { ...ids, failure_reason: 'busy', metadata: { type: 'sip', body } };
    const found = readPostCallWebhook({ type: 'call_initiation_failure', event_timestamp, data });
    expect(found).toMatchObject({ kind: 'known', event: { data: { metadata: { body } } } });
  });

  it('may have a reason or a carrier that came after this was written', () => {
    const data = { ...ids, failure_reason: 'declined', metadata: { type: 'pigeon', body: { feathers: 2 } } };
    const event = { type: 'call_initiation_failure', event_timestamp, data };
    expect(readPostCallWebhook(event)).toEqual({ kind: 'known', event });
  });

  it('is kept as it is when its type is not known', () => {
    const event = { type: 'post_call_survey', event_timestamp, data: { stars: 5 } };
    expect(readPostCallWebhook(event)).toEqual({ kind: 'other', type: 'post_call_survey', event });
  });

  it('is malformed when a known type has the wrong fields, and each fault names its place', () => {
    expect(
      readPostCallWebhook({ type: 'post_call_audio', data: { agent_id: 'agent_1', full_audio: 1 } }),
    ).toEqual({
      kind: 'malformed',
      faults: [
        expect.stringMatching(/^event_timestamp: /),
        expect.stringMatching(/^data\.conversation_id: /),
        expect.stringMatching(/^data\.full_audio: /),
      ],
    });
  });

  it('is malformed when it is no event at all', () => {
    for (const body of [null, undefined, 'text', [], {}, { type: 7 }]) {
      expect(readPostCallWebhook(body).kind).toBe('malformed');
    }
  });

  it('is read without an exception, whatever it is', () => {
    const types = fc.oneof(fc.constantFrom(...Object.keys(known)), fc.string());
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ type: types, data: fc.anything() })), (body) => {
        expect(['known', 'other', 'malformed']).toContain(readPostCallWebhook(body).kind);
      }),
    );
  });
});
