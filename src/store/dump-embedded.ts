import { PGlite } from '@electric-sql/pglite';
import type { Clock } from '../kernel/clock.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations.ts';
import { createPglitePool } from './pglite-pool.ts';

/** The tar archive of a new embedded database with these migrations in it: about 40 MB, 5 MB once it is packed. Takes two to three seconds. */
export async function dumpEmbedded(
  migrations: readonly Migration[],
  clock: Pick<Clock, 'now'>,
): Promise<Uint8Array> {
  const database = await PGlite.create();
  try {
    const pool = createPglitePool({ database, connectionTimeoutMs: 10_000, defer: setImmediate });
    const client = await pool.connect();
    await migrate(client, migrations, clock);
    // What is read from the dump then needs no recovery.
    await client.query('checkpoint');
    client.release();
    await pool.end();
    return new Uint8Array(await (await database.dumpDataDir('none')).arrayBuffer());
  } finally {
    await database.close();
  }
}
