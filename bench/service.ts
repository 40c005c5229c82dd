// `npm run bench:service [-- postgres|embedded]`: durable calls a second from submission to outcome, with engine, stores and HTTP client as
// they ship, beside a bare loop over SKIP LOCKED with the same commits a call on the same database. One JSON line a database.
import os from 'node:os';
import { realClock, sleep } from '../src/kernel/clock.ts';
import { createNodeFetch } from '../src/providers/node-fetch.ts';
import { quantile, spread } from './world/figures.ts';
import {
  type BenchDatabase,
  type DatabaseKind,
  databaseKinds,
  openBenchDatabase,
} from './world/open-bench-database.ts';
import { benchCaller, benchRequest, openBenchService } from './world/open-bench-service.ts';
import { runBareLoop } from './world/run-bare-loop.ts';
import { type Stub, startStub } from './world/start-stub.ts';
import { usNumbers } from './world/us-numbers.ts';

const ROUNDS = 11;
const IN_FLIGHT = 200;
const CALLS = { postgres: 800, embedded: 250 };
const AIMS = { postgres: 400, embedded: 100 };
const SUBMITTERS = 8;

const asked = databaseKinds.filter((kind) => process.argv[2] === undefined || process.argv[2] === kind);
const stub = await startStub({ calls: 'end-at-once' });
try {
  for (const kind of asked) {
    const database = await openBenchDatabase(kind);
    try {
      console.log(
        JSON.stringify({ bench: 'service', database: kind, ...(await measure(kind, database, stub)) }),
      );
    } finally {
      await database.close();
    }
  }
} finally {
  stub.close();
}

async function measure(kind: DatabaseKind, bench: BenchDatabase, provider: Stub) {
  const calls = CALLS[kind];
  const ends = new Map<string, () => void>();
  const service = await openBenchService(bench, {
    url: provider.url,
    concurrency: 10_000,
    callsPerSecond: 1_000_000,
    ended: (callId) => ends.get(callId)?.(),
  });
  const fetch = createNodeFetch({ connectTimeoutMs: 10_000, replyTimeoutMs: 30_000 });
  const numbers = usNumbers();

  /** @returns calls a second */
  async function runCalls(count: number): Promise<number> {
    const started = performance.now();
    let [submitted, running] = [0, 0];
    async function submit(): Promise<void> {
      while (submitted < count) {
        if (running >= IN_FLIGHT) {
          await sleep(realClock, 1);
          continue;
        }
        submitted++;
        running++;
        const to = numbers.next().value;
        if (!to) throw new Error('There are no more numbers.');
        const result = await service.submitCall(benchRequest(to), benchCaller);
        if (result.kind !== 'submitted') throw new Error(JSON.stringify(result));
        ends.set(result.call.life.callId, () => running--);
      }
    }
    await Promise.all(Array.from({ length: SUBMITTERS }, submit));
    while (running > 0) await sleep(realClock, 1);
    return (count * 1000) / (performance.now() - started);
  }

  const exchange = async () => {
    const reply = await fetch({ method: 'GET', url: `${provider.url}/v1/convai/conversations/conv_1` });
    JSON.parse(Buffer.from(reply.body).toString());
  };
  try {
    await runCalls(Math.min(200, calls));
    await runBareLoop(bench.database.pool, { calls: Math.min(200, calls), inFlight: IN_FLIGHT });
    const rates: { ours: number; bare: number; bareWithHttp: number }[] = [];
    let statements = 0;
    let cpuMs = 0;
    // Turn by turn, so that a slow moment of the machine strikes all alike.
    for (let round = 0; round < ROUNDS; round++) {
      bench.takeStatements();
      const before = process.cpuUsage();
      const ours = await runCalls(calls);
      const { user, system } = process.cpuUsage(before);
      cpuMs += (user + system) / 1000;
      statements += bench.takeStatements();
      const inFlight = IN_FLIGHT;
      const bare = await runBareLoop(bench.database.pool, { calls, inFlight });
      const bareWithHttp = await runBareLoop(bench.database.pool, { calls, inFlight, exchange });
      rates.push({ ours, bare, bareWithHttp });
    }
    return {
      calls: calls * ROUNDS,
      callsPerSecond: spread(rates.map(({ ours }) => ours)),
      aim: AIMS[kind],
      bareLoopPerSecond: spread(rates.map(({ bare }) => bare)),
      bareLoopWithHttpPerSecond: spread(rates.map(({ bareWithHttp }) => bareWithHttp)),
      ofBareLoop: Number(
        quantile(
          rates.map(({ ours, bare }) => ours / bare),
          0.5,
        ).toFixed(2),
      ),
      ofBareLoopWithHttp: Number(
        quantile(
          rates.map(({ ours, bareWithHttp }) => ours / bareWithHttp),
          0.5,
        ).toFixed(2),
      ),
      statementsPerCall: Number((statements / (calls * ROUNDS)).toFixed(1)),
      // Of this process: engine, stores, HTTP client, and on the embedded database that, too.
      cpuMsPerCall: Number((cpuMs / (calls * ROUNDS)).toFixed(2)),
      load: Number(os.loadavg()[0]?.toFixed(1)),
    };
  } finally {
    fetch.close();
    await service.close();
  }
}
