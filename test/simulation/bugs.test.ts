import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantedBugs } from './bugs/planted-bugs.ts';
import { openSimDatabase, type SimDatabase } from './database.ts';
import { runSeed } from './run-seed.ts';

/** In a world that tempts the bug. How many seeds it takes without temptation: `npm run simulate -- --bugs`. */
const MOST_SEEDS = 40;

let database: SimDatabase;
beforeAll(async () => {
  database = await openSimDatabase();
});
afterAll(() => database.close());

describe('the judge of the simulation', () => {
  it('is tested by twelve bugs and more', () => {
    expect(plantedBugs.length).toBeGreaterThanOrEqual(12);
    expect(new Set(plantedBugs.map(({ name }) => name)).size).toBe(plantedBugs.length);
  });

  it.each(plantedBugs)('finds an engine that $name', async (bug) => {
    let seed = 0;
    let violations: readonly string[] = [];
    while (violations.length === 0 && seed < MOST_SEEDS) {
      seed += 1;
      violations = (await runSeed(database, seed, { bug, bend: bug.tempt })).violations;
    }
    expect(violations).not.toEqual([]);
    // It is the bug that is found, and not the world.
    expect((await runSeed(database, seed, { bend: bug.tempt })).violations).toEqual([]);
  });
});
