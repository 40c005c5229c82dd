import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, realClock } from '../../src/kernel/clock.ts';
import { createVirtualClock } from '../../src/kernel/virtual-clock.ts';
import type { Database } from '../../src/store/database.ts';
import { dumpEmbedded } from '../../src/store/dump-embedded.ts';
import { migrations as current, dumpName, type Migration } from '../../src/store/migrations.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { openEmbedded } from '../../src/store/open-embedded.ts';
import { bundleScript } from '../fixtures/bundle-script.ts';
import { dumpDirectory } from '../fixtures/dump-directory.ts';
import { type PostgresCluster, postgresIsHere, startPostgres } from '../fixtures/postgres.ts';

const clock = realClock;
const migrations = [
  {
    name: '0000_first',
    sql: 'create table a (id int);\n--> statement-breakpoint\ncreate index a_id on a (id);',
  },
  { name: '0001_second', sql: 'alter table a add column note text;' },
];
const [first] = migrations;
if (!first) throw new Error('unreachable');
const older = [first];
const rewritten = [{ ...first, sql: 'create table b (id int);' }];

let home: string;
let cluster: PostgresCluster | undefined;
/** A dump without migrations, since making a database for each test takes seconds. */
let blank: string;
const opened: Database[] = [];
beforeAll(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), 'donna-database-'));
  if (postgresIsHere) cluster = await startPostgres();
  blank = path.join(home, 'blank.tar.gz');
  writeFileSync(blank, gzipSync(await dumpEmbedded([], clock)));
}, 60_000);
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});
afterAll(async () => {
  await cluster?.stop();
  rmSync(home, { recursive: true, force: true });
});

let made = 0;
const newDirectory = () => path.join(home, `database-${++made}`);
type Where = { url: string } | { directory: string | undefined };
interface How {
  readonly migrations?: readonly Migration[];
  readonly clock?: Clock;
  readonly poolSize?: number;
  readonly defer?: (task: () => void) => void;
}
const open = async (where: Where, how: How = {}) => {
  const plain = { connectionTimeoutMs: 15_000, defer: setImmediate, clock, migrations: current };
  const database = await ('url' in where
    ? openDatabase({ clock, ...where, ...how })
    : openEmbedded({ ...plain, dumpFile: blank, ...where, ...how }));
  opened.push(database);
  return database;
};
const newServer = async () => {
  if (!cluster) throw new Error('PostgreSQL is not installed');
  return { url: await cluster.createDatabase() };
};
const worlds = [
  { kind: 'embedded', place: async () => ({ directory: newDirectory() }), here: true },
  { kind: 'postgres', place: newServer, here: postgresIsHere },
] as const;
const notHere = (here: boolean) => (here ? '' : ' (PostgreSQL is not installed)');

for (const { kind, place, here } of worlds) {
  describe.skipIf(!here)(`the database, ${kind}${notHere(here)}`, () => {
    it('has the schema of this version once it is open, and again after it was closed', async () => {
      const where = await place();
      const database = await open(where);
      expect(database.kind).toBe(kind);
      await opened.pop()?.close();
      const again = await open(where);
      const { rows } = await again.pool.query('select name from donna_migrations order by name');
      expect(rows).toEqual(current.map(({ name }) => ({ name })));
      expect((await again.pool.query('select * from calls')).rows).toEqual([]);
    }, 30_000);

    it('is brought forward, once, with the time of the clock', async () => {
      const where = await place();
      await open(where, { migrations: older });
      await opened.pop()?.close();
      const virtual = createVirtualClock(Date.UTC(2026, 5, 1));
      const { pool } = await open(where, { migrations, clock: virtual });
      await pool.query(`insert into a values (1, 'new column')`);
      const { rows } = await pool.query('select name, applied_at from donna_migrations order by name');
      expect(rows).toMatchObject([
        { name: '0000_first' },
        { name: '0001_second', applied_at: new Date(virtual.now()) },
      ]);
    }, 30_000);

    it('is refused when it is newer than the code, and when its steps were others', async () => {
      const where = await place();
      await open(where, { migrations });
      await opened.pop()?.close();
      await expect(open(where, { migrations: older })).rejects.toMatchObject({
        code: 'storage',
        message: 'The database is newer than this version of Donna: it has migration 0001_second.',
      });
      await expect(open(where, { migrations: rewritten })).rejects.toMatchObject({
        code: 'storage',
        message: expect.stringContaining('was not made by this version of Donna'),
      });
    }, 30_000);

    it('is as before when a migration fails', async () => {
      const where = await place();
      const failing = [...older, { name: '0001_second', sql: 'create table c (id int); select 1/0;' }];
      await expect(open(where, { migrations: failing })).rejects.toThrow('division by zero');
      const { pool } = await open(where, { migrations });
      expect((await pool.query(`select to_regclass('c') as c, to_regclass('a') as a`)).rows).toEqual([
        { c: null, a: 'a' },
      ]);
    }, 30_000);
  });
}

