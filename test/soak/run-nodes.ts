import { realClock, sleep } from '../../src/kernel/clock.ts';
import { judgeCalls } from './judge-calls.ts';
import type { SoakWorld } from './open-soak-world.ts';
import type { KillsReport } from './run-kills.ts';
import { type ServeProcess, startServe } from './serve-process.ts';
import { submitUntilTaken, type TakenCall } from './submit-until-taken.ts';

export interface NodesOptions {
  readonly world: SoakWorld;
  /** Of the PostgreSQL that both share. */
  readonly databaseUrl: string;
  readonly calls: number;
  /** Milliseconds for which one node is paused. */
  readonly pausedMs: number;
  readonly patienceMs: number;
}

/**
 * Two nodes on one PostgreSQL, while clients go on asking both. The second is paused (SIGSTOP) in the middle of its calls, which the first
 * takes over, and wakes up as if nothing had been; then the first is killed for good, and the second takes over everything.
 */
export async function runNodes(options: NodesOptions): Promise<KillsReport> {
  const { world, calls, pausedMs, patienceMs } = options;
  const startedMs = performance.now();
  const more = { DATABASE_URL: options.databaseUrl };
  const first = await startServe(await world.environment('first', more));
  const second = await startServe(await world.environment('second', more));
  let nodes: readonly ServeProcess[] = [first, second];
  let turn = 0;
  const numbers = world.numbers(calls);
  const taken: TakenCall[] = [];
  const submitting = Promise.all(
    Array.from({ length: 3 }, async () => {
      for (let to = numbers.shift(); to; to = numbers.shift()) {
        taken.push(await submitUntilTaken(() => nodes[turn++ % nodes.length], to));
        // So that both always have something under way until the last act.
        await sleep(realClock, 1_500);
      }
    }),
  );
  submitting.catch(() => {});
  await sleep(realClock, 10_000);
  second.signal('SIGSTOP');
  await sleep(realClock, pausedMs);
  second.signal('SIGCONT');
  await sleep(realClock, 10_000);
  nodes = [second];
  first.signal('SIGKILL');
  await submitting;
  const lastMs = performance.now();
  try {
    for (;;) {
      const verdict = await judgeCalls(second, taken, world.rings());
      const waiting = verdict.open + verdict.searched;
      const tooLong = performance.now() - lastMs > patienceMs;
      if (waiting > 0 && !tooLong && verdict.faults.length === 0) {
        await sleep(realClock, 500);
        continue;
      }
      return {
        calls: taken.length,
        kills: 1,
        dials: world.dials(),
        rings: [...world.rings().values()].reduce((sum, count) => sum + count, 0),
        seconds: Math.round((performance.now() - startedMs) / 1000),
        ...verdict,
        faults:
          waiting > 0 && tooLong ? [...verdict.faults, `${waiting} calls have no end.`] : verdict.faults,
      };
    }
  } finally {
    second.signal('SIGKILL');
    await second.ended;
  }
}
