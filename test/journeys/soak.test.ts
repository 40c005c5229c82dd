import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realClock, sleep } from '../../src/kernel/clock.ts';
import { ensureBuilt } from '../fixtures/built.ts';
import { type PostgresCluster, postgresIsHere, startPostgres } from '../fixtures/postgres.ts';
import { openSoakWorld } from '../soak/open-soak-world.ts';
import { runKills } from '../soak/run-kills.ts';

/** Small enough for the suite: `npm run soak` is the large one. */
const sizes = { calls: 10, kills: 2, submitters: 10 };

describe.concurrent('donna serve, killed while it dials', () => {
  let cluster: PostgresCluster | undefined;
  beforeAll(() => void ensureBuilt());
  afterAll(() => cluster?.stop());

  it('calls nobody twice and loses no call on the embedded database', { timeout: 60_000 }, () => check({}));

  it.skipIf(!postgresIsHere)(
    'the same on PostgreSQL (skipped where there is none)',
    { timeout: 60_000 },
    async () => {
      cluster = await startPostgres({ fsync: true });
      await check({ DATABASE_URL: await cluster.createDatabase() });
    },
  );

  async function check(more: Record<string, string>) {
    const world = await openSoakWorld(10);
    try {
      const report = await runKills({
        world,
        environment: await world.environment('node', more),
        ...sizes,
        // In the middle of the dials: three before the first, three before the second.
        async untilKill(kills, taken) {
          while (taken.length < sizes.calls || world.dials() < 3 * (kills + 1)) await sleep(realClock, 10);
        },
        patienceMs: 45_000,
        searchIsOver: true,
      });
      expect(report.faults).toEqual([]);
      expect(report).toMatchObject({ calls: 10, open: 0, asked: 0 });
      // What is searched for never left: its phone did not ring.
      expect(report.rings).toBe(report.ended);
    } finally {
      await world.close();
    }
  }
});
