import { describe, expect, it } from 'vitest';
import { attemptRecords, isOpen } from './attempt-record.ts';
import type { AttemptEntry } from './ports.ts';

const at = '2026-01-05T15:00:00.000Z';
const dialing = (attempt: string): AttemptEntry => ({
  kind: 'dialing',
  attempt,
  at,
  to: '+12125550142',
  lineId: 'phnum_main',
  lineNumber: '+12125550100',
  agentId: 'agent_one',
  fingerprint: 'f',
  userId: attempt,
  again: false,
});
const only = (entries: AttemptEntry[]) => {
  const [record, ...rest] = attemptRecords(entries);
  expect(rest).toEqual([]);
  if (!record) throw new Error('no record');
  return record;
};

describe('attemptRecords', () => {
  it('leaves an attempt open whose process ended after the commit', () => {
    const record = only([dialing('att_1')]);
    expect(record.state).toBe('dialing');
    expect(isOpen(record)).toBe(true);
  });

  it('keeps the ids through to the end', () => {
    const record = only([
      dialing('att_1'),
      { kind: 'unknown', attempt: 'att_1', at, why: 'the reply was lost' },
      { kind: 'accepted', attempt: 'att_1', at, conversationId: 'conv_1', callSid: 'CA1' },
      { kind: 'ended', attempt: 'att_1', at, outcome: 'answered' },
    ]);
    expect(record).toMatchObject({
      state: 'ended',
      note: 'answered',
      ids: { conversationId: 'conv_1', callSid: 'CA1' },
    });
    expect(isOpen(record)).toBe(false);
  });

  it('passes over lines whose first line is lost', () => {
    expect(attemptRecords([{ kind: 'accepted', attempt: 'att_1', at, conversationId: 'conv_1' }])).toEqual(
      [],
    );
  });

  it('does not open again what is over', () => {
    const record = only([
      dialing('att_1'),
      { kind: 'withdrawn', attempt: 'att_1', at, why: 'paused' },
      { kind: 'unknown', attempt: 'att_1', at, why: 'late' },
    ]);
    expect(record).toMatchObject({ state: 'withdrawn', note: 'paused' });
  });

  it('believes the process that found the call over one that did not', () => {
    const record = only([
      dialing('att_1'),
      { kind: 'accepted', attempt: 'att_1', at, conversationId: 'conv_1' },
      { kind: 'unknown', attempt: 'att_1', at, why: 'the reply was lost' },
      { kind: 'not-placed', attempt: 'att_1', at, code: 'http-429' },
    ]);
    expect(record).toMatchObject({ state: 'accepted', ids: { conversationId: 'conv_1' } });
  });

  it('notes the code of a refusal and the conversation it left', () => {
    const record = only([
      dialing('att_1'),
      { kind: 'not-placed', attempt: 'att_1', at, code: 'busy', conversationId: 'conv_1' },
    ]);
    expect(record).toMatchObject({ state: 'not-placed', note: 'busy', ids: { conversationId: 'conv_1' } });
  });
});
