import { describe, expect, it } from 'vitest';
import {
  carrierCallOf,
  conversationOf,
  fakeProvider,
  memoryJournal,
  outage,
} from '../../test/fixtures/calls.ts';
import { createVirtualClock } from '../kernel/virtual-clock.ts';
import { attemptRecords } from './attempt-record.ts';
import type { AttemptEntry, CarrierRecords, ConversationFilter } from './ports.ts';
import { reconcileAttempt } from './reconcile.ts';
import { reconcileOpen } from './reconcile-open.ts';

const now = Date.UTC(2026, 0, 5, 15, 0, 0);
const dialing = (attempt: string, changes: { userId?: string; agoMs?: number } = {}): AttemptEntry => ({
  kind: 'dialing',
  attempt,
  at: new Date(now - (changes.agoMs ?? 1_000)).toISOString(),
  to: '+12125550142',
  lineId: 'phnum_main',
  lineNumber: '+12125550100',
  agentId: 'agent_one',
  fingerprint: 'f',
  userId: changes.userId ?? attempt,
  again: false,
});
const recordOf = (entry: AttemptEntry) => {
  const [record] = attemptRecords([entry]);
  if (!record) throw new Error('no record');
  return record;
};
const carrier = (calls: CarrierRecords['calls']): CarrierRecords => ({
  call: async () => undefined,
  calls,
  hangUp: async () => {},
});
const carrying = (attempt: string, userId = attempt, phone: Record<string, unknown> = {}) =>
  conversationOf({
    id: `conv_${attempt}`,
    startedWith: { user_id: userId, dynamic_variables: { donna_attempt_id: attempt } },
    metadata: { phone_call: { type: 'twilio', direction: 'outbound', call_sid: 'CA1', ...phone } },
  });

describe('reconcileAttempt', () => {
  it('finds the conversation that carries the attempt, with the carrier’s id', async () => {
    const provider = fakeProvider({ conversations: [carrying('att_1')] });
    expect(await reconcileAttempt({ provider }, recordOf(dialing('att_1')))).toEqual({
      kind: 'found',
      ids: { conversationId: 'conv_att_1', callSid: 'CA1' },
    });
  });

  it('reads the SIP id of a trunk call', async () => {
    const trunk = carrying('att_1', 'att_1', { type: 'sip_trunking', call_id: 'sip-1' });
    const provider = fakeProvider({ conversations: [trunk] });
    expect(await reconcileAttempt({ provider }, recordOf(dialing('att_1')))).toMatchObject({
      ids: { sipCallId: 'sip-1' },
    });
  });

  it('finds its own among others of the same user id, and adopts no other', async () => {
    const others = [carrying('att_0', 'ada'), carrying('att_2', 'ada')];
    const record = recordOf(dialing('att_1', { userId: 'ada' }));
    expect(await reconcileAttempt({ provider: fakeProvider({ conversations: others }) }, record)).toEqual({
      kind: 'not-found',
    });
    const all = fakeProvider({ conversations: [...others, carrying('att_1', 'ada')] });
    expect(await reconcileAttempt({ provider: all }, record)).toMatchObject({
      ids: { conversationId: 'conv_att_1' },
    });
  });

  it('takes a user id alone only when it is the attempt’s', async () => {
    const provider = fakeProvider({
      conversations: [conversationOf({ id: 'conv_1', startedWith: { user_id: 'att_1' } })],
    });
    expect(await reconcileAttempt({ provider }, recordOf(dialing('att_1')))).toMatchObject({ kind: 'found' });
  });

  it('asks by the attempt’s own id without a time, since the clock may be wrong, and otherwise since the dial', async () => {
    const asked: ConversationFilter[] = [];
    const provider = fakeProvider();
    provider.conversations = async (filter) => {
      asked.push(filter);
      return [];
    };
    await reconcileAttempt({ provider }, recordOf(dialing('att_1')));
    await reconcileAttempt({ provider }, recordOf(dialing('att_1', { userId: 'ada' })));
    expect(asked[0]).not.toHaveProperty('startedAfterSecs');
    expect(asked[1]).toMatchObject({ userId: 'ada', startedAfterSecs: now / 1000 - 61 });
  });

  it('tells of a call that only the carrier knows, and does not adopt it', async () => {
    const rang = carrier(async () => [carrierCallOf('ringing')]);
    expect(
      await reconcileAttempt({ provider: fakeProvider(), carrier: rang }, recordOf(dialing('att_1'))),
    ).toMatchObject({ kind: 'carrier-only' });
  });

  it('proves no absence where a conversation is listed and cannot be read: it may be the one', async () => {
    const provider = fakeProvider({ conversations: [carrying('att_1')] });
    provider.conversation = async () => undefined;
    const record = recordOf(dialing('att_1'));
    expect(await reconcileAttempt({ provider }, record)).toMatchObject({ kind: 'could-not-look' });
    const rang = carrier(async () => [carrierCallOf('completed')]);
    expect(await reconcileAttempt({ provider, carrier: rang }, record)).toMatchObject({
      kind: 'carrier-only',
    });
  });

  it('says that it could not look, and lets bugs out', async () => {
    const provider = fakeProvider();
    provider.conversations = () => Promise.reject(outage());
    const record = recordOf(dialing('att_1'));
    expect(await reconcileAttempt({ provider }, record)).toMatchObject({ kind: 'could-not-look' });
    provider.conversations = () => Promise.reject(new TypeError('a bug'));
    await expect(reconcileAttempt({ provider }, record)).rejects.toThrow('a bug');
  });
});

