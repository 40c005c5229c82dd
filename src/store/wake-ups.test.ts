import { afterEach, beforeEach, expect, it } from 'vitest';
import { realClock } from '../kernel/clock.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';
import { createWakeUps } from './wake-ups.ts';

let database: Database;
beforeEach(async () => {
  database = await openDatabase({ clock: realClock });
});
afterEach(() => database.close());

it('tells of due work and of attempts, each at least once, in few statements', async () => {
  const told: string[] = [];
  let all = () => {};
  const complete = new Promise<void>((resolve) => {
    all = resolve;
  });
  const note = (what: string) => {
    told.push(what);
    if (told.includes('due') && told.includes('att_1') && told.includes('att_2')) all();
  };
  const wakeUps = await createWakeUps(database, realClock, { due: () => note('due'), written: note });
  let statements = 0;
  const query = database.pool.query.bind(database.pool) as typeof database.pool.query;
  database.pool.query = ((...args: Parameters<typeof query>) => {
    statements += 1;
    return query(...args);
  }) as typeof query;
  for (let burst = 0; burst < 20; burst++) {
    wakeUps.due();
    wakeUps.written('att_1');
    wakeUps.written('att_2');
  }
  await complete;
  await wakeUps.close();
  expect(statements).toBeLessThan(5);
});