describe.skipIf(!postgresIsHere)(`the database on a server${notHere(postgresIsHere)}`, () => {
  it('is migrated once by nodes that start together', async () => {
    const where = await newServer();
    const nodes = await Promise.all(
      Array.from({ length: 5 }, () => open(where, { migrations, poolSize: 2 })),
    );
    const { rows } = await (nodes[0] as Database).pool.query(
      'select count(*)::int as count from donna_migrations',
    );
    expect(rows).toEqual([{ count: 2 }]);
  });

  it('ends statements that hang and transactions that are left open', async () => {
    const { pool } = await open(await newServer(), { migrations });
    const settings = ['statement_timeout', 'idle_in_transaction_session_timeout', 'application_name'];
    const shown = settings.map((name) => pool.query(`show ${name}`).then(({ rows }) => rows[0][name]));
    expect(await Promise.all(shown)).toEqual(['10s', '5s', 'donna']);
  });

  it('says what is wrong with the address, and never shows the password', async () => {
    const url = new URL((await newServer()).url);
    const changed = (change: (copy: URL) => void) => {
      const copy = new URL(url);
      change(copy);
      return copy.href;
    };
    const refusal = async (wrong: string) => {
      const error: unknown = await openDatabase({ url: wrong, clock }).catch((cause: unknown) => cause);
      expect(JSON.stringify(error) + String(error)).not.toMatch(/horse|battery/);
      return error;
    };
    expect(await refusal(changed((copy) => (copy.password = 'battery')))).toMatchObject({
      message: expect.stringMatching(/refuses the password: 127\.0\.0\.1:\d+\/test_\d+/),
    });
    expect(await refusal(changed((copy) => (copy.pathname = '/nowhere')))).toMatchObject({
      message: expect.stringContaining('no such database'),
    });
    expect(await refusal(changed((copy) => copy.searchParams.set('ssl', 'true')))).toMatchObject({
      message: expect.stringContaining('encryption'),
    });
    for (const other of [
      'mysql://a:battery@127.0.0.1/x',
      'postgres://a:bat%ztery@[::1',
      '/var/lib/battery',
    ]) {
      expect(await refusal(other)).toMatchObject({ code: 'bad-config' });
    }
  });

  it('hears notifications of others, and is told once after its connection was lost', async () => {
    const where = await newServer();
    const here = await open(where, { migrations });
    const there = await open(where, { migrations });
    const heard: (string | undefined)[] = [];
    let wake = () => {};
    const next = () => new Promise<void>((resolve) => (wake = resolve));
    await here.listen('wake', (payload) => {
      heard.push(payload);
      wake();
    });
    const first = next();
    await there.pool.query(`select pg_notify('wake', 'one')`);
    await first;
    const reconnected = next();
    await there.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where query like 'listen%' and datname = current_database()`);
    await reconnected;
    const second = next();
    await there.pool.query(`select pg_notify('wake', 'two')`);
    await second;
    expect(heard).toEqual(['one', undefined, 'two']);
  });

  it('keeps serving when every connection of it was cut', async () => {
    const where = await newServer();
    const { pool } = await open(where, { migrations });
    await Promise.all(Array.from({ length: 5 }, () => pool.query('select pg_sleep(0.01)')));
    const other = new pg.Client(where.url);
    await other.connect();
    await other.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'donna' and datname = current_database()`);
    await other.end();
    // What was sent into a dead connection may fail, once for each.
    for (let tries = 0; tries < 6; tries++) await pool.query('select 1').catch(() => {});
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('the database at an address where there is none', () => {
  it('says that nothing answers, or something else', async () => {
    const other = createServer((socket) => socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const url = `postgres://a:secret@127.0.0.1:${port}/x`;
    await expect(openDatabase({ url, clock })).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringContaining('not PostgreSQL'),
    });
    other.close();
    await once(other, 'close');
    await expect(openDatabase({ url, clock })).rejects.toMatchObject({
      code: 'storage',
      retryable: true,
      message: expect.stringContaining('does not answer'),
      hint: expect.stringContaining('Start PostgreSQL'),
    });
  });
});

describe('the embedded database', () => {
  it('begins with the dump where there is one, and without where it is damaged', async () => {
    const folder = path.join(home, 'dist');
    mkdirSync(folder);
    const file = path.join(folder, dumpName);
    copyFileSync(path.join(await dumpDirectory(), dumpName), file);
    const ask = async (directory?: string) => {
      const database = await openDatabase({ clock, dumpDirectory: folder, directory });
      opened.push(database);
      return (await database.pool.query('select min(applied_at) as at from donna_migrations')).rows[0].at;
    };
    const ofTheDump = new Date(Date.UTC(2026, 0, 1));
    expect(await ask(newDirectory())).toEqual(ofTheDump);
    expect(await ask()).toEqual(ofTheDump);
    writeFileSync(file, 'half a file');
    expect(await ask(newDirectory())).not.toEqual(ofTheDump);
  }, 60_000);

  it('refuses a directory that holds something else, or a damaged database, and leaves it as it is', async () => {
    const directory = newDirectory();
    mkdirSync(directory);
    writeFileSync(path.join(directory, 'letters.txt'), 'mine');
    await expect(openDatabase({ directory, clock })).rejects.toMatchObject({
      code: 'storage',
      hint: expect.stringContaining('holds something else'),
    });
    writeFileSync(path.join(directory, 'PG_VERSION'), '18\n');
    await expect(openDatabase({ directory, clock })).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringContaining(directory),
    });
  }, 60_000);

  it('takes no time of a virtual clock when its answers come before other events', async () => {
    const virtual = createVirtualClock();
    const { pool } = await open(
      { directory: undefined },
      { clock: virtual, defer: process.nextTick, migrations: [] },
    );
    const done: number[] = [];
    virtual.schedule(100, async () => {
      const client = await pool.connect();
      for (const statement of ['begin', 'select 1', 'select 2', 'commit']) await client.query(statement);
      client.release();
      done.push(virtual.monotonic());
    });
    virtual.schedule(101, () => done.push(101));
    await virtual.advance(101);
    expect(done).toEqual([100, 101]);
  }, 30_000);

  it('says so when a transaction waits for itself, and goes on', async () => {
    const plain = { directory: undefined, dumpFile: blank, defer: setImmediate, clock, migrations: [] };
    const database = await openEmbedded({ ...plain, connectionTimeoutMs: 50 });
    opened.push(database);
    const client = await database.pool.connect();
    await client.query('begin');
    await expect(database.pool.query('select 1')).rejects.toThrow('timeout exceeded when trying to connect');
    await client.query('commit');
    client.release();
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  }, 30_000);

  it('loses nothing that it acknowledged to kill -9', async () => {
    const directory = newDirectory();
    await open({ directory }, { migrations });
    await opened.pop()?.close();
    const script = await bundleScript(new URL('../fixtures/row-writer.ts', import.meta.url));
    const acknowledged: number[] = [];
    for (const rows of [1, 300, 40]) {
      const child = spawn(process.execPath, [script, directory, String(acknowledged.length)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(child, 'exit');
      let seen = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.push(Number(line));
        if (++seen === rows) child.kill('SIGKILL');
      }
      expect(await ended).toEqual([null, 'SIGKILL']);
      const { pool } = await open({ directory }, { migrations });
      const kept = new Set((await pool.query<{ id: number }>('select id from a')).rows.map(({ id }) => id));
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
      await opened.pop()?.close();
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(341);
  }, 60_000);
});
