import { describe, expect, it } from 'vitest';
import {
  attemptId,
  callId,
  memoryCalls,
  otherAttemptId,
  storedCall,
} from '../../../test/fixtures/stored-calls.ts';
import { AppError } from '../../kernel/errors.ts';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import { type Conversation, conversation } from '../../wire/elevenlabs/conversation.ts';
import type { TwilioCall } from '../../wire/twilio/call.ts';
import type { CallRecord } from '../call-records.ts';
import type { StoredCall } from '../call-store.ts';
import type { InboxItem } from '../service-ports.ts';
import { createTakeIn } from './take-in.ts';

const sid = `CA${'1'.repeat(32)}`;

interface Around {
  readonly conversation?: Conversation | undefined;
  readonly carrier?: TwilioCall | undefined | 'silent';
  readonly without?: 'carrier';
}

function setUp(call: StoredCall, around: Around = {}) {
  const clock = createVirtualClock();
  const calls = memoryCalls(clock, call);
  const wiped: string[] = [];
  const written: string[] = [];
  const takeIn = createTakeIn({
    ...calls,
    clock,
    provider: {
      conversation: async (id) =>
        around.conversation?.conversation_id === id ? around.conversation : undefined,
    },
    carrier:
      around.without === 'carrier'
        ? undefined
        : {
            async call() {
              if (around.carrier === 'silent') throw new AppError('provider-unreachable', 'no answer');
              return around.carrier;
            },
          },
    wipe: async (ids) => void wiped.push(...ids),
    written: (attempt) => written.push(attempt.attemptId),
  });
  return { clock, takeIn, wiped, written, ...calls };
}

function talked(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    agent_id: 'agent_1',
    conversation_id: 'conv_1',
    status: 'done',
    metadata: {
      call_duration_secs: 21,
      cost_fiat: 0.07,
      termination_reason: 'Call ended by remote party',
      phone_call: { direction: 'outbound', type: 'twilio', call_sid: sid, external_number: '+12125550142' },
    },
    transcript: [
      { role: 'agent', message: 'Hello, this is Donna.', time_in_call_secs: 0 },
      { role: 'user', message: 'Hello, yes.', time_in_call_secs: 3 },
      { role: 'user', message: 'That is right.', time_in_call_secs: 8 },
    ],
    conversation_initiation_client_data: { dynamic_variables: { donna_attempt_id: attemptId } },
    ...change,
  };
}

const item = (body: Record<string, unknown>, change: Partial<InboxItem> = {}): InboxItem => ({
  id: 1,
  type: String(body.type),
  conversationId: 'conv_1',
  attemptId: undefined,
  receivedMs: 0,
  eventMs: 0,
  body,
  tries: 0,
  ...change,
});
const transcription = (data = talked(), change: Partial<InboxItem> = {}) =>
  item({ type: 'post_call_transcription', event_timestamp: 1, data }, change);
const failure = (metadata: object, reason = 'busy', change: Partial<InboxItem> = {}) =>
  item(
    {
      type: 'call_initiation_failure',
      event_timestamp: 1,
      data: { agent_id: 'agent_1', conversation_id: 'conv_1', failure_reason: reason, metadata },
    },
    change,
  );
const twilioBusy = { type: 'twilio', body: { CallSid: sid, CallStatus: 'busy', SipResponseCode: '487' } };

describe('what comes late about an attempt that another one follows', () => {
  const scheduled = {
    id: otherAttemptId,
    number: 2,
    ids: {},
    state: 'scheduled',
    dueMs: 0,
    heldBy: undefined,
  } as const;

  function second(earlier: 'unknown' | 'answered') {
    const clock = createVirtualClock();
    const calls = memoryCalls(clock, storedCall(scheduled));
    const attempt = {
      id: attemptId,
      number: 1,
      tries: 0,
      ids: {},
      state: 'ended',
      outcome: { kind: earlier },
    };
    const takeIn = createTakeIn({
      ...calls,
      store: { ...calls.store, findAttempt: async (ids) => ids.attemptId },
      clock,
      provider: { conversation: async () => undefined },
      records: { get: async () => ({ ...calls.call(), attempts: [{ attempt }] }) as unknown as CallRecord },
    });
    return { ...calls, takeIn };
  }

  it('keeps the next one from being dialled where it had reached them', async () => {
    const { takeIn, call } = second('unknown');
    expect(await takeIn(transcription())).toEqual({ kind: 'done', note: 'Taken in.' });
    expect(call().life).toMatchObject({
      attempt: { id: otherAttemptId, state: 'ended', outcome: { kind: 'cancelled' } },
      result: { kind: 'answered' },
    });
  });

  it('changes nothing where a person retried a call that was known to be answered', async () => {
    const { takeIn, call } = second('answered');
    await takeIn(transcription());
    expect(call().life.attempt.state).toBe('scheduled');
  });
});

