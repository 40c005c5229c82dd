import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { realClock } from '../../src/kernel/clock.ts';
import type { Database } from '../../src/store/database.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { type PostgresCluster, postgresIsHere, startPostgres } from '../fixtures/postgres.ts';

const things = pgTable('things', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull().unique(),
  data: jsonb(),
  at: timestamp({ withTimezone: true }),
});

let cluster: PostgresCluster | undefined;
const worlds = [
  { kind: 'embedded', open: () => openDatabase({ clock: realClock, migrations: [] }), here: true },
  {
    kind: 'postgres',
    open: async () => {
      cluster ??= await startPostgres();
      return openDatabase({ url: await cluster.createDatabase(), clock: realClock, migrations: [] });
    },
    here: postgresIsHere,
  },
] as const;

for (const { kind, open, here } of worlds) {
  describe.skipIf(!here)(`the pool, ${kind}${here ? '' : ' (PostgreSQL is not installed)'}`, () => {
    let database: Database;
    let pool: pg.Pool;

    beforeAll(async () => {
      database = await open();
      pool = database.pool;
      await pool.query(
        'create table things (id int primary key generated always as identity, name text not null unique, data jsonb, at timestamptz)',
      );
    }, 60_000);
    beforeEach(() => pool.query('truncate things restart identity'));
    afterAll(async () => {
      await database.close();
      await cluster?.stop();
      cluster = undefined;
    });

    describe('results', () => {
      it('have rows, fields, command and row count', async () => {
        const { rows, fields, command, rowCount } = await pool.query(
          `insert into things (name) values ('a'), ('b') returning id, name`,
        );
        expect(rows).toEqual([
          { id: 1, name: 'a' },
          { id: 2, name: 'b' },
        ]);
        expect(fields.map(({ name, dataTypeID }) => [name, dataTypeID])).toEqual([
          ['id', 23],
          ['name', 25],
        ]);
        expect([command, rowCount]).toEqual(['INSERT', 2]);
      });

      it('count the rows of an update or delete without returning', async () => {
        await pool.query(`insert into things (name) values ('a'), ('b'), ('c')`);
        const updated = await pool.query(`update things set name = name || $1 where id > $2`, ['!', 1]);
        expect([updated.command, updated.rowCount, updated.rows]).toEqual(['UPDATE', 2, []]);
        const none = await pool.query('delete from things where id = $1', [99]);
        expect([none.command, none.rowCount]).toEqual(['DELETE', 0]);
      });

      it('come as arrays when asked, and with the parsers of the query', async () => {
        const { rows } = await pool.query({
          text: 'select 1::int4 as a, 2::int8 as b, now() as c',
          rowMode: 'array',
          types: {
            getTypeParser: (oid: number) => (value: string) => (oid === 1184 ? 'time' : `${oid}:${value}`),
          },
        });
        expect(rows).toEqual([['23:1', '20:2', 'time']]);
      });

      it('of several statements in one text come as a list', async () => {
        const results: unknown = await pool.query('select 1 as a; select 2 as b');
        expect((results as pg.QueryResult[]).map(({ rows }) => rows)).toEqual([[{ a: 1 }], [{ b: 2 }]]);
      });

      it('of a hundred thousand rows come whole', async () => {
        const { rows } = await pool.query<{ n: number; pad: string }>(
          `select n, repeat('x', 50) as pad from generate_series(1, 100000) n`,
        );
        expect([rows.length, rows.at(-1)]).toEqual([100_000, { n: 100_000, pad: 'x'.repeat(50) }]);
      });
    });

    describe('values', () => {
      it.each<[type: string, value: unknown, comesBackAs: unknown]>([
        ['int4', 42, 42],
        ['int4', '42', 42],
        ['int8', 9007199254740993n, '9007199254740993'],
        ['numeric', '12345678901234567890.5', '12345678901234567890.5'],
        ['float8', 0.1, 0.1],
        ['bool', false, false],
        ['text', 'O\'Brien ☎ \\ "x"', 'O\'Brien ☎ \\ "x"'],
        ['text', '', ''],
        ['text', null, null],
        ['text', undefined, null],
        ['timestamptz', new Date('2026-03-01T10:00:00.123Z'), new Date('2026-03-01T10:00:00.123Z')],
        ['bytea', Buffer.from([0, 255, 1]), Buffer.from([0, 255, 1])],
        ['bytea', new Uint8Array([7, 0, 8]), Buffer.from([7, 0, 8])],
        ['jsonb', { a: [1, { b: null }], c: 'ü' }, { a: [1, { b: null }], c: 'ü' }],
        ['jsonb', '"text"', 'text'],
        ['int4[]', [1, 2, 3], [1, 2, 3]],
        ['text[]', ['a,b', '"', '\\', null, ''], ['a,b', '"', '\\', null, '']],
        ['text[]', [], []],
        ['text', 'x'.repeat(3_000_000), 'x'.repeat(3_000_000)],
      ])('of type %s go there and back (%#)', async (type, value, back) => {
        const { rows } = await pool.query(`select $1::${type} as value`, [value]);
        expect(rows[0].value).toEqual(back);
      });

      it('may be 2,000', async () => {
        const values = Array.from({ length: 2_000 }, (_, index) => index);
        const marks = values.map((_, index) => `$${index + 1}::int`).join(', ');
        expect((await pool.query(`select array[${marks}] as list`, values)).rows).toEqual([{ list: values }]);
      });
    });

    describe('errors', () => {
      it('carry the code, constraint, table and detail of PostgreSQL', async () => {
        await pool.query(`insert into things (name) values ('twice')`);
        await expect(pool.query(`insert into things (name) values ($1)`, ['twice'])).rejects.toMatchObject({
          code: '23505',
          constraint: 'things_name_key',
          table: 'things',
          detail: 'Key (name)=(twice) already exists.',
          severity: 'ERROR',
        });
      });

      it('of the text of a statement say where', async () => {
        await expect(pool.query('selct 1')).rejects.toMatchObject({ code: '42601', position: '1' });
      });

      it('leave the pool usable, prepared statements too', async () => {
        const named = { name: 'one', text: 'select $1::int as one', values: [1] };
        await pool.query(named);
        await expect(pool.query('select 1/0')).rejects.toMatchObject({ code: '22012' });
        expect((await pool.query(named)).rows).toEqual([{ one: 1 }]);
        expect((await pool.query({ ...named, values: [2] })).rows).toEqual([{ one: 2 }]);
      });

      it('inside a transaction fail what follows until it is rolled back', async () => {
        const client = await pool.connect();
        await client.query('begin');
        await expect(client.query('select 1/0')).rejects.toMatchObject({ code: '22012' });
        await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
        await client.query('rollback');
        expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
        client.release();
      });
    });

    describe('transactions', () => {
      const names = async () =>
        (await pool.query<{ name: string }>('select name from things order by id')).rows;

      it('are seen by others once committed, and not before', async () => {
        const client = await pool.connect();
        await client.query('begin');
        await client.query(`insert into things (name) values ('mine')`);
        // On the embedded database this waits for the commit, on a server it is answered at once: either way, all or nothing.
        const seen = names();
        await client.query(`insert into things (name) values ('mine too')`);
        await client.query('commit');
        client.release();
        expect([0, 2]).toContain((await seen).length);
        expect(await names()).toHaveLength(2);
      });

      it('of many at once do not mix', async () => {
        await pool.query(`insert into things (name, data) values ('counter', '0')`);
        await Promise.all(
          Array.from({ length: 20 }, async () => {
            const client = await pool.connect();
            await client.query('begin');
            const { rows } = await client.query(`select data from things where name = 'counter' for update`);
            await client.query(`update things set data = $1 where name = 'counter'`, [
              String(Number(rows[0].data) + 1),
            ]);
            await client.query('commit');
            client.release();
          }),
        );
        expect((await pool.query('select data from things')).rows).toEqual([{ data: 20 }]);
      });

      it('that a client is released in are rolled back', async () => {
        const client = await pool.connect();
        await client.query('begin');
        await client.query(`insert into things (name) values ('forgotten')`);
        client.release();
        await pool.query(`insert into things (name) values ('kept')`);
        expect(await names()).toEqual([{ name: 'kept' }]);
      });

      it('that failed and were released are rolled back', async () => {
        const client = await pool.connect();
        await client.query('begin');
        await client.query('select 1/0').catch(() => {});
        client.release();
        expect((await Promise.all([pool.query('select 1 as one'), names()]))[0].rows).toEqual([{ one: 1 }]);
      });

      it('of a client that is thrown away are rolled back, and its session is forgotten', async () => {
        const client = await pool.connect();
        await client.query(`set application_name = 'gone'`);
        await client.query('begin');
        await client.query(`insert into things (name) values ('gone')`);
        client.release(true);
        expect(await names()).toEqual([]);
        const { rows } = await pool.query(`select current_setting('application_name') as name`);
        expect(rows[0].name).not.toBe('gone');
      });

      it('pass over rows that another one has locked', async () => {
        await pool.query(`insert into things (name) values ('a'), ('b')`);
        const client = await pool.connect();
        await client.query('begin');
        const take = 'select name from things order by id limit 1 for update skip locked';
        expect((await client.query(take)).rows).toEqual([{ name: 'a' }]);
        await client.query('commit');
        client.release();
      });
    });

    it('gives its clients in the order in which they were asked for', async () => {
      // As many as the pool has, so that none must be made first.
      const all = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
      for (const client of all) client.release();
      const served: number[] = [];
      const one = async (number: number) => {
        const client = await pool.connect();
        served.push(number);
        await client.query('select 1');
        client.release();
      };
      await Promise.all(Array.from({ length: 30 }, (_, number) => one(number)));
      expect(served).toEqual(Array.from({ length: 30 }, (_, number) => number));
    });

    it('listens: a notification comes once its transaction has committed, and none after unlisten', async () => {
      const heard: (string | undefined)[] = [];
      const woken = new Map<string, () => void>();
      const until = (payload: string) => new Promise<void>((resolve) => woken.set(payload, resolve));
      const unlisten = await database.listen('Wake "up"', (payload) => {
        heard.push(payload);
        woken.get(payload ?? '')?.();
      });
      const notify = (payload: string) => pool.query('select pg_notify($1, $2)', ['Wake "up"', payload]);
      const client = await pool.connect();
      await client.query('begin');
      await client.query('select pg_notify($1, $2)', ['Wake "up"', 'rolled back']);
      await client.query('rollback');
      await client.query('begin');
      await client.query('select pg_notify($1, $2)', ['Wake "up"', 'committed']);
      const committed = until('committed');
      await client.query('commit');
      client.release();
      await committed;
      // The session after an error listens too.
      await pool.query('select 1/0').catch(() => {});
      const again = until('again');
      await notify('again');
      await again;
      await unlisten();
      const stop = await database.listen('other', () => woken.get('other')?.());
      await notify('unheard');
      const other = until('other');
      await pool.query(`select pg_notify('other', '')`);
      await other;
      await stop();
      expect(heard).toEqual(['committed', 'again']);
    });

    describe('under Drizzle', () => {
      it('writes and reads rows, and runs transactions with savepoints', async () => {
        const db = drizzle(pool);
        const at = new Date('2026-03-01T10:00:00.500Z');
        const [row] = await db
          .insert(things)
          .values({ name: 'a', data: { b: [1] }, at })
          .returning();
        expect(row).toEqual({ id: 1, name: 'a', data: { b: [1] }, at });
        await db.transaction(async (tx) => {
          await tx.insert(things).values({ name: 'outer' });
          await tx
            .transaction(async (inner) => {
              await inner.insert(things).values({ name: 'inner' });
              throw new Error('undone');
            })
            .catch(() => {});
        });
        await expect(db.transaction((tx) => tx.execute(sql`select 1/0`))).rejects.toThrow();
        expect(await db.select({ name: things.name }).from(things).orderBy(things.id)).toEqual([
          { name: 'a' },
          { name: 'outer' },
        ]);
      });
    });

    it('refuses statements once it is ended', async () => {
      const other = await open();
      await other.close();
      await expect(other.pool.query('select 1')).rejects.toThrow(
        'Cannot use a pool after calling end on the pool',
      );
    }, 60_000);
  });
}
