import {
  fstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realClock } from '../kernel/clock.ts';
import { dumpEmbedded } from './dump-embedded.ts';
import { putDirectory } from './put-directory.ts';
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

describe('a new database that was put from a dump', () => {
  it('has every file of it synced once it is open', async () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'donna-put-'));
    const directory = path.join(home, 'database');
    putDirectory(await dumpEmbedded([], realClock), directory);
    const files = readdirSync(directory, { recursive: true, withFileTypes: true })
      // Written anew at each start: it says which process runs, and nothing hangs on it.
      .filter((one) => one.isFile() && one.name !== 'postmaster.pid')
      .map((one) => path.join(one.parentPath, one.name));
    const inodeOf = new Map(files.map((file) => [file, statSync(file).ino]));
    const synced = new Set<number>();
    const database = await PGlite.create({
      fs: new SyncedNodeFs(directory, (descriptor) => void synced.add(fstatSync(descriptor).ino)),
      startParams: syncedStartParams(PGlite.defaultStartParams),
    });
    const missed = files.filter((file) => !synced.has(inodeOf.get(file) ?? 0));
    expect(missed.map((file) => path.relative(directory, file))).toEqual([]);
    await database.close();
    rmSync(home, { recursive: true, force: true });
  }, 30_000);
});

/** A disk that forgets, when the power goes, every byte and every change of name that was not synced. */
function createForgetfulDisk(directory: string) {
  const byPath = new Map<string, Buffer>();
  const byInode = new Map<number, Buffer>();
  const keep = (file: string) => {
    const content = readFileSync(file);
    byInode.set(statSync(file).ino, content);
    byPath.set(file, content);
  };
  const keepNames = (folder: string) => {
    const names = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile());
    const files = new Set(names.map(({ name }) => path.join(folder, name)));
    for (const file of byPath.keys())
      if (path.dirname(file) === folder && !files.has(file)) byPath.delete(file);
    for (const file of files) {
      const content = byInode.get(statSync(file).ino);
      if (content) byPath.set(file, content);
    }
  };
  const all = () => readdirSync(directory, { recursive: true, withFileTypes: true });
  for (const one of all()) if (one.isFile()) keep(path.join(one.parentPath, one.name));
  return {
    sync(descriptor: number) {
      const target = readlinkSync(`/proc/self/fd/${descriptor}`);
      if (fstatSync(descriptor).isDirectory()) keepNames(target);
      else keep(target);
    },
    afterPowerLoss(elsewhere: string) {
      const moved = (file: string) => path.join(elsewhere, path.relative(directory, file));
      for (const one of all())
        if (one.isDirectory()) mkdirSync(moved(path.join(one.parentPath, one.name)), { recursive: true });
      for (const [file, content] of byPath) writeFileSync(moved(file), content);
    },
  };
}

describe('a database on SyncedNodeFs', () => {
  it('has every acknowledged row after the power was lost', async () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'donna-power-'));
    const directory = path.join(home, 'database');
    const first = await PGlite.create(directory);
    await first.exec('create table rows (id int primary key, note text)');
    await first.close();
    const disk = createForgetfulDisk(directory);
    const database = await PGlite.create({
      fs: new SyncedNodeFs(directory, disk.sync),
      startParams: syncedStartParams(PGlite.defaultStartParams),
    });
    for (let id = 1; id <= 40; id++) {
      await database.query('insert into rows values ($1, $2)', [id, 'x'.repeat(500)]);
      if (id === 15) await database.exec('checkpoint; create table later (id int)');
      if (id === 30) await database.exec('checkpoint');
    }
    await database.query('update rows set note = $1 where id = 3', ['changed']);
    const elsewhere = path.join(home, 'after');
    disk.afterPowerLoss(elsewhere);
    await database.close();

    const after = await PGlite.create(elsewhere);
    const { rows } = await after.query('select count(*)::int as count, min(note) as note from rows');
    expect(rows).toEqual([{ count: 40, note: 'changed' }]);
    expect((await after.query('select * from later')).rows).toEqual([]);
    await after.close();
    rmSync(home, { recursive: true, force: true });
  }, 60_000);
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
