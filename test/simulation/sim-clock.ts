interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly task: () => void;
  /** A look that finds nothing unless something else happens first. */
  readonly idle: boolean;
}

/** The one clock of a run. It moves to the next timer as soon as nothing is left to do at this moment. */
export interface SimClock {
  /** Milliseconds since the run began. */
  readonly nowMs: number;
  schedule(delayMs: number, task: () => void, idle?: boolean): () => void;
  /** When the next timer falls due that is more than an idle look; `Infinity` when there is none. */
  nextEventMs(): number;
  /** Runs timers in their order until `over` says so, or none is left before `untilMs`. */
  run(untilMs: number, over: () => boolean): Promise<void>;
}

/** `busy`: whether statements are under way, which settle by themselves without time going on. */
export function createSimClock(busy: () => boolean): SimClock {
  const timers: Timer[] = [];
  let nowMs = 0;
  let order = 0;
  // A macrotask, so that promise chains and the answers of the database are through before time moves on.
  const settle = async () => {
    do await new Promise<void>((resolve) => setImmediate(resolve));
    while (busy());
  };

  return {
    get nowMs() {
      return nowMs;
    },
    schedule(delayMs, task, idle = false) {
      const timer = { dueMs: nowMs + Math.max(delayMs, 0), order: order++, task, idle };
      let at = timers.length;
      while (at > 0 && (timers[at - 1]?.dueMs ?? 0) > timer.dueMs) at--;
      timers.splice(at, 0, timer);
      return () => {
        const index = timers.indexOf(timer);
        if (index >= 0) timers.splice(index, 1);
      };
    },
    nextEventMs: () => timers.find(({ idle }) => !idle)?.dueMs ?? Number.POSITIVE_INFINITY,
    async run(untilMs, over) {
      await settle();
      while (!over()) {
        const next = timers.shift();
        if (!next) return;
        if (next.dueMs > untilMs) {
          timers.unshift(next);
          return;
        }
        nowMs = next.dueMs;
        next.task();
        await settle();
      }
    },
  };
}
