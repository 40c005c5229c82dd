import { realClock, sleep } from '../../src/kernel/clock.ts';
import { judgeCalls, type SoakVerdict } from './judge-calls.ts';
import type { SoakWorld } from './open-soak-world.ts';
import { type ServeProcess, startServe } from './serve-process.ts';
import { submitUntilTaken, type TakenCall } from './submit-until-taken.ts';

export interface KillsOptions {
  readonly world: SoakWorld;
  readonly environment: Record<string, string>;
  readonly calls: number;
  readonly kills: number;
  /** Calls that are asked for at the same time. */
  readonly submitters: number;
  /** Resolves when the server that started after so many kills is to be killed. */
  readonly untilKill: (kills: number, taken: readonly TakenCall[]) => Promise<void>;
  /** Milliseconds after the last kill in which every call has to be over. */
  readonly patienceMs: number;
  /** Whether a call that is still being searched for is over. */
  readonly searchIsOver: boolean;
}

export interface KillsReport extends SoakVerdict {
  readonly calls: number;
  readonly kills: number;
  readonly dials: number;
  readonly rings: number;
  readonly seconds: number;
}

/** One server after the other on the same data, each killed with `kill -9`, while clients go on asking for calls. */
export async function runKills(options: KillsOptions): Promise<KillsReport> {
  const { world, environment } = options;
  const startedMs = performance.now();
  const numbers = world.numbers(options.calls);
  const taken: TakenCall[] = [];
  let node: ServeProcess | undefined = await startServe(environment);
  const submitting = Promise.all(
    Array.from({ length: options.submitters }, async () => {
      for (let to = numbers.shift(); to; to = numbers.shift())
        taken.push(await submitUntilTaken(() => node, to));
    }),
  );
  // Heard below; a failure must not end the process meanwhile.
  submitting.catch(() => {});
  for (let kills = 0; kills < options.kills; kills++) {
    await options.untilKill(kills, taken);
    const dying: ServeProcess = node;
    node = undefined;
    dying.signal('SIGKILL');
    await dying.ended;
    node = await startServe(environment);
  }
  await submitting;
  const lastMs = performance.now();
  const server = node;
  try {
    for (;;) {
      const verdict = await judgeCalls(server, taken, world.rings());
      const waiting = verdict.open + (options.searchIsOver ? 0 : verdict.searched);
      const tooLong = performance.now() - lastMs > options.patienceMs;
      if (waiting > 0 && !tooLong && verdict.faults.length === 0) {
        await sleep(realClock, 500);
        continue;
      }
      return {
        calls: taken.length,
        kills: options.kills,
        dials: world.dials(),
        rings: [...world.rings().values()].reduce((sum, count) => sum + count, 0),
        seconds: Math.round((performance.now() - startedMs) / 1000),
        ...verdict,
        faults:
          waiting > 0 && tooLong ? [...verdict.faults, `${waiting} calls have no end.`] : verdict.faults,
      };
    }
  } finally {
    server.signal('SIGKILL');
    await server.ended;
  }
}
