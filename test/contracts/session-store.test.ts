import { expect, it } from 'vitest';
import { createSession } from '../../src/store/session.ts';
import { describeOnEachStore } from '../fixtures/each-store.ts';

const insert = { text: 'insert into line_paces (line_id, next_at) values ($1, $2)' };
const at = '2026-01-05T15:00:00Z';

describeOnEachStore('statements', (store) => {
  const session = () => createSession(store.db.database.pool);
  const lines = async () =>
    (await store.rows<{ id: string }>('select line_id as id from line_paces order by 1')).map(({ id }) => id);

  it('of a transaction take effect together', async () => {
    const result = await session().transaction('select 1 as one; select 2 as two', async (first, queries) => {
      expect(first).toEqual([[{ one: 1 }], [{ two: 2 }]]);
      await queries.query(insert, ['a', at]);
      await queries.query(insert, ['b', at]);
      return 'done';
    });
    expect(result).toBe('done');
    expect(await lines()).toEqual(['a', 'b']);
  });

  it('of a transaction take no effect when something in it fails, and the connection goes on', async () => {
    const one = session();
    const failing = one.transaction('select 1', async (_, queries) => {
      await queries.query(insert, ['a', at]);
      throw new Error('a bug');
    });
    await expect(failing).rejects.toThrow('a bug');
    const broken = one.transaction('select 1', (_, queries) => queries.query({ text: 'select nonsense' }));
    await expect(broken).rejects.toMatchObject({ code: '42703' });
    await one.query(insert, ['b', at]);
    expect(await lines()).toEqual(['b']);
  });

  it('are the database’s trouble when the connection is lost, and the next one is another', async () => {
    // The embedded database has no connection to lose.
    if (store.db.database.kind === 'embedded') return;
    const one = session();
    const lost = one.transaction('select pg_backend_pid() as pid', async (first, queries) => {
      await queries.query(insert, ['a', at]);
      const [row] = first[0] as { pid: number }[];
      await store.rows('select pg_terminate_backend($1)', [row?.pid]);
      await queries.query(insert, ['b', at]);
    });
    await expect(lost).rejects.toMatchObject({ code: 'storage', retryable: true });
    await one.query(insert, ['c', at]);
    expect(await lines()).toEqual(['c']);
  });

  it('are run again when the database undid them because of a deadlock', async () => {
    if (store.db.database.kind === 'embedded') return;
    const one = session();
    for (const line of ['a', 'b']) await one.query(insert, [line, at]);
    const touch = { text: 'update line_paces set slowed_at = $2 where line_id = $1' };
    let holding = 0;
    let bothHold: () => void = () => {};
    const both = new Promise<void>((resolve) => {
      bothHold = resolve;
    });
    let runs = 0;
    const inOrder = (first: string, second: string) =>
      one.transaction("set local deadlock_timeout = '5ms'", async (_, queries) => {
        runs++;
        await queries.query(touch, [first, at]);
        if (++holding === 2) bothHold();
        await both;
        await queries.query(touch, [second, at]);
      });
    await Promise.all([inOrder('a', 'b'), inOrder('b', 'a')]);
    expect(runs).toBeGreaterThan(2);
  });
});
