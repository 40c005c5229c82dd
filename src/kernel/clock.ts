/**
 * Time as an argument. Everything that waits or asks the time takes a Clock, so that the tests and the
 * sandbox can move it.
 */
export interface Clock {
  /** Wall time in milliseconds since 1970; may jump when the machine's clock is set. */
  now(): number;
  /** Milliseconds from an arbitrary start; never goes backwards. For deadlines. */
  monotonic(): number;
  /** Runs `task` after `delayMs`; the returned function cancels it. */
  schedule(delayMs: number, task: () => void): () => void;
}

export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(delayMs, task) {
    const timer = setTimeout(task, Math.min(Math.max(delayMs, 0), 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delayMs`, or at once (without an error) when `signal` aborts: look at the signal afterwards. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.schedule(delayMs, done);
    signal?.addEventListener('abort', done, { once: true });
  });
}

/** A clock that runs `speed` times as fast as `inner`: how the sandbox plays a call faster than life. */
export function fasterClock(inner: Clock, speed: number): Clock {
  if (speed === 1) return inner;
  const wallStart = inner.now();
  const start = inner.monotonic();
  const elapsed = () => (inner.monotonic() - start) * speed;
  return {
    now: () => wallStart + elapsed(),
    monotonic: elapsed,
    schedule: (delayMs, task) => inner.schedule(delayMs / speed, task),
  };
}
