import type { Clock } from './clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly task: () => void;
}

/** A clock that moves only when told to. Tests and simulations own it. */
export interface VirtualClock extends Clock {
  /** Moves time forward, running what falls due in order; between two tasks it lets promises settle. */
  advance(byMs: number): Promise<void>;
  /** Sets the wall clock off by `byMs` without moving monotonic time, as an operator or NTP does. */
  jump(byMs: number): void;
  /** How many timers wait. */
  readonly pending: number;
}

export function createVirtualClock(startMs = Date.UTC(2026, 0, 5, 15, 0, 0)): VirtualClock {
  let elapsed = 0;
  let wallOffset = startMs;
  let order = 0;
  const timers = new Set<Timer>();
  const nextDue = (limit: number) =>
    [...timers]
      .filter((timer) => timer.dueMs <= limit)
      .sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];
  // A macrotask, so that promise chains and already queued I/O callbacks run before time moves on.
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  return {
    now: () => wallOffset + elapsed,
    monotonic: () => elapsed,
    schedule(delayMs, task) {
      const timer = { dueMs: elapsed + Math.max(delayMs, 0), order: order++, task };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(byMs) {
      const target = elapsed + byMs;
      await settle();
      for (let timer = nextDue(target); timer; timer = nextDue(target)) {
        timers.delete(timer);
        elapsed = timer.dueMs;
        timer.task();
        await settle();
      }
      elapsed = target;
      await settle();
    },
    jump(byMs) {
      wallOffset += byMs;
    },
    get pending() {
      return timers.size;
    },
  };
}
