import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import { createRateLimit } from './rate-limit.ts';

describe('the rate of a key', () => {
  it('gives a minute’s worth at once, then one at a time as they come back', async () => {
    const clock = createVirtualClock();
    const limit = createRateLimit(clock);
    const taken = Array.from({ length: 61 }, () => limit('key', 60).allowed);
    expect(taken.filter(Boolean)).toHaveLength(60);
    expect(limit('key', 60)).toEqual({ allowed: false, remaining: 0, waitSecs: 1 });
    await clock.advance(1000);
    expect(limit('key', 60).allowed).toBe(true);
    expect(limit('key', 60).allowed).toBe(false);
  });

  it('is each key’s own, and never more than a minute’s worth', async () => {
    const clock = createVirtualClock();
    const limit = createRateLimit(clock);
    limit('one', 1);
    expect(limit('one', 1).allowed).toBe(false);
    expect(limit('other', 1).allowed).toBe(true);
    await clock.advance(3600_000);
    expect(limit('one', 1).allowed).toBe(true);
    expect(limit('one', 1)).toMatchObject({ allowed: false, waitSecs: 60 });
  });

  it('does not give more when the clock of the machine is set', () => {
    const clock = createVirtualClock();
    const limit = createRateLimit(clock);
    limit('key', 1);
    clock.jump(3600_000);
    expect(limit('key', 1).allowed).toBe(false);
  });
});
