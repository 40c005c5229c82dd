import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import { createWorkLoop } from './work-loop.ts';

function setUp(parallel: number, queue: string[]) {
  const clock = createVirtualClock();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const loop = createWorkLoop<string>({
    clock,
    parallel,
    pollMs: 1_000,
    take: async (limit) => queue.splice(0, limit),
    work(item) {
      begun.push(item);
      return new Promise((end) => ends.set(item, end));
    },
    failed: () => undefined,
  });
  return { clock, loop, begun, queue, end: (item: string) => ends.get(item)?.() };
}

describe('createWorkLoop', () => {
  it('lets one that is slow hold up no other', async () => {
    const { clock, loop, begun, end } = setUp(2, ['slow', 'a', 'b', 'c']);
    loop.start();
    await clock.advance(0);
    expect(begun).toEqual(['slow', 'a']);
    end('a');
    await clock.advance(0);
    end('b');
    await clock.advance(0);
    expect(begun).toEqual(['slow', 'a', 'b', 'c']);
  });

  it('does not look more often than asked to while there is nothing', async () => {
    let looks = 0;
    const clock = createVirtualClock();
    const loop = createWorkLoop({
      clock,
      parallel: 4,
      pollMs: 1_000,
      take: async () => (looks++ === 0 ? ['one'] : []),
      work: async () => undefined,
      failed: () => undefined,
    });
    loop.start();
    await clock.advance(500);
    expect(looks).toBe(1);
    loop.nudge();
    await clock.advance(0);
    expect(looks).toBe(2);
    await clock.advance(2_000);
    expect(looks).toBe(4);
    await loop.stop();
  });

  it('ends when what it works on has ended, and takes nothing more', async () => {
    const { clock, loop, begun, queue, end } = setUp(1, ['a', 'b']);
    loop.start();
    await clock.advance(0);
    let stopped = false;
    const stopping = loop.stop().then(() => {
      stopped = true;
    });
    await clock.advance(5_000);
    expect(stopped).toBe(false);
    end('a');
    await stopping;
    expect(begun).toEqual(['a']);
    expect(queue).toEqual(['b']);
  });
});
