import { describe, expect, it } from 'vitest';
import {
  attemptOf,
  carrierFactsOf,
  conversationFactsOf,
  LINE,
  T0,
} from '../../../test/fixtures/ledger-records.ts';
import type { LedgerFacts } from './anomalies/anomaly.ts';
import { findAnomalies } from './find-anomalies.ts';
import { matchRecords, type Records } from './match-records.ts';

const MINUTE = 60_000;

function find(records: Partial<Records>, changes: Partial<LedgerFacts> = {}) {
  const entries = matchRecords({ conversations: [], carrierCalls: [], attempts: [], ...records });
  return findAnomalies({
    entries,
    twilioLines: new Set([LINE]),
    nowMs: T0 + 86_400_000,
    wouldBeKnown: () => true,
    everyAgent: true,
    ...changes,
  });
}
const kinds = (...args: Parameters<typeof find>) => find(...args).map(({ kind }) => kind);
/** The same call again, so much later. */
const twice = (afterMs: number, second: Parameters<typeof conversationFactsOf>[0] = {}, first = {}) => [
  conversationFactsOf({ id: 'conv_1', ...first }),
  conversationFactsOf({ id: 'conv_2', atMs: T0 + afterMs, ...second }),
];
const died = { outcome: 'failed', connected: true, talked: false, credits: 0 } as const;

describe('a duplicate dial', () => {
  it('is the same purpose between the same numbers within ten minutes', () => {
    const [found] = find({ conversations: twice(4_000) });
    expect(found).toMatchObject({ kind: 'duplicate-dial', entry: { conversation: { id: 'conv_2' } } });
    expect(found?.evidence).toBe('The same agent and variables, 4 s after conv_1 (answered).');
    expect(kinds({ conversations: twice(10 * MINUTE) })).toHaveLength(1);
    expect(kinds({ conversations: twice(10 * MINUTE + 1) })).toEqual([]);
  });

  it('is each dial beyond the first', () => {
    const conversations = [...twice(1_000), conversationFactsOf({ id: 'conv_3', atMs: T0 + 3_000 })];
    expect(kinds({ conversations })).toEqual(['duplicate-dial', 'duplicate-dial']);
  });

  it.each([
    ['another purpose or agent', { purpose: 'invoice 2' }],
    ['another number', { to: '+12125550143' }],
    ['another line', { from: '+12125550103' }],
    ['30 minutes later', { atMs: T0 + 30 * MINUTE }],
  ])('is not a call with %s', (_, second) => {
    expect(kinds({ conversations: twice(4_000, second) })).toEqual([]);
  });

  it('is not what follows a dial that was refused: no phone rang', () => {
    const refused = {
      outcome: 'failed',
      connected: false,
      talked: false,
      doneAndSuccess: false,
      credits: 0,
    } as const;
    expect(kinds({ conversations: twice(4_000, {}, refused) })).toEqual([]);
  });

  it('is not a repetition that a person asked for, nor our own retry of a call that reached nobody', () => {
    const attempts = [attemptOf('ended'), attemptOf('ended', { attempt: 'att_2' })];
    const first = { attempt: 'att_1' };
    const second = { attempt: 'att_2' };
    expect(kinds({ conversations: twice(90_000, second, first), attempts })).toEqual(['duplicate-dial']);
    const again = [attemptOf('ended'), attemptOf('ended', { attempt: 'att_2', again: true })];
    expect(kinds({ conversations: twice(90_000, second, first), attempts: again })).toEqual([]);
    const busy = { ...first, outcome: 'busy', connected: false, doneAndSuccess: false, credits: 0 } as const;
    expect(kinds({ conversations: twice(90_000, second, busy), attempts })).toEqual([]);
  });

  it('is one attempt id on two calls, however far apart', () => {
    const carried = { attempt: 'att_1', purpose: 'x' };
    const conversations = twice(47 * MINUTE, carried, { attempt: 'att_1' });
    expect(kinds({ conversations })).toEqual(['duplicate-dial']);
    expect(find({ conversations, attempts: [attemptOf('ended')] })[0]?.evidence).toContain('att_1');
  });
});

describe('a call that nobody asked for', () => {
  it('comes from a line, with no conversation and no attempt', () => {
    const [found] = find({ carrierCalls: [carrierFactsOf()] });
    expect(found).toMatchObject({ kind: 'unasked-call', entry: { carrierCall: { sid: 'CA1' } } });
  });

  it.each([
    ['a call that came in', { direction: 'inbound' }],
    ['a call from a number that is no line', { from: '+12125550102' }],
    ['a leg', { direction: 'outbound-dial', parentSid: 'CA0' }],
    ['a call that still runs', { status: 'in-progress' }],
    ['a call of the last minutes', { atMs: T0 + 86_400_000 - 4 * MINUTE }],
  ])('is not %s', (_, changes) => {
    expect(kinds({ carrierCalls: [carrierFactsOf(changes)] })).toEqual([]);
  });

  it('is not told where a conversation may have been passed over', () => {
    const carrierCalls = [carrierFactsOf()];
    expect(kinds({ carrierCalls }, { wouldBeKnown: () => false })).toEqual([]);
    expect(kinds({ carrierCalls }, { everyAgent: false })).toEqual([]);
  });
});

