import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import pg from 'pg';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { makeDirectory } from '../kernel/make-directory.ts';
import type { Database } from './database.ts';
import { dumpEmbedded } from './dump-embedded.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations.ts';
import { createPglitePool } from './pglite-pool.ts';
import { putDirectory } from './put-directory.ts';
import { SyncedNodeFs, syncedStartParams } from './synced-node-fs.ts';

interface EmbeddedOptions {
  /** Where the data is kept; without it, in memory. Its parent is made when missing. */
  readonly directory: string | undefined;
  /** What scripts/make-database-dump.mjs made, if it is there: a tar archive of a new database with the migrations in it. */
  readonly dumpFile: string | undefined;
  readonly connectionTimeoutMs: number;
  readonly defer: (task: () => void) => void;
  readonly clock: Clock;
  readonly migrations: readonly Migration[];
}

/**
 * PGlite in this process. What has been committed is on the disk: it survives `kill -9`, and the loss of power as far as the disk tells the
 * truth about fsync. One process at a time: the caller sees to that, since PGlite does not.
 *
 * @throws AppError `storage` when the directory cannot be written, or holds something else or a damaged database.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Database> {
  const { directory, connectionTimeoutMs, defer, clock, migrations } = options;
  const database =
    directory === undefined ? await openMemory(options) : await openDirectory(directory, options);
  const listeners = new Map<string, Set<(payload?: string) => void>>();
  const pool = createPglitePool({
    database,
    connectionTimeoutMs,
    defer,
    // A new client begins a new session, which listens to nothing yet.
    onConnect: async (client) => {
      client.on('notification', ({ channel, payload }) => {
        for (const onNotify of listeners.get(channel) ?? []) queueMicrotask(() => onNotify(payload));
      });
      for (const channel of listeners.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    },
  });
  const close = async () => {
    await pool.end();
    await database.close();
  };
  try {
    const client = await pool.connect();
    try {
      await migrate(client, migrations, clock);
    } finally {
      client.release();
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    kind: 'embedded',
    pool,
    async listen(channel, onNotify) {
      const others = listeners.get(channel) ?? new Set();
      listeners.set(channel, others.add(onNotify));
      if (others.size === 1) await pool.query(`listen ${pg.escapeIdentifier(channel)}`);
      return async () => {
        if (!others.delete(onNotify) || others.size > 0) return;
        if (listeners.get(channel) === others) listeners.delete(channel);
        await pool.query(`unlisten ${pg.escapeIdentifier(channel)}`);
      };
    },
    close,
  };
}

async function openMemory(options: EmbeddedOptions): Promise<PGlite> {
  const dump = await readDump(options);
  return PGlite.create(dump ? { loadDataDir: new Blob([dump]) } : {});
}

async function openDirectory(directory: string, options: EmbeddedOptions): Promise<PGlite> {
  const { clock } = options;
  const log: string[] = [];
  try {
    if (!existsSync(path.join(directory, 'PG_VERSION'))) {
      refuseOthers(directory);
      // PGlite would make it right in its directory, where an interrupted start leaves half of one.
      const dump = (await readDump(options)) ?? (await dumpEmbedded([], clock));
      await makeDirectory(path.dirname(directory));
      putDirectory(dump, directory);
    }
    const settings: PGliteOptions = {
      fs: new SyncedNodeFs(directory),
      startParams: syncedStartParams(PGlite.defaultStartParams),
      // What PostgreSQL says on its way: the reason, when it then gives up.
      onStderr: (line) => {
        log.push(line);
        return false;
      },
    };
    return await PGlite.create(settings);
  } catch (error) {
    throw unusable(directory, error, log);
  }
}

/** @throws NodeJS.ErrnoException ENOTEMPTY */
function refuseOthers(directory: string): void {
  if (existsSync(directory) && readdirSync(directory).length > 0)
    throw Object.assign(new Error('the directory is not empty'), { code: 'ENOTEMPTY' });
}

async function readDump({ dumpFile }: EmbeddedOptions): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (dumpFile === undefined) return undefined;
  try {
    return Uint8Array.from(await promisify(gunzip)(await readFile(dumpFile)));
  } catch {
    // None was built for these migrations, or it is damaged: the database is made anew.
    return undefined;
  }
}

function unusable(directory: string, error: unknown, log: readonly string[]): AppError {
  const { code, message } = error as NodeJS.ErrnoException;
  const said = log.findLast((line) => /FATAL|PANIC/.test(line))?.replace(/^.*(FATAL|PANIC):\s*/, '');
  const hints: Record<string, string> = {
    EACCES: 'Make the data directory writable, or name another with DONNA_DATA_DIR.',
    EROFS: 'Name another data directory with DONNA_DATA_DIR: this one can only be read.',
    ENOSPC: 'Make room on the disk, or name another data directory with DONNA_DATA_DIR.',
    ENOTEMPTY: 'Name another data directory with DONNA_DATA_DIR: this one holds something else.',
  };
  return new AppError(
    'storage',
    `The embedded database cannot be opened: ${directory} (${said ?? code ?? message}).`,
    {
      hint:
        hints[code ?? ''] ??
        'Is another Donna using it? Otherwise it is damaged: keep a copy, and begin anew with another DONNA_DATA_DIR.',
      cause: error,
    },
  );
}
