import type { Clock } from '../../src/kernel/clock.ts';
import type { Random } from './random.ts';
import type { SimClock } from './sim-clock.ts';

/** One process of Donna between its start and its end, as the world can hurt it. */
export interface SimNode {
  readonly name: string;
  /** Names this process among all that ever ran. */
  readonly owner: string;
  readonly clock: Clock;
  readonly alive: boolean;
  readonly paused: boolean;
  /** The wall clock as this node sees it. */
  wallMs(): number;
  jump(byMs: number): void;
  /** As SIGSTOP: nothing of it runs, and time goes on. */
  pause(): void;
  resume(): void;
  /** As SIGKILL: nothing of it runs any more. What it has sent is on its way. */
  crash(): void;
  /** The process dies at the n-th boundary of an effect from now: before it leaves, or before its answer is read. */
  crashAtBoundary(count: number): void;
  /** Runs `task` in this process: now, when it goes on, or never. */
  enter(task: () => void): void;
  /** Something outside of the process, with the way there and back. */
  effect<Value>(name: string, run: () => Promise<Value>, ways?: Ways): Promise<Value>;
}

interface Ways {
  readonly thereMs: number;
  readonly backMs: number;
}

export interface NodeOptions {
  readonly name: string;
  readonly owner: string;
  readonly sim: SimClock;
  readonly startWallMs: number;
  /** How far its wall clock is off. */
  readonly skewMs: number;
  readonly random: Random;
  readonly died: () => void;
  /** Called with the delay of each timer: how long it can be slept without missing anything. */
  readonly sleepMs: (delayMs: number) => { readonly ms: number; readonly idle: boolean };
}

const AT_ONCE: Ways = { thereMs: 0, backMs: 0 };

export function createNode(options: NodeOptions): SimNode {
  const { name, owner, sim, startWallMs, died } = options;
  let offMs = options.skewMs;
  let alive = true;
  let paused = false;
  let waiting: (() => void)[] = [];
  let boundaries = Number.POSITIVE_INFINITY;

  const wallMs = () => startWallMs + sim.nowMs + offMs;
  const after = (delayMs: number, task: () => void) =>
    void (delayMs > 0 ? sim.schedule(delayMs, task) : task());

  function enter(task: () => void): void {
    if (!alive) return;
    if (paused) waiting.push(task);
    else task();
  }

  function crash(): void {
    if (!alive) return;
    alive = false;
    waiting = [];
    died();
  }

  function diesHere(): boolean {
    boundaries -= 1;
    if (alive && boundaries <= 0) crash();
    return !alive;
  }

  return {
    name,
    owner,
    clock: {
      now: wallMs,
      monotonic: () => sim.nowMs,
      schedule(delayMs, task) {
        let cancelled = false;
        const { ms, idle } = options.sleepMs(delayMs);
        const cancel = sim.schedule(ms, () => enter(() => cancelled || task()), idle);
        return () => {
          cancelled = true;
          cancel();
        };
      },
    },
    get alive() {
      return alive;
    },
    get paused() {
      return paused;
    },
    wallMs,
    jump(byMs) {
      offMs += byMs;
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      const tasks = waiting;
      waiting = [];
      for (const task of tasks) enter(task);
    },
    crash,
    crashAtBoundary(count) {
      boundaries = count;
    },
    enter,
    effect: (_name, run, { thereMs, backMs } = AT_ONCE) =>
      new Promise((resolve, reject) => {
        if (diesHere()) return;
        after(thereMs, () => {
          const back = (settle: () => void) => {
            if (!diesHere()) after(backMs, () => enter(settle));
          };
          run().then(
            (value) => back(() => resolve(value)),
            (error: unknown) => back(() => reject(error)),
          );
        });
      }),
  };
}