describe('reconcileOpen', () => {
  const clock = createVirtualClock(now);

  it('adopts what a dead process left open, and writes it down', async () => {
    const journal = memoryJournal([dialing('att_1')]);
    const provider = fakeProvider({ conversations: [carrying('att_1')] });
    expect(await reconcileOpen({ provider, journal, clock })).toMatchObject([{ looked: { kind: 'found' } }]);
    expect(journal.lines.at(-1)).toMatchObject({ kind: 'accepted', conversationId: 'conv_att_1' });
    expect(await reconcileOpen({ provider, journal, clock })).toEqual([]);
  });

  it('leaves open what it does not find', async () => {
    const journal = memoryJournal([dialing('att_1', { agoMs: 120_000 })]);
    expect(await reconcileOpen({ provider: fakeProvider(), journal, clock })).toMatchObject([
      { looked: { kind: 'not-found' } },
    ]);
    expect(journal.lines).toHaveLength(1);
  });

  it('has no news of a dial that another process is in the middle of', async () => {
    const journal = memoryJournal([dialing('att_1')]);
    expect(await reconcileOpen({ provider: fakeProvider(), journal, clock })).toEqual([]);
  });

  it('looks for an accepted call that has no id to follow', async () => {
    const accepted = {
      kind: 'accepted',
      attempt: 'att_1',
      at: new Date(now).toISOString(),
      callSid: 'CA1',
    } as const;
    const journal = memoryJournal([dialing('att_1'), accepted]);
    const provider = fakeProvider({ conversations: [carrying('att_1')] });
    expect(await reconcileOpen({ provider, journal, clock })).toMatchObject([{ looked: { kind: 'found' } }]);
  });

  it('leaves the attempts of another account alone', async () => {
    const journal = memoryJournal([dialing('att_1')]);
    const provider = fakeProvider({ conversations: [carrying('att_1')] });
    expect(await reconcileOpen({ provider, journal, clock, account: 'another' })).toEqual([]);
  });

  it('does not look at what is older than a week', async () => {
    const journal = memoryJournal([dialing('att_1', { agoMs: 8 * 24 * 3600_000 })]);
    expect(await reconcileOpen({ provider: fakeProvider(), journal, clock })).toEqual([]);
  });
});
