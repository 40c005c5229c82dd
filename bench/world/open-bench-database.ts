import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { realClock } from '../../src/kernel/clock.ts';
import type { Database } from '../../src/store/database.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { startPostgres } from '../../test/fixtures/postgres.ts';

export const databaseKinds = ['postgres', 'embedded'] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

export interface BenchDatabase {
  readonly database: Database;
  /** Of the server; `undefined` for the embedded one. */
  readonly url: string | undefined;
  /** Messages with statements that went through the pool since this was last asked. */
  takeStatements(): number;
  close(): Promise<void>;
}

/** A new database whose commits wait for the disk: a cluster of its own, or PGlite in a directory. */
export async function openBenchDatabase(kind: DatabaseKind): Promise<BenchDatabase> {
  if (kind === 'postgres') {
    const cluster = await startPostgres({ fsync: true });
    const url = await cluster.createDatabase();
    const database = await openDatabase({ clock: realClock, url });
    return { ...counted(database), url, close: () => database.close().then(() => cluster.stop()) };
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'donna-bench-'));
  const database = await openDatabase({ clock: realClock, directory: path.join(folder, 'database') });
  return {
    ...counted(database),
    url: undefined,
    async close() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function counted(database: Database): Pick<BenchDatabase, 'database' | 'takeStatements'> {
  let statements = 0;
  const counting = new WeakSet<pg.PoolClient>();
  database.pool.on('acquire', (client) => {
    if (counting.has(client)) return;
    counting.add(client);
    const query = client.query.bind(client) as (...values: unknown[]) => unknown;
    client.query = ((...values: unknown[]) => {
      statements++;
      return query(...values);
    }) as typeof client.query;
  });
  return {
    database,
    takeStatements() {
      const taken = statements;
      statements = 0;
      return taken;
    },
  };
}
