import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carrierCallOf, conversationOf } from '../../test/fixtures/calls.ts';
import { type Conversation, conversation, conversationStatuses } from '../wire/elevenlabs/conversation.ts';
import { twilioCallStatuses } from '../wire/twilio/call.ts';
import { outcomeOf } from './outcome.ts';

const error = (code: number, reason: string, error_type?: string) => ({
  metadata: { error: { code, reason, ...(error_type ? { error_type } : {}) } },
  calleeSays: [],
});
const result = (call_result: string) => ({
  metadata: { phone_call: { type: 'twilio', direction: 'outbound', call_result } },
});

describe('outcomeOf: the errors of the provider, each on a call that says done and success', () => {
  it.each([
    [error(1008, "Missing required dynamic variables in tools: {'order_id'}"), 'failed', 'config', true],
    [error(1011, 'request timed out', 'no_answer'), 'no-answer', 'callee', false],
    [
      error(1011, 'transaction failed to complete (0 intermediate responses)', 'call_initialization_error'),
      'failed',
      'carrier',
      false,
    ],
    [error(1011, 'sip request timed out', 'call_initialization_error'), 'failed', 'carrier', false],
    [
      error(
        1011,
        'HTTP 401 error: Unable to create record: Primary compliance profile is not approved',
        'call_initialization_error',
      ),
      'failed',
      'config',
      false,
    ],
    [error(403, 'INVITE failed: sip status: 403: Forbidden (SIP 403)'), 'failed', 'config', false],
    [error(404, 'INVITE failed: sip status: 404: Not Found (SIP 404)'), 'failed', 'callee', false],
    [error(480, 'INVITE failed: sip status: 480: Unavailable (SIP 480)'), 'no-answer', 'callee', false],
    [error(486, 'INVITE failed: sip status: 486: Busy here (SIP 486)'), 'busy', 'callee', false],
    [error(603, 'INVITE failed'), 'declined', 'callee', false],
    [error(4300, 'Agent has exceeded its daily call limit of 50.'), 'failed', 'config', false],
    [error(3000, 'The conversation was stopped by a safety check.'), 'failed', 'provider', true],
    [error(1002, 'Credits are used up.'), 'failed', 'config', true],
    [error(9999, 'Something new.'), 'failed', 'provider', false],
  ])('%j is %s, up to %s, connected %s', (changes, kind, owner, connected) => {
    const outcome = outcomeOf(conversationOf(changes));
    expect(outcome).toMatchObject({ kind, owner, connected });
    expect(outcome.contradicts).toContain('"done" and "success"');
  });
});

describe('outcomeOf: the reasons for an end', () => {
  it.each([
    ['end_call tool was called.', 'answered'],
    ['Call ended by remote party', 'answered'],
    ['Client disconnected: 1000', 'answered'],
    ['Client disconnected: 1005', 'answered'],
    ['Ending conversation after 40 seconds of silence.', 'answered'],
    ['', 'answered'],
    ['voicemail_detection tool was called.', 'voicemail'],
    ['Conversation initialization failed', 'failed'],
    ["Missing required dynamic variables in first message: {'customer_name'}", 'failed'],
  ])('"%s" on a call that was spoken on is %s', (termination_reason, kind) => {
    expect(outcomeOf(conversationOf({ metadata: { termination_reason } })).kind).toBe(kind);
  });

  it('does not believe done and success where nobody was connected', () => {
    const outcome = outcomeOf(
      conversationOf({ calleeSays: [], metadata: { termination_reason: 'Client disconnected: 1005' } }),
    );
    expect(outcome).toMatchObject({ kind: 'failed', connected: false, human: 'no' });
    expect(outcome.contradicts).toContain('judges the goal');
  });

  it('says that the callee had picked up when a variable was missing', () => {
    const outcome = outcomeOf(
      conversationOf({
        calleeSays: [],
        metadata: { termination_reason: "Missing required dynamic variables in first message: {'x'}" },
      }),
    );
    expect(outcome).toMatchObject({ kind: 'failed', owner: 'config', connected: true, retryable: false });
    expect(outcome.fix).toContain('--var');
  });

  it('calls a silent call answered, and nobody a person', () => {
    const silent = conversationOf({
      calleeSays: ['...'],
      metadata: {
        call_duration_secs: 45,
        termination_reason: 'Ending conversation after 40 seconds of silence.',
      },
    });
    expect(outcomeOf(silent)).toMatchObject({ kind: 'answered', connected: true, human: 'unknown' });
  });
});

