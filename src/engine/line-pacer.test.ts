import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../kernel/virtual-clock.ts';
import { createLinePacer } from './line-pacer.ts';

describe('createLinePacer', () => {
  it('lets as many leave in any second as the line may dial, however late they come', async () => {
    const clock = createVirtualClock();
    const pacer = createLinePacer(new Map([['phnum_1', 3]]), clock);
    for (let dial = 0; dial < 3; dial++) {
      expect(pacer.waitMs('phnum_1')).toBe(0);
      pacer.left('phnum_1');
      await clock.advance(100);
    }
    expect(pacer.waitMs('phnum_1')).toBe(720);
    await clock.advance(720);
    expect(pacer.waitMs('phnum_1')).toBe(0);
    pacer.left('phnum_1');
    expect(pacer.waitMs('phnum_1')).toBe(100);
  });

  it('knows lines that dial less than once a second, and one a second where nothing is said', async () => {
    const clock = createVirtualClock();
    const pacer = createLinePacer(new Map([['phnum_slow', 0.5]]), clock);
    pacer.left('phnum_slow');
    pacer.left('phnum_other');
    expect(pacer.waitMs('phnum_slow')).toBe(2_020);
    expect(pacer.waitMs('phnum_other')).toBe(1_020);
    expect(pacer.waitMs('phnum_third')).toBe(0);
  });

  it('waits for nobody who keeps the pace', async () => {
    const clock = createVirtualClock();
    const pacer = createLinePacer(new Map([['*', 30]]), clock);
    for (let dial = 0; dial < 100; dial++) {
      expect(pacer.waitMs('phnum_1')).toBe(0);
      pacer.left('phnum_1');
      await clock.advance(34);
    }
  });
});
