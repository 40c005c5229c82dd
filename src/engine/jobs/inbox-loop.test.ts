import { describe, expect, it } from 'vitest';
import type { InboxItem } from '../../calls/service-ports.ts';
import type { TakeIn } from '../../calls/take-in/take-in.ts';
import { AppError } from '../../kernel/errors.ts';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import { createInboxLoop } from './inbox-loop.ts';

function setUp(takeIn: TakeIn, count = 1) {
  const clock = createVirtualClock();
  const items = Array.from({ length: count }, (_, id) => ({
    item: {
      id,
      type: 'x',
      conversationId: undefined,
      attemptId: undefined,
      receivedMs: 0,
      eventMs: 0,
      body: {},
      tries: 0,
    } as InboxItem,
    dueMs: clock.now(),
  }));
  const notes: string[] = [];
  const troubles: string[] = [];
  let refuses = false;
  const row = (id: number) => items.find(({ item }) => item.id === id);
  const loop = createInboxLoop({
    clock,
    takeIn,
    trouble: ({ why }) => troubles.push(why),
    inbox: {
      async take({ nowMs, untilMs, limit }) {
        if (refuses) throw new AppError('storage', 'the store is gone');
        const due = items.filter(({ dueMs }) => dueMs <= nowMs).slice(0, limit);
        for (const one of due) one.dueMs = untilMs;
        return due.map(({ item }) => item);
      },
      async done(id, _, note) {
        notes.push(`done: ${note}`);
        items.splice(
          items.findIndex(({ item }) => item.id === id),
          1,
        );
      },
      async later(id, dueMs, note) {
        notes.push(`later: ${note}`);
        const found = row(id);
        if (found) Object.assign(found, { dueMs, item: { ...found.item, tries: found.item.tries + 1 } });
      },
    },
  });
  return {
    clock,
    loop,
    items,
    notes,
    troubles,
    refuse: (value: boolean) => {
      refuses = value;
    },
    add: () => items.push({ item: { ...({} as InboxItem), id: 99, tries: 0 }, dueMs: clock.now() }),
  };
}

describe('createInboxLoop', () => {
  it('takes in all that is due, a few at a time', async () => {
    let [running, most] = [0, 0];
    const { clock, loop, items } = setUp(async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      return { kind: 'done', note: 'ok' };
    }, 20);
    loop.start();
    await clock.advance(0);
    expect(items).toHaveLength(0);
    expect(most).toBe(8);
    await loop.stop();
  });

  it('looks each second, and at once when it is nudged', async () => {
    const { clock, loop, items, add } = setUp(async () => ({ kind: 'done', note: 'ok' }), 0);
    loop.start();
    await clock.advance(100);
    add();
    await clock.advance(500);
    expect(items).toHaveLength(1);
    await clock.advance(400);
    expect(items).toHaveLength(0);
    add();
    loop.nudge();
    await clock.advance(0);
    expect(items).toHaveLength(0);
    await loop.stop();
  });

  it('takes again what was not done: later, after a failure, and after a fault', async () => {
    let tries = 0;
    const { clock, loop, notes, troubles } = setUp(async () => {
      tries++;
      if (tries === 1) return { kind: 'later', dueMs: clock.now() + 5_000, note: 'not known yet' };
      if (tries === 2) throw new AppError('provider-unreachable', 'no connection');
      if (tries === 3) throw new TypeError('a fault');
      return { kind: 'done', note: 'ok' };
    });
    loop.start();
    await clock.advance(90_000);
    expect(notes).toEqual([
      'later: not known yet',
      'later: Failed: provider-unreachable.',
      'later: Failed: fault.',
      'done: ok',
    ]);
    expect(troubles).toEqual(['no connection', 'a fault']);
    await loop.stop();
  });

  it('goes on when the store is back', async () => {
    const { clock, loop, items, troubles, refuse } = setUp(async () => ({ kind: 'done', note: 'ok' }));
    refuse(true);
    loop.start();
    await clock.advance(3_500);
    expect(troubles).toHaveLength(4);
    refuse(false);
    await clock.advance(1_000);
    expect(items).toHaveLength(0);
    await loop.stop();
  });

  it('gives up a delivery that always fails, and keeps it', async () => {
    const { clock, loop, notes } = setUp(async () => {
      throw new TypeError('a fault');
    });
    loop.start();
    for (let hours = 0; hours < 4; hours++) await clock.advance(3_600_000);
    expect(notes.at(-1)).toBe('done: Given up: fault.');
    await loop.stop();
  });
});
