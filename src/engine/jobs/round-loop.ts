export interface RoundLoop {
  start(): void;
  /** There may be work: does not wait for the next poll. */
  nudge(): void;
  /** Ends after the round that runs. */
  stop(): Promise<void>;
}

/**
 * Rounds of work, one after the other. `round` answers whether there may be more at once; otherwise `wait` is waited for, which a
 * nudge or a stop ends by its signal. A round that throws is told to `failed` and followed by a wait.
 */
export function createRoundLoop(deps: {
  readonly round: () => Promise<boolean>;
  readonly wait: (wake: AbortSignal) => Promise<void>;
  readonly failed: (error: unknown) => void;
}): RoundLoop {
  let stopped = false;
  let wake = new AbortController();
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!stopped) {
      // Taken before the round looks: a nudge that comes while it does is not lost.
      wake = new AbortController();
      const { signal } = wake;
      if ((await safely()) || stopped) continue;
      await deps.wait(signal);
    }
  }

  async function safely(): Promise<boolean> {
    try {
      return await deps.round();
    } catch (error) {
      deps.failed(error);
      return false;
    }
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
