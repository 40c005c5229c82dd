import { describe, expect, it } from 'vitest';
import { fasterClock, sleep } from './clock.ts';
import { createVirtualClock } from './virtual-clock.ts';

describe('createVirtualClock', () => {
  it('runs what falls due in order, and what that adds', async () => {
    const clock = createVirtualClock(0);
    const ran: string[] = [];
    clock.schedule(20, () => ran.push('b'));
    clock.schedule(10, () => {
      ran.push('a');
      clock.schedule(5, () => ran.push('a2'));
    });
    clock.schedule(20, () => ran.push('c'));
    clock.schedule(31, () => ran.push('late'));
    await clock.advance(30);
    expect(ran).toEqual(['a', 'a2', 'b', 'c']);
    expect([clock.now(), clock.monotonic(), clock.pending]).toEqual([30, 30, 1]);
  });

  it('does not run what was cancelled', async () => {
    const clock = createVirtualClock();
    let ran = false;
    clock.schedule(1, () => {
      ran = true;
    })();
    await clock.advance(10);
    expect(ran).toBe(false);
  });

  it('jumps on the wall without moving monotonic time', () => {
    const clock = createVirtualClock(1_000);
    clock.jump(-600);
    expect([clock.now(), clock.monotonic()]).toEqual([400, 0]);
  });
});

describe('sleep', () => {
  it('ends when its time is over', async () => {
    const clock = createVirtualClock();
    let over = false;
    const sleeping = sleep(clock, 100).then(() => {
      over = true;
    });
    await clock.advance(99);
    expect(over).toBe(false);
    await clock.advance(1);
    await sleeping;
    expect(over).toBe(true);
  });

  it('ends at an abort, without an error and without a timer', async () => {
    const clock = createVirtualClock();
    const abort = new AbortController();
    const sleeping = sleep(clock, 100, abort.signal);
    abort.abort();
    await sleeping;
    await sleep(clock, 100, AbortSignal.abort());
    expect(clock.pending).toBe(0);
  });
});

describe('fasterClock', () => {
  it('runs its time and its timers as many times as fast', async () => {
    const inner = createVirtualClock(1_000);
    const clock = fasterClock(inner, 10);
    let firedAt: number | undefined;
    clock.schedule(1_000, () => {
      firedAt = inner.monotonic();
    });
    await inner.advance(200);
    expect(firedAt).toBe(100);
    expect([clock.now(), clock.monotonic()]).toEqual([3_000, 2_000]);
  });
});