describe('outcomeOf: answered, a person, a machine', () => {
  it('takes two turns of talk for a person', () => {
    expect(outcomeOf(conversationOf())).toMatchObject({
      kind: 'answered',
      human: 'yes',
      contradicts: undefined,
    });
  });

  it('does not decide on a single turn', () => {
    expect(outcomeOf(conversationOf({ calleeSays: ['Hello?'] }))).toMatchObject({ human: 'unknown' });
  });

  it('knows a voicemail by the tool, the feature, the result, the words and by Twilio', () => {
    const feature = { features_usage: { voicemail_detection: { enabled: true, used: true } } };
    const voicemails = [
      outcomeOf(conversationOf({ metadata: { termination_reason: 'voicemail_detection tool was called.' } })),
      outcomeOf(conversationOf({ metadata: feature })),
      outcomeOf(conversationOf(result('voicemail'))),
      outcomeOf(conversationOf({ calleeSays: ['Please leave a message after the tone.'] })),
      outcomeOf(
        conversationOf({ calleeSays: ['You have reached Ada.'] }),
        carrierCallOf('completed', { answered_by: 'machine_end_beep' }),
      ),
    ];
    for (const outcome of voicemails) {
      expect(outcome).toMatchObject({ kind: 'voicemail', connected: true, human: 'no', retryable: true });
    }
  });

  it('calls a menu and a fax answered by a machine', () => {
    expect(outcomeOf(conversationOf({ calleeSays: ['For billing, press 2.', 'Press 1.'] }))).toMatchObject({
      kind: 'answered',
      human: 'no',
      sentence: expect.stringContaining('menu'),
    });
    const fax = carrierCallOf('completed', { answered_by: 'fax' });
    expect(outcomeOf(conversationOf({ calleeSays: ['krrr'] }), fax)).toMatchObject({ human: 'no' });
  });

  it('believes Twilio that a person picked up and said nothing', () => {
    const outcome = outcomeOf(
      conversationOf({ calleeSays: [], metadata: { call_duration_secs: 12 } }),
      carrierCallOf('completed', { answered_by: 'human' }),
    );
    expect(outcome).toMatchObject({ kind: 'answered', human: 'yes' });
    expect(outcome.sentence).toContain('nobody spoke');
  });

  it('says that Twilio heard a machine where the callee talked', () => {
    const outcome = outcomeOf(
      conversationOf({ calleeSays: ['Hello?', 'Yes.', 'On Monday.'] }),
      carrierCallOf('completed', { answered_by: 'machine_start' }),
    );
    expect(outcome).toMatchObject({ kind: 'answered', human: 'unknown' });
    expect(outcome.contradicts).toContain('heard a machine');
  });

  it('says that Twilio heard a person where the agent took a voicemail for one', () => {
    const outcome = outcomeOf(
      conversationOf(result('voicemail')),
      carrierCallOf('completed', { answered_by: 'human' }),
    );
    expect(outcome.kind).toBe('voicemail');
    expect(outcome.contradicts).toContain('heard a person');
  });
});

describe('outcomeOf: call_result', () => {
  it.each([
    ['answered', 'answered'],
    ['voicemail', 'voicemail'],
    ['busy', 'busy'],
    ['no_answer', 'no-answer'],
    ['failed', 'failed'],
  ])('%s without talk is %s', (word, kind) => {
    expect(outcomeOf(conversationOf({ ...result(word), calleeSays: [] })).kind).toBe(kind);
  });

  it('does not stumble over a word that the provider adds', () => {
    expect(outcomeOf(conversationOf(result('forwarded'))).kind).toBe('answered');
  });

  it('believes the transcript over busy', () => {
    const outcome = outcomeOf(conversationOf(result('busy')));
    expect(outcome.kind).toBe('answered');
    expect(outcome.contradicts).toBe('ElevenLabs says busy, but the callee spoke.');
  });
});

describe('outcomeOf: the carrier', () => {
  it.each([
    ['busy', 'busy'],
    ['no-answer', 'no-answer'],
    ['canceled', 'cancelled'],
    ['failed', 'failed'],
  ])('%s wins over done, success and answered', (status, kind) => {
    const outcome = outcomeOf(conversationOf(result('answered')), carrierCallOf(status));
    expect(outcome.kind).toBe(kind);
    expect(outcome.contradicts).toContain(`but Twilio's call is ${status}`);
    expect(outcome.evidence[0]).toBe(`Twilio's call: ${status}`);
  });

  it.each([
    [result('busy'), 'busy'],
    [result('no_answer'), 'no-answer'],
    [error(486, 'INVITE failed: sip status: 486: Busy here'), 'busy'],
    [error(1011, 'request timed out', 'no_answer'), 'no-answer'],
    [error(603, 'INVITE failed: sip status: 603: Decline'), 'declined'],
  ])('completed wins over %j', (changes, word) => {
    const outcome = outcomeOf(
      conversationOf({ ...changes, calleeSays: [] }),
      carrierCallOf('completed', { duration: '31' }),
    );
    expect(outcome).toMatchObject({ kind: 'answered', connected: true });
    expect(outcome.contradicts).toBe(`ElevenLabs says ${word}, but Twilio's call was picked up.`);
  });

  it('counts a failure in the middle of a call that was picked up as connected', () => {
    const outcome = outcomeOf(
      conversationOf({ status: 'failed', calleeSays: ['Hello?', 'Yes?'] }),
      carrierCallOf('completed'),
    );
    expect(outcome).toMatchObject({ kind: 'failed', connected: true, human: 'yes' });
  });

  it('ends a call that the provider still calls initiated', () => {
    const initiated = conversationOf({ status: 'initiated', calleeSays: [], success: null });
    expect(outcomeOf(initiated, carrierCallOf('busy')).kind).toBe('busy');
    expect(outcomeOf(initiated, carrierCallOf('completed'))).toMatchObject({
      kind: 'answered',
      sentence: expect.stringContaining('not known'),
    });
  });

  it('judges by the carrier alone', () => {
    expect(outcomeOf(undefined, carrierCallOf('no-answer'))).toMatchObject({ kind: 'no-answer' });
  });
});

