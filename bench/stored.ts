// `npm run bench:stored`: what a call costs while a thousand, a hundred thousand and a million others are stored: its way from submission over
// claim and writes to its end, a page of the list, and the look-up by which a webhook finds its call. On PostgreSQL without fsync, since the
// disk would hide what grows. The floor is the same with a thousand. One JSON line.
import { createApplyEvent, type Outcome } from '../src/calls/index.ts';
import { realClock } from '../src/kernel/clock.ts';
import { createStores } from '../src/store/create-stores.ts';
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

const cluster = await startPostgres({ fsync: false });
const database = await openDatabase({ clock: realClock, url: await cluster.createDatabase() });
try {
  const stores = createStores(database.pool);
  const clock = { ...realClock, now: () => startMs };
  const applyEvent = createApplyEvent({ store: stores.calls, clock, newId: freshId });
  const figures: Record<string, Record<string, number>> = {};
  let stored = 0;
  for (const size of SIZES) {
    await fillCalls(database.pool, stored, size);
    stored = size;
    await measure(30);
    figures[size] = await measure(ROUNDS);
  }
  const first = figures[SIZES[0] ?? 0] ?? {};
  const last = figures[SIZES.at(-1) ?? 0] ?? {};
  const growth = Object.fromEntries(
    Object.entries(last).map(([name, ms]) => [name, Number((ms / (first[name] ?? Number.NaN)).toFixed(2))]),
  );
  console.log(JSON.stringify({ bench: 'stored', medianMs: figures, growth, aim: AIM }));
  if (Object.values(growth).some((one) => one > AIM)) process.exitCode = 1;

  /** Medians in milliseconds. */
  async function measure(rounds: number): Promise<Record<string, number>> {
    const times: Record<string, number[]> = {};
    const timed = async <T>(name: string, task: () => Promise<T>): Promise<T> => {
      const started = performance.now();
      const result = await task();
      times[name] = [...(times[name] ?? []), performance.now() - started];
      return result;
    };
    for (let round = 0; round < rounds; round++) {
      const call = newCall();
      const conversationId = `conv_${call.life.attempt.id}`;
      await timed('call', async () => {
        await stores.calls.submit(call);
        const request = { owner: 'bench', nowMs: startMs, leaseMs: 15_000, limit: 50 };
        const { dialing } = await stores.calls.claim(request, policyOf());
        if (dialing.length !== 1) throw new Error(`${dialing.length} attempts were claimed.`);
        const { id } = call.life.attempt;
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
    return Object.fromEntries(
      Object.entries(times).map(([name, all]) => [name, Number(quantile(all, 0.5).toFixed(2))]),
    );
  }
} finally {
  await database.close();
  await cluster.stop();
}
