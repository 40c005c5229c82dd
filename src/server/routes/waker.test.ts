import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import { createWaker } from './waker.ts';

function world() {
  const clock = createVirtualClock();
  const gone = new AbortController();
  const waker = createWaker(clock, gone.signal);
  const waits: string[] = [];
  const wait = (name: string) => waker.wait(1000).then(() => waits.push(name));
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { clock, gone, waker, waits, wait, settle };
}

describe('a wait', () => {
  it('ends when its time is over, and leaves no timer', async () => {
    const { clock, waits, wait } = world();
    void wait('first');
    await clock.advance(999);
    expect(waits).toEqual([]);
    await clock.advance(1);
    expect(waits).toEqual(['first']);
    expect(clock.pending).toBe(0);
  });

  it('ends when it is woken, also by a call that came before it', async () => {
    const { clock, waker, waits, wait, settle } = world();
    void wait('first');
    waker.wake();
    await settle();
    waker.wake();
    void wait('second');
    await settle();
    void wait('third');
    await settle();
    expect(waits).toEqual(['first', 'second']);
    await clock.advance(1000);
    expect(waits).toEqual(['first', 'second', 'third']);
  });

  it('ends when the listener is gone', async () => {
    const { clock, gone, waits, wait, settle } = world();
    void wait('first');
    gone.abort();
    void wait('second');
    await settle();
    expect(waits).toEqual(['first', 'second']);
    expect(clock.pending).toBe(0);
  });
});
