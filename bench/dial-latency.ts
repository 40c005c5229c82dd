// `npm run bench:dial-latency`: milliseconds from the moment a client sends POST /v1/calls to `donna serve` until the request of the dial has
// arrived at the provider, beside the way to the provider alone: the same POST sent to it directly. One JSON line a database.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { realClock, sleep } from '../src/kernel/clock.ts';
import { createNodeFetch } from '../src/providers/node-fetch.ts';
import { ensureBuilt } from '../test/fixtures/built.ts';
import { startPostgres } from '../test/fixtures/postgres.ts';
import { startServe } from '../test/soak/serve-process.ts';
import { zoneAtNoon } from '../test/soak/zone-at-noon.ts';
import { quantile } from './world/figures.ts';
import { type DatabaseKind, databaseKinds } from './world/open-bench-database.ts';
import { startStub } from './world/start-stub.ts';
import { usNumbers } from './world/us-numbers.ts';

const CALLS = 300;
const WARM_UP = 30;
/** Calls a second: well below what it can do, so that waiting for others is no part of the figure. */
const RATE = 15;
const AIMS = { p50Ms: 15, p99Ms: 60 };

ensureBuilt();
const asked = databaseKinds.filter((kind) => process.argv[2] === undefined || process.argv[2] === kind);
const fetch = createNodeFetch({ connectTimeoutMs: 10_000, replyTimeoutMs: 30_000 });
for (const kind of asked)
  console.log(JSON.stringify({ bench: 'dial-latency', database: kind, ...(await measure(kind)) }));
fetch.close();

async function measure(kind: DatabaseKind) {
  const stub = await startStub({ calls: 'end-at-once' });
  const cluster = kind === 'postgres' ? await startPostgres({ fsync: true }) : undefined;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'donna-bench-'));
  const server = await startServe({
    DONNA_DATA_DIR: folder,
    DONNA_SECRET: 'a secret of the benches',
    ELEVENLABS_API_KEY: 'bench',
    ELEVENLABS_BASE_URL: stub.url,
    ELEVENLABS_AGENT_ID: 'agent_1',
    ELEVENLABS_PHONE_NUMBER_ID: 'phnum_1',
    DONNA_CONCURRENCY: '1000',
    DONNA_CALLS_PER_SECOND: '1000',
    ...(cluster ? { DATABASE_URL: await cluster.createDatabase() } : {}),
  });
  try {
    const sentMs = new Map<string, number>();
    const directMs = new Map<string, number>();
    const tasks: Promise<unknown>[] = [];
    let count = 0;
    for (const { number: to } of usNumbers()) {
      if (count === CALLS + WARM_UP) break;
      const counts = ++count > WARM_UP;
      tasks.push(
        postCall(to).then(({ attemptId, atMs }) => {
          if (counts) sentMs.set(attemptId, atMs);
        }),
      );
      await sleep(realClock, 500 / RATE);
      const direct = `direct_${count}`;
      if (counts) directMs.set(direct, nowMs());
      tasks.push(postDial(direct, to));
      await sleep(realClock, 500 / RATE);
    }
    await Promise.all(tasks);
    await sleep(realClock, 1_000);
    const { arrivals } = await stub.seen();
    const ours = waits(sentMs, arrivals);
    const direct = waits(directMs, arrivals);
    return {
      calls: ours.length,
      ...figures(ours),
      aims: AIMS,
      direct: figures(direct),
      ofDirect: Number((quantile(ours, 0.5) / quantile(direct, 0.5)).toFixed(1)),
      load: Number(os.loadavg()[0]?.toFixed(1)),
    };
  } finally {
    server.signal('SIGTERM');
    await server.ended;
    await cluster?.stop();
    stub.close();
    await rm(folder, { recursive: true, force: true });
  }

  async function postCall(to: string): Promise<{ attemptId: string; atMs: number }> {
    const atMs = nowMs();
    const reply = await server.request('POST', '/v1/calls', {
      to,
      variables: { customer_name: 'Ada', invoice: '2026-017' },
      window: {
        days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
        from: '08:00',
        to: '20:00',
        zone: zoneAtNoon(),
      },
    });
    if (reply.status !== 202) throw new Error(JSON.stringify(reply.json));
    return { attemptId: reply.json.attemptId, atMs };
  }

  function postDial(attemptId: string, to: string): Promise<unknown> {
    const body = JSON.stringify({
      agent_id: 'agent_1',
      to_number: to,
      conversation_initiation_client_data: { dynamic_variables: { donna_attempt_id: attemptId } },
    });
    // A dial of ours never goes over a kept connection either.
    const beforeSend = async () => {};
    return fetch({ method: 'POST', url: `${stub.url}/v1/convai/twilio/outbound-call`, body, beforeSend });
  }
}

/** Wall time with the parts of a millisecond, as the stub tells it. */
function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

function waits(sent: ReadonlyMap<string, number>, arrivals: Readonly<Record<string, number>>): number[] {
  return [...sent].map(([id, atMs]) => {
    const arrived = arrivals[id];
    if (arrived === undefined) throw new Error(`${id} never arrived at the provider.`);
    return arrived - atMs;
  });
}

function figures(values: readonly number[]): { p50Ms: number; p99Ms: number } {
  return {
    p50Ms: Number(quantile(values, 0.5).toFixed(1)),
    p99Ms: Number(quantile(values, 0.99).toFixed(1)),
  };
}
