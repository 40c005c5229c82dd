import type { CallStore, LifeWrite } from '../calls/call-store.ts';

type Write = CallStore['write'];

interface Waiting {
  readonly writes: readonly LifeWrite[];
  readonly resolve: (written: readonly boolean[]) => void;
  readonly reject: (error: unknown) => void;
}

const MOST_TOGETHER = 100;

/**
 * Puts the writes that come while another is on its way into one statement. Under load that saves most of the commits, and what many calls
 * write (the usage of a key on a day) is not fought over by statements that each hold it until the disk has answered.
 */
export function joinWrites(write: Write): Write {
  const waiting: Waiting[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) await together(waiting.splice(0, MOST_TOGETHER));
    running = false;
  }

  async function together(joined: readonly Waiting[]): Promise<void> {
    try {
      const written = await write(joined.flatMap(({ writes }) => writes));
      let next = 0;
      for (const { writes, resolve } of joined) {
        resolve(written.slice(next, next + writes.length));
        next += writes.length;
      }
    } catch (error) {
      const [only, ...others] = joined;
      if (only && others.length === 0) return only.reject(error);
      // One that the database refuses must not take the others with it. What did take effect the first time is stale now, and says so.
      await Promise.all(joined.map(({ writes, resolve, reject }) => write(writes).then(resolve, reject)));
    }
  }

  return (writes) =>
    new Promise((resolve, reject) => {
      waiting.push({ writes, resolve, reject });
      if (!running) void run();
    });
}