describe('outcomeOf: what is not over', () => {
  it.each(['initiated', 'in-progress', 'processing', 'a-new-word'])('%s is unknown, not failed', (status) => {
    const running = conversationOf({ status, calleeSays: [], success: null });
    expect(outcomeOf(running)).toMatchObject({ kind: 'unknown', connected: status === 'in-progress' });
    expect(outcomeOf(running, carrierCallOf('ringing')).kind).toBe('unknown');
  });

  it('says that nothing is known where there is no record', () => {
    expect(outcomeOf(undefined)).toMatchObject({ kind: 'unknown', human: 'unknown', evidence: [] });
  });
});

const kinds = ['answered', 'voicemail', 'no-answer', 'busy', 'declined', 'failed', 'cancelled', 'unknown'];
const words = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'INVITE failed: sip status: 486: Busy here',
    'request timed out',
    'Missing required dynamic variables',
    'voicemail_detection tool was called.',
    'Conversation initialization failed',
  ),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const anyConversation: fc.Arbitrary<Conversation> = fc
  .record({
    agent_id: fc.string(),
    conversation_id: fc.string(),
    status: fc.oneof(fc.constantFrom(...conversationStatuses), fc.string()),
    metadata: fc.record(
      {
        call_duration_secs: maybe(fc.double({ noNaN: true, noDefaultInfinity: true })),
        termination_reason: maybe(words),
        error: maybe(
          fc.record(
            {
              code: fc.oneof(fc.integer(), fc.constantFrom(486, 1002, 1011, 3000)),
              reason: maybe(words),
              error_type: maybe(words),
            },
            { requiredKeys: ['code'] },
          ),
        ),
        phone_call: maybe(
          fc.record({
            direction: fc.constant('outbound'),
            call_result: maybe(
              fc.oneof(fc.string(), fc.constantFrom('answered', 'voicemail', 'busy', 'no_answer', 'failed')),
            ),
          }),
        ),
      },
      { requiredKeys: [] },
    ),
    analysis: maybe(
      fc.record({ call_successful: fc.oneof(fc.string(), fc.constantFrom('success', 'failure')) }),
    ),
    transcript: fc.array(
      fc.record({ role: fc.constantFrom('user', 'agent', 'other'), message: maybe(words) }),
      { maxLength: 5 },
    ),
  })
  .map((value) => conversation.parse(value));
const anyCarrierCall = fc
  .record({
    status: fc.oneof(fc.constantFrom(...twilioCallStatuses), fc.string()),
    answered_by: maybe(fc.oneof(fc.string(), fc.constantFrom('human', 'machine_start', 'fax'))),
  })
  .map(({ status, answered_by }) => carrierCallOf(status, { answered_by }));

describe('outcomeOf: whatever the records say', () => {
  it('gives one kind, an owner and a sentence, and never throws', () => {
    fc.assert(
      fc.property(
        fc.option(anyConversation, { nil: undefined }),
        fc.option(anyCarrierCall, { nil: undefined }),
        (record, carrierCall) => {
          const outcome = outcomeOf(record, carrierCall);
          expect(kinds).toContain(outcome.kind);
          expect(['donna', 'provider', 'carrier', 'callee', 'config']).toContain(outcome.owner);
          expect(outcome.sentence).not.toBe('');
          // Who was not reached is no person, and who was answered was connected.
          if (['busy', 'no-answer', 'declined', 'cancelled'].includes(outcome.kind)) {
            expect(outcome).toMatchObject({ connected: false, human: 'no' });
          }
          if (outcome.kind === 'answered' || outcome.kind === 'voicemail')
            expect(outcome.connected).toBe(true);
          if (outcome.human === 'yes') expect(outcome.connected).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('never calls a call answered that the carrier did not connect', () => {
    fc.assert(
      fc.property(anyConversation, fc.constantFrom('busy', 'no-answer', 'canceled'), (record, status) => {
        expect(['answered', 'voicemail']).not.toContain(outcomeOf(record, carrierCallOf(status)).kind);
      }),
      { numRuns: 500 },
    );
  });
});

it('calls an agent that said nothing to a callee who spoke a failure while connected, with a fix', () => {
  const conversation = conversationOf({ calleeSays: ['Hello?', 'Is anybody there?'] });
  const mute = {
    ...conversation,
    transcript: conversation.transcript.filter((turn) => turn.role === 'user'),
  };
  expect(outcomeOf(mute)).toMatchObject({
    kind: 'failed',
    owner: 'config',
    connected: true,
    human: 'yes',
    sentence: expect.stringContaining('the agent said nothing'),
    fix: expect.stringContaining('first message'),
  });
});
