import { describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';
import type { AttemptEntry } from './ports.ts';
import { findRepetition } from './repetition.ts';

const nowMs = Date.UTC(2026, 0, 5, 15, 0, 0);
const iso = (agoMs: number) => new Date(nowMs - agoMs).toISOString();
const dialing = (attempt: string, { agoMs = 600_000, again = false, print = 'same' } = {}): AttemptEntry => ({
  kind: 'dialing',
  attempt,
  at: iso(agoMs),
  to: '+12125550142',
  lineId: 'phnum_main',
  lineNumber: '+12125550100',
  agentId: 'agent_one',
  fingerprint: print,
  userId: attempt,
  again,
});
const accepted = (attempt: string): AttemptEntry => ({
  kind: 'accepted',
  attempt,
  at: iso(0),
  conversationId: `conv_${attempt}`,
});
const ended = (attempt: string): AttemptEntry => ({
  kind: 'ended',
  attempt,
  at: iso(0),
  outcome: 'answered',
});
const unknown = (attempt: string): AttemptEntry => ({ kind: 'unknown', attempt, at: iso(0), why: 'lost' });
const find = (entries: AttemptEntry[], before?: string) =>
  findRepetition(entries, { fingerprint: 'same', nowMs, ...(before ? { before } : {}) });

describe('findRepetition', () => {
  it('finds nothing in an empty journal, and nothing of other calls', () => {
    expect(find([])).toBeUndefined();
    expect(find([dialing('att_1', { print: 'other' })])).toBeUndefined();
  });

  it.each([
    ['a crash after the commit', [dialing('att_1')], 'unknown'],
    ['a lost reply', [dialing('att_1'), unknown('att_1')], 'unknown'],
    ['a call that runs', [dialing('att_1'), accepted('att_1')], 'unfinished'],
  ] as const)('speaks up after %s, however long ago', (_, entries, why) => {
    expect(find([...entries])).toMatchObject({ why, earlier: { attempt: 'att_1' } });
  });

  it('takes the same call within a minute for a slip, and not later', () => {
    const over = (agoMs: number) => [dialing('att_1', { agoMs }), accepted('att_1'), ended('att_1')];
    expect(find(over(59_999))).toMatchObject({ why: 'just-now' });
    expect(find(over(60_000))).toBeUndefined();
  });

  it('does not count a dial from a clock that was ahead as just now', () => {
    const agoMs = -365 * 24 * 3600_000;
    expect(find([dialing('att_1', { agoMs }), accepted('att_1'), ended('att_1')])).toBeUndefined();
  });

  it.each(['withdrawn', 'not-placed'] as const)('lets a call go again that was %s', (kind) => {
    const end: AttemptEntry = { kind, attempt: 'att_1', at: iso(0), why: 'x', code: 'x' };
    expect(find([dialing('att_1', { agoMs: 1_000 }), end])).toBeUndefined();
  });

  it('lets only the first of two go that commit at once', () => {
    const both = [dialing('att_1', { agoMs: 0 }), dialing('att_2', { agoMs: 0 })];
    expect(find(both, 'att_1')).toBeUndefined();
    expect(find(both, 'att_2')).toMatchObject({ why: 'unknown', earlier: { attempt: 'att_1' } });
  });

  it('does not ask a second time about an unknown attempt after which the person had it dialled again', () => {
    const again = [dialing('att_2', { again: true }), accepted('att_2'), ended('att_2')];
    expect(find([dialing('att_1'), unknown('att_1'), ...again])).toBeUndefined();
  });

  it.each(['withdrawn', 'not-placed'] as const)(
    'asks again when that second dial was %s and rang nobody',
    (kind) => {
      const end: AttemptEntry = { kind, attempt: 'att_2', at: iso(0), why: 'x', code: 'x' };
      const entries = [dialing('att_1'), unknown('att_1'), dialing('att_2', { again: true }), end];
      expect(find(entries)).toMatchObject({ why: 'unknown', earlier: { attempt: 'att_1' } });
    },
  );

  it('still counts an accepted attempt that runs beside one that was dialled again', () => {
    const again = [dialing('att_2', { again: true }), accepted('att_2'), ended('att_2')];
    expect(find([dialing('att_1'), accepted('att_1'), ...again])).toMatchObject({
      why: 'unfinished',
      earlier: { attempt: 'att_1' },
    });
  });
});

describe('fingerprint', () => {
  const call = { lineId: 'phnum_main', to: '+12125550142', agentId: 'agent_one', variables: {} };

  it('is the same whatever the order of the variables', () => {
    expect(fingerprint({ ...call, variables: { a: 1, b: 'x' } })).toBe(
      fingerprint({ ...call, variables: { b: 'x', a: 1 } }),
    );
  });

  it('differs by line, destination, agent, and by name, value and type of a variable', () => {
    const prints = [
      call,
      { ...call, lineId: 'phnum_other' },
      { ...call, to: '+12125550143' },
      { ...call, agentId: 'agent_two' },
      { ...call, variables: { a: 1 } },
      { ...call, variables: { a: '1' } },
      { ...call, variables: { b: 1 } },
    ].map(fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });

  it('does not see the attempt id that copied client data brings along', () => {
    expect(fingerprint({ ...call, variables: { donna_attempt_id: 'att_old' } })).toBe(fingerprint(call));
  });
});
