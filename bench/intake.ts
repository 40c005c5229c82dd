// `npm run bench:intake [-- postgres|embedded]`: webhooks of the provider that are checked, kept and answered, a second, beside bare Hono that
// inserts the body in one statement and checks nothing; both on the same server, pool and database, sent by another process. One JSON line
// a database.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { realClock } from '../src/kernel/clock.ts';
import { createLog } from '../src/server/log.ts';
import { createElevenLabsWebhook } from '../src/server/webhooks/elevenlabs.ts';
import { createStores } from '../src/store/create-stores.ts';
import { bundleScript } from '../test/fixtures/bundle-script.ts';
import { quantile, spread } from './world/figures.ts';
import { type DatabaseKind, databaseKinds, openBenchDatabase } from './world/open-bench-database.ts';

const ROUNDS = 7;
const COUNT = { postgres: 2_000, embedded: 400 };
const PARALLEL = 32;
const AIM = 0.5;
const secret = 'wsec_of_the_benches';

const sender = await bundleScript(pathToFileURL(path.resolve('bench/webhook-sender.ts')));
for (const kind of databaseKinds) {
  if (process.argv[2] !== undefined && process.argv[2] !== kind) continue;
  console.log(JSON.stringify({ bench: 'intake', database: kind, ...(await measure(kind)) }));
}

async function measure(kind: DatabaseKind) {
  const bench = await openBenchDatabase(kind);
  const { pool } = bench.database;
  await pool.query(
    'create table bare_inbox (id bigserial primary key, at timestamptz not null, body jsonb not null)',
  );
  const stores = createStores(pool);
  const app = new Hono();
  app.post('/bare', async (context) => {
    const values = [new Date(), await context.req.text()];
    await pool.query({ name: 'bare', text: 'insert into bare_inbox (at, body) values ($1, $2)', values });
    return context.json({ status: 'received' });
  });
  app.route(
    '/',
    createElevenLabsWebhook({
      secrets: () => [secret],
      inbox: stores.inbox,
      recordings: stores.recordings,
      clock: realClock,
      nudge() {},
      log: createLog('warn', process.stderr),
    }),
  );
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const run = async (target: string, count: number) => {
    const args = [sender, url + target, secret, String(count), String(PARALLEL)];
    return Number((await promisify(execFile)(process.execPath, args)).stdout);
  };
  try {
    await run('/bare', 200);
    await run('/webhooks/elevenlabs', 200);
    const rates: { ours: number; bare: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const ours = await run('/webhooks/elevenlabs', COUNT[kind]);
      rates.push({ ours, bare: await run('/bare', COUNT[kind]) });
    }
    const ratio = quantile(
      rates.map(({ ours, bare }) => ours / bare),
      0.5,
    );
    if (ratio < AIM) process.exitCode = 1;
    return {
      webhooksPerSecond: spread(rates.map(({ ours }) => ours)),
      barePerSecond: spread(rates.map(({ bare }) => bare)),
      ofBare: Number(ratio.toFixed(2)),
      aim: AIM,
    };
  } finally {
    await new Promise((resolve) => server.close(resolve));
    await bench.close();
  }
}
