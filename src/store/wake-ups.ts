import { type Clock, sleep } from '../kernel/clock.ts';
import type { Database } from './database.ts';

/** Wakes the other nodes. What it tells is never needed: every node looks by itself each second. */
export interface WakeUps {
  /** Something may be due, on whichever node claims it first. */
  due(): void;
  /** Somebody wrote to an attempt that another node may own. */
  written(attemptId: string): void;
  close(): Promise<void>;
}

const CHANNEL = 'donna_wake';
/** A commit with a NOTIFY waits for those of all others, so that a burst of them tells the same once. */
const EVERY_MS = 50;
/** PostgreSQL refuses a payload of 8,000 bytes; of so many attempts each node had better look at all it has. */
const MOST_NAMED = 100;

/** Tells and is told over LISTEN and NOTIFY; on the embedded database both are in this process. */
export async function createWakeUps(
  database: Pick<Database, 'pool' | 'listen'>,
  clock: Clock,
  told: { readonly due: () => void; readonly written: (attemptId: string) => void },
): Promise<WakeUps> {
  let anythingDue = false;
  const named = new Set<string>();
  let telling: Promise<void> | undefined;
  const closing = new AbortController();

  const unlisten = await database.listen(CHANNEL, (payload) => {
    if (payload === undefined || payload === '') told.due();
    else for (const attemptId of payload.split(',')) told.written(attemptId);
  });

  async function tell(): Promise<void> {
    while (anythingDue || named.size > 0) {
      const payloads = [
        ...(anythingDue ? [''] : []),
        ...(named.size > 0 ? [[...named].slice(0, MOST_NAMED).join(',')] : []),
      ];
      anythingDue = false;
      named.clear();
      try {
        await database.pool.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [
          CHANNEL,
          payloads,
        ]);
      } catch {
        // The nodes look by themselves.
      }
      await sleep(clock, EVERY_MS, closing.signal);
    }
  }

  function begin(): void {
    telling ??= tell().finally(() => {
      telling = undefined;
    });
  }

  return {
    due() {
      anythingDue = true;
      begin();
    },
    written(attemptId) {
      named.add(attemptId);
      begin();
    },
    async close() {
      closing.abort();
      await telling;
      await unlisten();
    },
  };
}
