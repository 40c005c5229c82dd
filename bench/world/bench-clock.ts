import { type Clock, realClock } from '../../src/kernel/clock.ts';

/** Real time as if the bench had begun on Monday, 2026-01-05, at noon in New York: a bench at night would measure the gate's hours. */
export function createBenchClock(): Clock {
  const offMs = Date.UTC(2026, 0, 5, 17) - Date.now();
  return { ...realClock, now: () => realClock.now() + offMs };
}
