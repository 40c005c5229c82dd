import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSimDatabase, type SimDatabase } from './database.ts';
import { runSeed } from './run-seed.ts';
import { addTotals, noTotals, shareByThemselves, type Totals, totalsOf } from './totals.ts';

/** The long search is `npm run simulate -- --seeds 10000`. */
const SEEDS = 40;

let database: SimDatabase;
beforeAll(async () => {
  database = await openSimDatabase();
});
afterAll(() => database.close());

describe('the simulation', () => {
  it('dials nobody twice and ends every call, whatever breaks', async () => {
    let totals: Totals = noTotals;
    for (let seed = 1; seed <= SEEDS; seed++) {
      totals = addTotals(totals, totalsOf(await runSeed(database, seed)));
    }
    expect(totals.failures).toEqual([]);
    expect(shareByThemselves(totals)).toBeGreaterThanOrEqual(0.999);
    // Worlds in which nothing happens would prove nothing.
    expect(totals.placed).toBeGreaterThan(SEEDS);
    expect(totals.crashes).toBeGreaterThan(SEEDS / 4);
    expect(totals.takeovers).toBeGreaterThan(SEEDS / 10);
  }, 60_000);

  it('is the same for the same seed, whatever ran before it', async () => {
    const first = await runSeed(database, 7, { keepTrace: true });
    await runSeed(database, 8);
    const second = await runSeed(database, 7, { keepTrace: true });
    expect(second.trace).toEqual(first.trace);
    expect(second.hash).toBe(first.hash);
    expect((await runSeed(database, 8)).hash).not.toBe(first.hash);
  });

  it('skips no look at the queue that would have found something', async () => {
    for (let seed = 1; seed <= 5; seed++) {
      expect((await runSeed(database, seed, { checkSkips: true })).violations).toEqual([]);
    }
  }, 60_000);
});