describe('a false success', () => {
  it('is done and a success, and never connected', () => {
    const notReached = { outcome: 'no-answer', connected: false, talked: false, credits: 0 } as const;
    expect(kinds({ conversations: [conversationFactsOf(notReached)] })).toEqual(['false-success']);
    expect(kinds({ conversations: [conversationFactsOf(died)] })).toEqual(['false-success']);
  });

  it.each([
    ['a conversation that somebody had', {}],
    ['a voicemail', { outcome: 'voicemail' }],
    ['a call that broke in the middle', { outcome: 'failed' }],
    ['a call that still runs', { outcome: 'unknown', connected: false, talked: false }],
    ['a failure that is called one', { ...died, doneAndSuccess: false }],
  ] as const)('is not %s', (_, changes) => {
    expect(kinds({ conversations: [conversationFactsOf(changes)] })).toEqual([]);
  });
});

describe('a billed failure', () => {
  const failure = { ...died, doneAndSuccess: false, callSid: 'CA1' };

  it('is charged by the carrier, in credits, or in dollars, and never connected', () => {
    const byCarrier = find({
      conversations: [conversationFactsOf(failure)],
      carrierCalls: [carrierFactsOf()],
    });
    expect(byCarrier.map(({ kind, evidence }) => [kind, evidence])).toEqual([
      ['billed-failure', 'Charged 0.014 USD by Twilio: A person answered.'],
    ]);
    expect(kinds({ conversations: [conversationFactsOf({ ...failure, credits: 5 })] })).toEqual([
      'billed-failure',
    ]);
    const dollars = { micros: 1, currency: 'USD' };
    expect(kinds({ conversations: [conversationFactsOf({ ...failure, dollars })] })).toEqual([
      'billed-failure',
    ]);
  });

  it('is not a failure that cost nothing, nor a call that connected', () => {
    const free = { micros: 0, currency: 'USD' };
    const conversations = [conversationFactsOf(failure)];
    expect(kinds({ conversations, carrierCalls: [carrierFactsOf({ price: free })] })).toEqual([]);
    expect(kinds({ conversations, carrierCalls: [carrierFactsOf({ price: undefined })] })).toEqual([]);
    expect(
      kinds({ conversations: [conversationFactsOf({ callSid: 'CA1' })], carrierCalls: [carrierFactsOf()] }),
    ).toEqual([]);
  });
});

describe('an attempt that was placed after all', () => {
  it.each(['dialing', 'unknown', 'withdrawn', 'not-placed'] as const)(
    'is %s and has a conversation',
    (state) => {
      const conversations = [conversationFactsOf({ attempt: 'att_1' })];
      expect(kinds({ conversations, attempts: [attemptOf(state)] })).toEqual(['placed-after-all']);
    },
  );

  it('is open and has a call of the carrier by number and time, which then is no call that nobody asked for', () => {
    const [found, ...others] = find({ carrierCalls: [carrierFactsOf()], attempts: [attemptOf('unknown')] });
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      kind: 'placed-after-all',
      evidence: expect.stringContaining('by number and time'),
    });
  });

  it('is not one that was accepted, that was refused and left a failed conversation, or that begins just now', () => {
    const conversations = [conversationFactsOf({ attempt: 'att_1' })];
    expect(kinds({ conversations, attempts: [attemptOf('accepted')] })).toEqual([]);
    const refused = {
      outcome: 'failed',
      connected: false,
      talked: false,
      doneAndSuccess: false,
      credits: 0,
    } as const;
    const failed = [conversationFactsOf({ attempt: 'att_1', ...refused })];
    expect(kinds({ conversations: failed, attempts: [attemptOf('not-placed')] })).toEqual([]);
    expect(kinds({ conversations, attempts: [attemptOf('dialing')] }, { nowMs: T0 + MINUTE })).toEqual([]);
  });
});

describe('a call without a conversation', () => {
  const accepted = attemptOf('accepted', { ids: { conversationId: 'conv_gone', callSid: 'CA1' } });

  it('is an attempt that was accepted, with or without the carrier’s call', () => {
    expect(find({ attempts: [accepted] })[0]).toMatchObject({
      kind: 'no-conversation',
      evidence: 'Accepted, and ElevenLabs has no conversation conv_gone.',
    });
    expect(kinds({ attempts: [accepted], carrierCalls: [carrierFactsOf()] })).toEqual(['no-conversation']);
  });

  it('is not one that was never placed, that is open without a trace, or that the agent keeps no longer', () => {
    for (const state of ['not-placed', 'withdrawn', 'unknown', 'dialing'] as const)
      expect(kinds({ attempts: [attemptOf(state)] })).toEqual([]);
    expect(kinds({ attempts: [accepted] }, { wouldBeKnown: () => false })).toEqual([]);
  });
});
