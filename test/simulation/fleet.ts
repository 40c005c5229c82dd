import { AppError } from '../../src/kernel/errors.ts';
import { type DonnaProcess, startDonna } from './donna-process.ts';
import type { Ground } from './ground.ts';

/** The nodes, each with the process that runs on it now, if any. */
export interface Fleet {
  /** Starts a process on a node that has none. */
  start(node: number): void;
  crash(node: number): void;
  at(node: number): DonnaProcess | undefined;
  /** As a load balancer does: any process that is not known to be dead. */
  any(): DonnaProcess | undefined;
  /** Somebody outside who wants something done, and asks again until it is. `act` answers whether it is. */
  insist(what: string, act: (donna: DonnaProcess) => Promise<boolean>): void;
  /** Whether somebody still asks. */
  readonly asked: number;
  readonly crashes: number;
}

/** A process that does not answer within this time is not waited for. */
const PATIENCE_MS = 15_000;

export function createFleet(ground: Ground): Fleet {
  const { scenario, sim, trace, book } = ground;
  const random = ground.random.fork('fleet');
  const processes: (DonnaProcess | undefined)[] = [undefined, undefined];
  let started = 0;
  let asked = 0;
  let crashes = 0;

  const fleet: Fleet = {
    start(index) {
      if (processes[index]?.node.alive) return;
      started += 1;
      const name = index === 0 ? 'anna' : 'bert';
      const donna = startDonna(ground, {
        name,
        owner: `${name}-${started}`,
        skewMs: scenario.skewMs[index] ?? 0,
        died: () => {
          crashes += 1;
          trace.add(name, 'dies');
          donna.engine.abandon();
        },
      });
      processes[index] = donna;
      donna.start();
    },
    crash: (index) => processes[index]?.node.crash(),
    at(index) {
      const donna = processes[index];
      return donna?.node.alive ? donna : undefined;
    },
    any() {
      const alive = processes.filter((donna) => donna?.node.alive);
      return alive.length === 0 ? undefined : random.pick(alive);
    },
    insist(what, act) {
      asked += 1;
      let over = false;
      const again = (delayMs: number) => void sim.schedule(delayMs, () => over || tryOnce());
      const finish = () => {
        if (!over) asked -= 1;
        over = true;
      };
      const tryOnce = () => {
        const donna = fleet.any();
        if (!donna) {
          again(1_000);
          return;
        }
        let answered = false;
        const answer = (task: () => void) => {
          if (answered) return;
          answered = true;
          task();
        };
        sim.schedule(PATIENCE_MS, () => answer(() => again(0)));
        donna.node.enter(() => {
          act(donna).then(
            (done) => answer(done ? finish : () => again(random.whole(500, 4_000))),
            (error: unknown) => {
              if (!(error instanceof AppError)) book.violate(`${what} broke: ${String(error)}`);
              answer(() => again(random.whole(500, 4_000)));
            },
          );
        });
      };
      tryOnce();
    },
    get asked() {
      return asked;
    },
    get crashes() {
      return crashes;
    },
  };
  return fleet;
}
