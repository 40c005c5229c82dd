import type { Pool } from 'pg';
import { realClock, sleep } from '../../src/kernel/clock.ts';

const BATCH = 50;
const tables = `
create table if not exists bare_keys (key text primary key, at timestamptz not null);
create table if not exists bare_jobs (id text primary key, state text not null, due_at timestamptz not null, payload jsonb not null, result jsonb);
create index if not exists bare_due on bare_jobs (due_at) where state = 'due'`;

const claimDue = {
  name: 'bare-claim',
  text: `
update bare_jobs set state = 'dialing'
where id in (select id from bare_jobs where state = 'due' and due_at <= now() order by due_at limit ${BATCH} for update skip locked)
returning id, payload`,
};
const update = {
  name: 'bare-update',
  text: 'update bare_jobs set state = $2, result = $3 where id = $1 and state <> $2',
};

/**
 * What the database can do when nothing is asked of it but durability: rows inserted by `submitters`, taken with SKIP LOCKED, and written
 * twice more, with the commits that a call of ours has and none of its checks. `exchange` stands for the provider.
 *
 * @returns calls a second
 */
export async function runBareLoop(
  pool: Pool,
  options: { calls: number; inFlight: number; exchange?: () => Promise<unknown> },
): Promise<number> {
  await pool.query(tables);
  const payload = JSON.stringify({ to: '+12125550142', note: 'x'.repeat(400) });
  const result = JSON.stringify({ kind: 'answered', note: 'x'.repeat(200) });
  const { exchange = async () => {} } = options;
  let [submitted, ended] = [0, 0];
  const started = performance.now();

  async function submit(): Promise<void> {
    while (submitted < options.calls) {
      if (submitted - ended >= options.inFlight) {
        await sleep(realClock, 1);
        continue;
      }
      const id = `${started}-${++submitted}`;
      await pool.query({ name: 'bare-key', text: 'insert into bare_keys values ($1, now())', values: [id] });
      const values = [id, payload];
      await pool.query({
        name: 'bare-insert',
        text: "insert into bare_jobs values ($1, 'due', now(), $2)",
        values,
      });
    }
  }

  async function finish(id: string): Promise<void> {
    await exchange();
    await pool.query({ ...update, values: [id, 'accepted', null] });
    await exchange();
    await pool.query({ ...update, values: [id, 'ended', result] });
    ended++;
  }

  async function work(): Promise<void> {
    const running = new Set<Promise<void>>();
    while (ended < options.calls) {
      const { rows } = await pool.query<{ id: string }>(claimDue);
      for (const { id } of rows) {
        const task = finish(id).finally(() => running.delete(task));
        running.add(task);
      }
      if (rows.length === 0) await sleep(realClock, 1);
    }
    await Promise.all(running);
  }

  await Promise.all([...Array.from({ length: 8 }, submit), work()]);
  return (options.calls * 1000) / (performance.now() - started);
}