describe('createTakeIn', () => {
  it('ends the attempt that a conversation carries, and counts what it took', async () => {
    const { takeIn, call, effects, written } = setUp(storedCall());
    expect(await takeIn(transcription())).toEqual({ kind: 'done', note: 'Taken in.' });
    expect(written).toEqual([attemptId]);
    expect(call().life.result).toMatchObject({ kind: 'answered', human: 'yes' });
    expect(effects).toContainEqual({ kind: 'spend', spent: { seconds: 21, cents: 7 } });
  });

  it.each(['dialing', 'unknown'] as const)(
    'ends an attempt that is %s: it is faster than the reply',
    async (state) => {
      const { takeIn, call } = setUp(storedCall({ state, ids: {}, why: '', asked: false } as object));
      await takeIn(transcription());
      expect(call().life.attempt).toMatchObject({
        state: 'ended',
        ids: { conversationId: 'conv_1', callSid: sid },
      });
    },
  );

  it('changes nothing the second time', async () => {
    const { takeIn, call, effects } = setUp(storedCall());
    await takeIn(transcription());
    const [ended, asked] = [call(), effects.length];
    expect(await takeIn(transcription())).toMatchObject({
      kind: 'done',
      note: expect.stringContaining('known already'),
    });
    expect(call()).toBe(ended);
    expect(effects).toHaveLength(asked);
  });

  it('passes on that the callee wants no calls', async () => {
    const { takeIn, effects, call } = setUp(storedCall());
    const transcript = [{ role: 'user', message: 'Do not call me again.', time_in_call_secs: 3 }];
    await takeIn(transcription(talked({ transcript })));
    expect(effects).toContainEqual({ kind: 'suppress', wish: 'asked-not-to-be-called' });
    expect(call().life.result).toMatchObject({ retryable: false });
  });

  it.each([
    [
      'carries the attempt of another Donna',
      { conversation_initiation_client_data: { dynamic_variables: { donna_attempt_id: otherAttemptId } } },
    ],
    ['is another conversation than the attempt has', { conversation_id: 'conv_2' }],
    [
      'is a call to another number',
      {
        metadata: {
          call_duration_secs: 9,
          phone_call: { direction: 'outbound', type: 'twilio', external_number: '+12125550199' },
        },
      },
    ],
    [
      'came in',
      { metadata: { phone_call: { direction: 'inbound', type: 'twilio', external_number: '+12125550142' } } },
    ],
  ])('never adopts what %s', async (_, change) => {
    const { takeIn, call } = setUp(storedCall());
    const before = call();
    expect(await takeIn(transcription(talked(change)))).toMatchObject({ kind: 'done' });
    expect(call()).toBe(before);
  });

  it('finds the attempt by the conversation where nothing is carried', async () => {
    const { takeIn, call } = setUp(storedCall());
    await takeIn(transcription(talked({ conversation_initiation_client_data: null })));
    expect(call().life.attempt.state).toBe('ended');
  });

  it('waits for a call that is not known yet, for ten minutes together', async () => {
    const { takeIn, clock } = setUp(storedCall({ ids: {} }));
    const unknown = talked({ conversation_initiation_client_data: null });
    let waited = 0;
    for (let tries = 0; ; tries++) {
      const taken = await takeIn(transcription(unknown, { tries }));
      if (taken.kind === 'done') {
        expect(taken.note).toBe('unknown call');
        break;
      }
      waited += taken.dueMs - clock.now();
    }
    expect(waited).toBe(600_000);
  });

  it('believes the carrier before the provider', async () => {
    const carrier = { sid, status: 'no-answer' } as TwilioCall;
    const { takeIn, call } = setUp(storedCall(), { carrier });
    await takeIn(
      transcription(
        talked({
          transcript: [],
          metadata: { call_duration_secs: 0, phone_call: { direction: 'outbound', call_sid: sid } },
        }),
      ),
    );
    // Talked with, says the provider; the carrier knows that it rang out, and the retry table follows the carrier.
    expect(call().life.attempt).toMatchObject({ number: 2, state: 'scheduled' });
  });

  it.each(['silent', { sid, status: 'in-progress' } as TwilioCall] as const)(
    'asks the carrier again a few times, and then does without',
    async (carrier) => {
      const { takeIn, call } = setUp(storedCall(), { carrier });
      expect(await takeIn(transcription())).toMatchObject({ kind: 'later' });
      expect(await takeIn(transcription(talked(), { tries: 4 }))).toMatchObject({ kind: 'done' });
      expect(call().life.result).toMatchObject({ kind: 'answered' });
    },
  );

  it('follows on what is not over yet', async () => {
    const { takeIn, call } = setUp(
      storedCall({ state: 'unknown', ids: {}, why: '', asked: false } as object),
    );
    const data = talked({ status: 'processing' });
    expect(await takeIn(transcription(data))).toMatchObject({ note: expect.stringContaining('polling') });
    expect(call().life.attempt).toMatchObject({ state: 'accepted', ids: { conversationId: 'conv_1' } });
  });

  it('ends a failed dial by its conversation', async () => {
    const { takeIn, call } = setUp(storedCall());
    await takeIn(failure(twilioBusy));
    // Busy is tried again by the retry table, as a new attempt of the same call.
    expect(call().life.attempt).toMatchObject({ number: 2, state: 'scheduled' });
  });

  it('finds a failed dial whose reply was lost by what its conversation carries', async () => {
    const lost = { state: 'unknown', ids: {}, why: '', asked: false } as object;
    const { takeIn, call } = setUp(storedCall(lost), {
      conversation: conversation.parse(talked({ status: 'failed' })),
    });
    await takeIn(failure(twilioBusy));
    expect(call().life.attempt.number).toBe(2);
  });

  it('leaves a failed dial that the carrier saw answered to the polls', async () => {
    const { takeIn, call } = setUp(storedCall(), { carrier: { sid, status: 'completed' } as TwilioCall });
    expect(await takeIn(failure(twilioBusy))).toMatchObject({ note: expect.stringContaining('answered') });
    expect(call().life.attempt.state).toBe('accepted');
  });

  it('reads the conversation where traces or an unknown shape were sent', async () => {
    for (const body of [
      { type: 'post_call_transcription_otel', event_timestamp: 1, data: { otlp_traces: {} } },
      { type: 'post_call_transcription', event_timestamp: 1, data: { conversation_id: 'conv_1', status: 7 } },
    ]) {
      const { takeIn, call } = setUp(storedCall(), { conversation: conversation.parse(talked()) });
      expect(await takeIn(item(body))).toEqual({ kind: 'done', note: 'Taken in.' });
      expect(call().life.result).toMatchObject({ kind: 'answered' });
      expect(call().life.callId).toBe(callId);
    }
  });

  it('shows what machine detection heard, and nothing else of it', async () => {
    const { takeIn, call } = setUp(storedCall());
    const body = {
      type: 'answering_machine_detection',
      data: { conversation_id: 'conv_1', answered_by: 'machine_start' },
    };
    expect(await takeIn(item(body))).toEqual({ kind: 'done', note: 'Taken in.' });
    expect(call().life.attempt.state).toBe('accepted');
  });

  it('erases what comes late for a person who was forgotten', async () => {
    const ended = storedCall({ state: 'ended' } as object);
    const forgotten = { ...ended, plan: { ...ended.plan, to: '' as typeof ended.plan.to } };
    for (const late of [
      transcription(),
      item({ type: 'post_call_audio', data: { conversation_id: 'conv_1' } }),
    ]) {
      const { takeIn, wiped } = setUp(forgotten);
      expect(await takeIn(late)).toMatchObject({ note: 'Erased: the person was forgotten.' });
      expect(wiped).toEqual([callId]);
    }
  });

  it.each([
    ['a recording', item({ type: 'post_call_audio', data: { conversation_id: 'conv_1' } })],
    ['an event that came later', item({ type: 'post_call_poem', data: {} })],
    ['a shape that nobody knows', item({ type: 'answering_machine_detection', data: 7 })],
  ])('keeps %s', async (_, delivery) => {
    const { takeIn, call } = setUp(storedCall());
    const before = call();
    expect(await takeIn(delivery)).toMatchObject({ kind: 'done' });
    expect(call()).toBe(before);
  });
});
