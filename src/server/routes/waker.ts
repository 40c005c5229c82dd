import type { Clock } from '../../kernel/clock.ts';

export interface Waker {
  /** Ends a wait that runs, or the next one. */
  readonly wake: () => void;
  /** Until it is woken, the time is over, or the signal aborts. */
  wait(ms: number): Promise<void>;
}

/** Waiting that something may cut short; a wake-up between two waits is not lost. */
export function createWaker(clock: Pick<Clock, 'schedule'>, signal: AbortSignal): Waker {
  let woken = false;
  let end: (() => void) | undefined;
  const wake = () => {
    woken = true;
    end?.();
  };
  return {
    wake,
    wait: (ms) =>
      new Promise((resolve) => {
        const cancel = clock.schedule(ms, wake);
        end = () => {
          end = undefined;
          woken = false;
          cancel();
          signal.removeEventListener('abort', wake);
          resolve();
        };
        signal.addEventListener('abort', wake, { once: true });
        if (woken || signal.aborted) end();
      }),
  };
}
