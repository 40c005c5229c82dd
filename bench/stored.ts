// `npm run bench:stored`: what a call costs while a thousand, a hundred thousand and a million others are stored: its way from submission over
// claim and writes to its end, a page of the list, and the look-up by which a webhook finds its call. On PostgreSQL without fsync, since the
// disk would hide what grows. The floor is the same with a thousand. One JSON line.
import { type ApplyEvent, createApplyEvent, type Outcome } from '../src/calls/index.ts';
import { realClock } from '../src/kernel/clock.ts';
import { createStores, type Stores } from '../src/store/create-stores.ts';
import type { Database } from '../src/store/database.ts';
import { openDatabase } from '../src/store/open-database.ts';
import { startPostgres } from '../test/fixtures/postgres.ts';
import { freshId, newCall, policyOf, startMs } from '../test/fixtures/store-calls.ts';
import { quantile } from './world/figures.ts';
import { fillCalls } from './world/fill-calls.ts';

const SIZES = [1_000, 100_000, 1_000_000];
const ROUNDS = 300;
const AIM = 1.3;

const outcome: Outcome = {
  kind: 'answered',
  owner: 'callee',
  retryable: false,
  connected: true,
  human: 'yes',
  sentence: 'A person answered.',
  fix: undefined,
  evidence: ['duration 18 s, the callee spoke twice'],
  contradicts: undefined,
};

const clock = { ...realClock, now: () => startMs };
const cluster = await startPostgres({ fsync: false });
const opened: Database[] = [];
try {
  const sizes = await Promise.all(SIZES.map(open));
  for (const size of sizes) await fillCalls(size.database.pool, 0, size.stored);
  // Turn by turn, so that a slow moment of the machine strikes all alike; the first rounds warm up.
  for (let round = -30; round < ROUNDS; round++) {
    for (const size of sizes) await measure(size, Math.abs(round), round >= 0);
  }
  const medians = sizes.map(({ times }) =>
    Object.fromEntries(Object.entries(times).map(([name, all]) => [name, quantile(all, 0.5)])),
  );
  const [first = {}, last = {}] = [medians[0], medians.at(-1)];
  const rounded = (figures: Record<string, number>) =>
    Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(2))]));
  const growth = rounded(
    Object.fromEntries(Object.entries(last).map(([name, ms]) => [name, ms / (first[name] ?? Number.NaN)])),
  );
  const medianMs = Object.fromEntries(SIZES.map((size, index) => [size, rounded(medians[index] ?? {})]));
  console.log(JSON.stringify({ bench: 'stored', medianMs, growth, aim: AIM }));
  if (Object.values(growth).some((one) => one > AIM)) process.exitCode = 1;
} finally {
  for (const database of opened) await database.close();
  await cluster.stop();
}

interface Size {
  readonly stored: number;
  readonly database: Database;
  readonly stores: Stores;
  readonly applyEvent: ApplyEvent;
  /** Milliseconds, by what was done. */
  readonly times: Record<string, number[]>;
}

async function open(stored: number): Promise<Size> {
  const database = await openDatabase({ clock: realClock, url: await cluster.createDatabase() });
  opened.push(database);
  const stores = createStores(database.pool);
  const applyEvent = createApplyEvent({ store: stores.calls, clock, newId: freshId });
  return { stored, database, stores, applyEvent, times: {} };
}

async function measure({ stored, stores, applyEvent, times }: Size, round: number, counts: boolean) {
  const timed = async (name: string, task: () => Promise<unknown>) => {
    const started = performance.now();
    await task();
    if (!counts) return;
    times[name] ??= [];
    times[name].push(performance.now() - started);
  };
  const call = newCall();
  const { id } = call.life.attempt;
  const conversationId = `conv_${id}`;
  await timed('call', async () => {
    await stores.calls.submit(call);
    const request = { owner: 'bench', nowMs: startMs, leaseMs: 15_000, limit: 50 };
    const { dialing } = await stores.calls.claim(request, policyOf());
    if (dialing.length !== 1) throw new Error(`${dialing.length} attempts were claimed.`);
    await applyEvent(id, { kind: 'replied', reply: { kind: 'accepted', ids: { conversationId } } });
    const spent = { seconds: 18, cents: 2 };
    await applyEvent(id, { kind: 'finished', outcome, ids: { conversationId }, by: 'poll', spent });
  });
  await timed('page', () => stores.records.list({}, { limit: 50 }));
  await timed('pageOfKey', () => stores.records.list({ keyId: 'key_7' }, { limit: 10 }));
  await timed('pageForPerson', () => stores.records.list({ status: ['needs-person'] }, { limit: 10 }));
  await timed('webhookLookUp', async () => {
    const found = await stores.calls.findAttempt({ conversationId: `conv_s${(round * 7919) % stored}` });
    if (!found) throw new Error('A stored conversation was not found.');
    await stores.calls.load(found);
  });
}
