import pg, { type Pool, type PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LifeEvent } from '../../src/calls/life.ts';
import { createStores, type Stores } from '../../src/store/create-stores.ts';
import { postgresIsHere } from '../fixtures/postgres.ts';
import { newCall, policyOf, startMs, stepOf } from '../fixtures/store-calls.ts';
import { openPostgresStores, type StoreDatabase } from '../fixtures/store-databases.ts';

const CALLS = 100_000;
/** 8 kB each. A whole table here has thousands, and the smallest full index hundreds. */
const MOST_PAGES = 250;

interface Sent {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

describe.skipIf(!postgresIsHere)(`with ${CALLS} calls in PostgreSQL`, () => {
  let db: StoreDatabase;
  let stores: Stores;
  const sent: Sent[] = [];

  beforeAll(async () => {
    db = await openPostgresStores();
    await fill(db.database.pool);
    stores = createStores(recording(db.database.pool, sent));
  }, 120_000);
  afterAll(() => db?.close());

  /** Pages that the dearest statement of `work` touches when it is run once more, undone afterwards; one with a name by a
   * plan that is kept for all values, as it has one in the end. */
  async function pagesOf(work: (stores: Stores) => Promise<unknown>): Promise<number> {
    sent.length = 0;
    await work(stores);
    expect(sent.length).toBeGreaterThan(0);
    let most = 0;
    const client = await db.database.pool.connect();
    try {
      await client.query('begin');
      await client.query(
        'set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off',
      );
      for (const { name, text, values } of sent) {
        const mode = name === undefined ? 'force_custom_plan' : 'force_generic_plan';
        await client.query(`set local plan_cache_mode = ${mode}`);
        const given = values.map(literal).join(', ');
        await client.query(`prepare one as ${text}`);
        const { rows } = await client.query(
          `explain (analyze, buffers, format json) execute one ${given && `(${given})`}`,
        );
        await client.query('deallocate one');
        const plan = rows[0]['QUERY PLAN'][0].Plan;
        const pages = plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
        if (pages > MOST_PAGES)
          throw new Error(`${pages} pages for ${text}\n${JSON.stringify(plan, null, 1)}`);
        most = Math.max(most, pages);
      }
    } finally {
      await client.query('rollback');
      client.release();
    }
    return most;
  }

  const claim = (limit: number) =>
    stores.calls.claim(
      { owner: 'node', nowMs: startMs, leaseMs: 15_000, limit },
      policyOf({ closedLines: ['phnum_closed'], capacity: 1_000 }),
    );
  const accept: LifeEvent = { kind: 'replied', reply: { kind: 'accepted', ids: {} } };

  it.each<[string, (stores: Stores) => Promise<unknown>]>([
    ['a submission', ({ calls }) => calls.submit(newCall())],
    ['a call by its id', ({ calls }) => calls.loadCall('call_bulk_500')],
    ['an attempt by its id', ({ calls }) => calls.load('att_bulk_500')],
    ['an attempt by its conversation', ({ calls }) => calls.findAttempt({ conversationId: 'conv_500' })],
    ['an attempt by its SID', ({ calls }) => calls.findAttempt({ callSid: 'CA500' })],
    [
      'a takeover',
      ({ calls }) => calls.takeOver({ owner: 'n', nowMs: startMs, leaseMs: 1, limit: 10, held: ['att_1'] }),
    ],
    ['the first page', ({ records }) => records.list({}, { limit: 50 })],
    [
      'a status that few have',
      ({ records }) => records.list({ status: ['needs-person', 'unknown'] }, { limit: 50 }),
    ],
    [
      'a status that most have',
      ({ records }) => records.list({ status: ['ended', 'scheduled'] }, { limit: 50 }),
    ],
    ['outcomes', ({ records }) => records.list({ outcome: ['busy', 'answered'] }, { limit: 50 })],
    ['a number', ({ records }) => records.list({ toHash: 'hash 7' }, { limit: 50 })],
    ['an agent', ({ records }) => records.list({ agentId: 'agent_1' }, { limit: 50 })],
    ['a line', ({ records }) => records.list({ lineId: 'phnum_1' }, { limit: 50 })],
    ['a key', ({ records }) => records.list({ keyId: 'key_1' }, { limit: 50 })],
    ['a time', ({ records }) => records.list({ createdBeforeMs: startMs - 50_000_000 }, { limit: 50 })],
    [
      'metadata that few have',
      ({ records }) => records.list({ metadata: { invoice: 'A-77' } }, { limit: 50 }),
    ],
    ['metadata that all have', ({ records }) => records.list({ metadata: { batch: 'one' } }, { limit: 50 })],
    ['a record by its conversation', ({ records }) => records.get('conv_500')],
    ['a timeline', ({ records }) => records.timeline('call_bulk_500', 0, 100)],
    ['what may be erased', ({ erasure }) => erasure.endedBefore(startMs, 50)],
    ['the calls to a number', ({ erasure }) => erasure.callsTo('hash 7')],
    [
      'a delivery',
      ({ inbox }) =>
        inbox.put({
          deliveryKey: 'd',
          type: 't',
          conversationId: 'c',
          attemptId: undefined,
          receivedMs: startMs,
          eventMs: undefined,
          body: {},
          dueMs: startMs,
        }),
    ],
    ['the inbox', ({ inbox }) => inbox.take({ nowMs: startMs, untilMs: startMs, limit: 8 })],
    ['jobs', ({ jobs }) => jobs.claim({ owner: 'n', nowMs: startMs, leaseMs: 1, limit: 8 })],
  ])('%s touches few pages', async (_, work) => {
    expect(await pagesOf(work)).toBeLessThanOrEqual(MOST_PAGES);
  });

  it.each([
    {},
    { status: ['ended' as const] },
    { agentId: 'agent_1', createdBeforeMs: startMs - 80_000_000 },
  ])('a page behind a deep cursor is as cheap as the first: %o', async (filter) => {
    const cursor = Buffer.from(`${startMs - 90_000_000} call_bulk_90000`).toString('base64url');
    expect(await pagesOf(({ records }) => records.list(filter, { limit: 50, cursor }))).toBeLessThan(
      MOST_PAGES,
    );
  });

  it('claims and writes touch few pages, whatever waits behind a closed line or for later', async () => {
    await pagesOf(() => claim(1));
    const { dialing } = await claim(20);
    expect(dialing).toHaveLength(20);
    await pagesOf(({ calls }) =>
      calls.write(
        dialing.slice(0, 1).map(({ call }) => ({
          ticket: call.ticket,
          step: stepOf(call, accept),
          plan: call.plan,
          atMs: startMs,
        })),
      ),
    );
    await pagesOf(({ calls }) =>
      calls.renew({
        owner: 'node',
        nowMs: startMs,
        leaseMs: 1,
        held: dialing.slice(0, 1).map(({ call }) => ({ ...call.ticket, watchedMs: 1 })),
      }),
    );
  });
});

/** Rows that were inserted when the statement was recorded are inserted under other ids when it is explained. */
function literal(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return literal(`{${value.map((one) => JSON.stringify(String(one))).join(',')}}`);
  return pg.escapeLiteral(String(value).replaceAll('_0000', '_again'));
}

/** The pool, with what is sent through its clients kept in `sent`; statements without values are of transactions and settings. */
function recording(pool: Pool, sent: Sent[]): Pool {
  const heard = new WeakMap<PoolClient, PoolClient>();
  const connect = async () => {
    const client = await pool.connect();
    const known = heard.get(client);
    if (known) return known;
    const query = client.query.bind(client);
    const proxy = new Proxy(client, {
      get(target, name) {
        if (name !== 'query') {
          const value = Reflect.get(target, name);
          return typeof value === 'function' ? value.bind(target) : value;
        }
        return (statement: Sent | string) => {
          if (typeof statement !== 'string') sent.push(statement);
          return query(statement as never);
        };
      },
    });
    heard.set(client, proxy);
    return proxy;
  };
  return { connect } as unknown as Pool;
}

/** A second apart, ended but for the newest of them; of these, most are due on a closed line or only later. */
async function fill(pool: Pool): Promise<void> {
  const stores = createStores(pool);
  const model = newCall();
  await stores.calls.submit(model);
  const own = { ...columnsOf(model.life.callId) };
  await pool.query(own.calls);
  await pool.query(own.attempts);
  await pool.query(
    `insert into timeline select 'call_bulk_' || n, s, 'att_bulk_' || n, $1::timestamptz, 'progress', '{}'
     from generate_series(1, ${CALLS / 4}) n, generate_series(1, 4) s`,
    [new Date(startMs)],
  );
  for (let index = 0; index < 100; index++) await stores.calls.submit(newCall());
  await pool.query('vacuum analyze');
}

function columnsOf(callId: string): { calls: string; attempts: string } {
  const start = `to_timestamp(${startMs / 1000})`;
  const ended = `n <= ${CALLS} - 30000`;
  return {
    calls: `insert into calls (id, created_at, updated_at, key_id, origin, to_number, to_hash, agent_id, line_id, plan, metadata, retry,
        redial_after_unknown, deadline_at, status, outcome, attempts, latest_attempt, last_seq, ended_at)
      select 'call_bulk_' || n, ${start} - (${CALLS} - n) * interval '1 s', ${start}, key_id, origin, to_number, 'hash ' || n % 5000,
        agent_id, case when ${ended} then line_id else 'phnum_closed' end, plan,
        jsonb_build_object('invoice', 'A-' || n % 20000, 'batch', 'one'), retry, redial_after_unknown, deadline_at,
        case when n % 20000 = 0 then 'needs-person' when ${ended} then 'ended' else 'scheduled' end,
        case when ${ended} then (array['answered', 'busy', 'no-answer'])[1 + n % 3] end, 1, 'att_bulk_' || n, 4,
        case when ${ended} then ${start} end
      from calls, generate_series(1, ${CALLS}) n where id = '${callId}'`,
    attempts: `insert into attempts (id, call_id, number, tries, state, live, asked, why, priority, due_at, committed_at, conversation_id,
        call_sid, fence, version, watched_ms, line_id, to_hash, result)
      select 'att_bulk_' || n, 'call_bulk_' || n, 1, 0,
        case when n % 20000 = 0 then 'unknown' when ${ended} then 'ended' else 'scheduled' end, false, n % 20000 = 0, 'reset', 0,
        case when ${ended} then null when n % 2 = 0 then ${start} - interval '1 s' else ${start} + n * interval '1 s' end,
        case when ${ended} or n % 20000 = 0 then ${start} end, 'conv_' || n, 'CA' || n, 1, 3, 0,
        case when ${ended} then 'phnum_1' when n % 2 = 0 then 'phnum_closed' else 'phnum_later' end, 'hash ' || n % 5000,
        '{"kind": "answered"}'
      from generate_series(1, ${CALLS}) n`,
  };
}
