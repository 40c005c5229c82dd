// `npm run soak [-- embedded|postgres|nodes]`: `donna serve` as real processes, killed and paused at random while it dials in a sandbox that
// counts. One JSON line an act; exits 1 when a call was dialled twice, was lost, or came to no end. Takes up to 30 minutes: what a kill
// left between commit and request is looked for through the whole quiet period (18 minutes here) before a person is asked.
import { writeSync } from 'node:fs';
import { realClock, sleep } from '../../src/kernel/clock.ts';
import { ensureBuilt } from '../fixtures/built.ts';
import { type PostgresCluster, startPostgres } from '../fixtures/postgres.ts';
import { openSoakWorld } from './open-soak-world.ts';
import { type KillsReport, runKills } from './run-kills.ts';
import { runNodes } from './run-nodes.ts';

const CALLS = 200;
const KILLS = 20;
const PAUSED_MS = 60_000;
/** The quiet period, the minute in which a person is asked then, and time for takeovers. */
const PATIENCE_MS = 22 * 60_000;
/** Five times as fast as life: a call lasts some four seconds, so that nearly every kill hits some. */
const SPEED = 5;

const acts = {
  embedded: () => killed({}),
  postgres: async () => onPostgres(async (url) => killed({ DATABASE_URL: url })),
  nodes: async () =>
    onPostgres(async (databaseUrl) => {
      const world = await openSoakWorld(SPEED);
      try {
        return await runNodes({
          world,
          databaseUrl,
          calls: CALLS,
          pausedMs: PAUSED_MS,
          patienceMs: PATIENCE_MS,
        });
      } finally {
        await world.close();
      }
    }),
};

ensureBuilt();
const asked = process.argv[2];
const names = (Object.keys(acts) as (keyof typeof acts)[]).filter((name) => !asked || asked === name);
// Side by side: most of the time of each is waiting.
await Promise.all(
  names.map(async (name) => {
    const report = await acts[name]();
    writeSync(1, `${JSON.stringify({ soak: name, ...report })}\n`);
    if (report.faults.length > 0) process.exitCode = 1;
  }),
);

async function killed(more: Record<string, string>): Promise<KillsReport> {
  const world = await openSoakWorld(SPEED);
  try {
    return await runKills({
      world,
      environment: await world.environment('node', more),
      calls: CALLS,
      kills: KILLS,
      submitters: 3,
      untilKill: () => sleep(realClock, 200 + Math.random() * 6_000),
      patienceMs: PATIENCE_MS,
      searchIsOver: false,
    });
  } finally {
    await world.close();
  }
}

async function onPostgres(act: (url: string) => Promise<KillsReport>): Promise<KillsReport> {
  const cluster: PostgresCluster = await startPostgres({ fsync: true });
  try {
    return await act(await cluster.createDatabase());
  } finally {
    await cluster.stop();
  }
}
