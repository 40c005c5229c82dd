// `npm run bench:in-flight`: memory of one node that looks after 10,000 calls at once, accepted by a provider where they never end. The
// floor is what the records of those calls take by themselves, each with a timer. One JSON line.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { realClock, sleep } from '../src/kernel/clock.ts';
import { openBenchDatabase } from './world/open-bench-database.ts';
import { benchCaller, benchRequest, openBenchService } from './world/open-bench-service.ts';
import { startStub } from './world/start-stub.ts';
import { usNumbers } from './world/us-numbers.ts';

const CALLS = 10_000;
const SUBMITTERS = 8;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const stub = await startStub({ calls: 'never-end' });
const database = await openBenchDatabase('postgres');
try {
  const service = await openBenchService(database, {
    url: stub.url,
    concurrency: 2 * CALLS,
    callsPerSecond: 1e6,
  });
  const numbers = usNumbers();
  const submit = async (count: number) => {
    let submitted = 0;
    const one = async () => {
      while (submitted++ < count) {
        const to = numbers.next().value;
        if (!to) throw new Error('There are no more numbers.');
        const result = await service.submitCall(benchRequest(to), benchCaller);
        if (result.kind !== 'submitted') throw new Error(JSON.stringify(result));
      }
    };
    await Promise.all(Array.from({ length: SUBMITTERS }, one));
    while (!(await allAccepted())) await sleep(realClock, 200);
  };
  const allAccepted = async () => {
    const { rows } = await database.database.pool.query<{ open: number }>(
      "select count(*)::integer as open from attempts where state <> 'accepted'",
    );
    return rows[0]?.open === 0;
  };

  // What every call needs anyway is loaded by the first ones.
  await submit(200);
  const before = await memory();
  const startedMs = performance.now();
  await submit(CALLS);
  const seconds = (performance.now() - startedMs) / 1000;
  const after = await memory();
  const { items } = await service.stores.records.list({}, { limit: 1 });
  const floor = await floorOf(items[0]);
  const perCall = (one: 'rss' | 'heapUsed') => Math.round((after[one] - before[one]) / CALLS);
  console.log(
    JSON.stringify({
      bench: 'in-flight',
      calls: service.engine.owned,
      rssMegabytes: Math.round(after.rss / 2 ** 20),
      rssBytesPerCall: perCall('rss'),
      heapBytesPerCall: perCall('heapUsed'),
      bareHeapBytesPerCall: floor,
      ofBare: Number((perCall('heapUsed') / floor).toFixed(1)),
      secondsToGetThere: Math.round(seconds),
    }),
  );
  // The stub's calls never end: a stop hands them over.
  await service.close();
} finally {
  await database.close();
  stub.close();
}

async function memory(): Promise<{ rss: number; heapUsed: number }> {
  for (let round = 0; round < 3; round++) {
    await sleep(realClock, 500);
    collectGarbage();
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
}

/** Bytes of one call's record with a timer, and nothing that looks after it. */
async function floorOf(record: unknown): Promise<number> {
  const text = JSON.stringify(record);
  const before = await memory();
  const kept = Array.from({ length: CALLS }, () => {
    const value: unknown = JSON.parse(text);
    return { value, timer: setTimeout(() => value, 1e8) };
  });
  const after = await memory();
  for (const { timer } of kept) clearTimeout(timer);
  return Math.round((after.heapUsed - before.heapUsed) / CALLS);
}
