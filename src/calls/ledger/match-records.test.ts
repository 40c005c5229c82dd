import { describe, expect, it } from 'vitest';
import { attemptOf, carrierFactsOf, conversationFactsOf, T0 } from '../../../test/fixtures/ledger-records.ts';
import { matchRecords, type Records } from './match-records.ts';

const match = (records: Partial<Records>) =>
  matchRecords({ conversations: [], carrierCalls: [], attempts: [], ...records }).map(
    ({ conversation, carrierCall, attempt, joinedBy }) => [
      conversation?.id,
      carrierCall?.sid,
      attempt?.attempt,
      joinedBy,
    ],
  );

describe('matchRecords', () => {
  it('joins by Call SID, and by the attempt id that a conversation carries', () => {
    const conversations = [conversationFactsOf({ callSid: 'CA1', attempt: 'att_1' })];
    // Seven hours off: where ids speak, time does not.
    const carrierCalls = [carrierFactsOf({ atMs: T0 + 7 * 3600_000 })];
    expect(match({ conversations, carrierCalls, attempts: [attemptOf('unknown')] })).toEqual([
      ['conv_1', 'CA1', 'att_1', 'ids'],
    ]);
  });

  it.each([
    ['user id', conversationFactsOf({ userId: 'att_1' }), attemptOf('unknown')],
    ['conversation id', conversationFactsOf(), attemptOf('ended', { ids: { conversationId: 'conv_1' } })],
    ['Call SID', conversationFactsOf({ callSid: 'CA1' }), attemptOf('ended', { ids: { callSid: 'CA1' } })],
  ])('joins an attempt by %s', (_, conversation, attempt) => {
    expect(match({ conversations: [conversation], attempts: [attempt] })).toEqual([
      ['conv_1', undefined, 'att_1', 'ids'],
    ]);
  });

  it('joins a conversation without an id of the carrier by number and time, to the nearest call', () => {
    const conversations = [conversationFactsOf({ from: '+1 (212) 555-0100' })];
    const carrierCalls = [
      carrierFactsOf({ sid: 'CA-far', atMs: T0 + 90_000 }),
      carrierFactsOf({ sid: 'CA-near', atMs: T0 + 2_000 }),
    ];
    expect(match({ conversations, carrierCalls })).toEqual([
      ['conv_1', 'CA-near', undefined, 'time'],
      [undefined, 'CA-far', undefined, 'ids'],
    ]);
  });

  it('gives no call to a conversation whose own SID is another, however near it is', () => {
    const conversations = [conversationFactsOf({ callSid: 'CA-of-another-account' })];
    expect(match({ conversations, carrierCalls: [carrierFactsOf()] })).toHaveLength(2);
  });

  it('joins an open attempt to a loose call by number and time, and not to one that came in', () => {
    const attempts = [attemptOf('unknown')];
    expect(match({ attempts, carrierCalls: [carrierFactsOf({ atMs: T0 + 1_000 })] })).toEqual([
      [undefined, 'CA1', 'att_1', 'time'],
    ]);
    expect(match({ attempts, carrierCalls: [carrierFactsOf({ direction: 'inbound' })] })).toHaveLength(2);
    expect(match({ attempts, carrierCalls: [carrierFactsOf({ atMs: T0 + 121_000 })] })).toHaveLength(2);
  });

  it('never joins an attempt to a conversation that does not carry it: it is somebody else’s', () => {
    expect(match({ conversations: [conversationFactsOf()], attempts: [attemptOf('unknown')] })).toEqual([
      ['conv_1', undefined, undefined, 'ids'],
      [undefined, undefined, 'att_1', 'ids'],
    ]);
  });

  it('makes two entries of an attempt that became two calls', () => {
    const conversations = ['conv_1', 'conv_2'].map((id) => conversationFactsOf({ id, attempt: 'att_1' }));
    expect(match({ conversations, attempts: [attemptOf('ended')] }).map(([, , attempt]) => attempt)).toEqual([
      'att_1',
      'att_1',
    ]);
  });

  it('adds a leg that a call dialled to what that call cost, and makes no entry of it', () => {
    const carrierCalls = [
      carrierFactsOf(),
      carrierFactsOf({ sid: 'CA2', parentSid: 'CA1', direction: 'outbound-dial' }),
    ];
    const [entry, ...others] = matchRecords({ conversations: [], carrierCalls, attempts: [] });
    expect(others).toEqual([]);
    expect(entry?.cost.carrier).toEqual([{ micros: 28_000, currency: 'USD' }]);
  });
});
