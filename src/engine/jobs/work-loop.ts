import { type Clock, sleep } from '../../kernel/clock.ts';

export interface WorkLoop {
  start(): void;
  /** There may be work: does not wait for the next poll. */
  nudge(): void;
  /** Takes nothing more, and ends after what is being worked on. */
  stop(): Promise<void>;
}

/**
 * Takes due items each `pollMs` and whenever it is nudged, and works on `parallel` of them at the same time. One that is slow holds no
 * other up: its place alone stays taken. `take` may throw, which is told to `failed` and followed by a poll; `work` must not.
 */
export function createWorkLoop<Item>(deps: {
  readonly take: (limit: number) => Promise<readonly Item[]>;
  readonly work: (item: Item) => Promise<void>;
  readonly failed: (error: unknown) => void;
  readonly parallel: number;
  readonly pollMs: number;
  readonly clock: Clock;
}): WorkLoop {
  const { parallel, pollMs, clock } = deps;
  const working = new Set<Promise<void>>();
  let stopped = false;
  let mayBeMore = false;
  let wake = new AbortController();
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!stopped) {
      // Taken before the look: a nudge that comes while it lasts is not lost.
      wake = new AbortController();
      const { signal } = wake;
      await look();
      if (!stopped) await sleep(clock, pollMs, signal);
    }
    await Promise.all(working);
  }

  async function look(): Promise<void> {
    const free = parallel - working.size;
    if (free === 0) return;
    try {
      const items = await deps.take(free);
      mayBeMore = items.length === free;
      for (const item of items) begin(item);
    } catch (error) {
      mayBeMore = false;
      deps.failed(error);
    }
  }

  function begin(item: Item): void {
    const done = deps.work(item).finally(() => {
      working.delete(done);
      if (mayBeMore) wake.abort();
    });
    working.add(done);
  }

  return {
    start() {
      running ??= run();
    },
    nudge: () => wake.abort(),
    async stop() {
      stopped = true;
      wake.abort();
      await running;
    },
  };
}
