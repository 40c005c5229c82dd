import { fstatSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SyncedNodeFs, syncedStartParams } from './synced-node-fs.ts';

describe('SyncedNodeFs', () => {
  let directory: string;
  let database: PGlite;
  /** Inodes in the order in which they were synced. */
  let synced: number[] = [];
  const open = () =>
    PGlite.create({
      fs: new SyncedNodeFs(directory, (descriptor) => synced.push(fstatSync(descriptor).ino)),
      startParams: syncedStartParams(PGlite.defaultStartParams),
    });
  const inodes = (folder: string) =>
    readdirSync(path.join(directory, folder)).map((name) => statSync(path.join(directory, folder, name)).ino);

  beforeAll(async () => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'donna-synced-'));
    database = await open();
    await database.exec('create table rows (id int)');
  }, 30_000);
  afterAll(async () => {
    await database.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('syncs the write-ahead log once a commit, before the commit is answered', async () => {
    synced = [];
    await database.query('insert into rows values (1)');
    expect(synced).toHaveLength(1);
    expect(inodes('pg_wal')).toContain(synced[0]);
    await database.query('select * from rows');
    expect(synced).toHaveLength(1);
  });

  it('syncs once for a transaction of many statements, and not for one that is rolled back', async () => {
    synced = [];
    await database.exec('begin; insert into rows values (2); insert into rows values (3); commit');
    await database.exec('begin; insert into rows values (4); rollback');
    expect(synced).toHaveLength(1);
  });

  it('syncs tables and control file, when a checkpoint lets the log behind it go', async () => {
    synced = [];
    await database.exec('checkpoint');
    expect(synced).toContain(statSync(path.join(directory, 'global', 'pg_control')).ino);
    const { rows } = await database.query<{ file: string }>(`select pg_relation_filepath('rows') as file`);
    expect(synced).toContain(statSync(path.join(directory, rows[0]?.file ?? '')).ino);
  });
});

describe('syncedStartParams', () => {
  it('leave out the one that turns fsync off', () => {
    expect(syncedStartParams(['--single', '-F', '-O'])).toEqual([
      ...['--single', '-O'],
      ...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync'],
    ]);
    expect(PGlite.defaultStartParams).toContain('-F');
  });
});
