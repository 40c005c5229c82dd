import type { PoolClient } from 'pg';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { type Migration, sha256Of, statementsOf } from './migrations.ts';

/** "donna" in ASCII: the advisory lock under which one node at a time migrates. */
const LOCK = '431366237793';

interface Applied {
  readonly name: string;
  readonly sha256: string;
}

/**
 * Brings the schema up to `migrations`, forward only and all in one transaction. Nodes that start together take turns, and those
 * that come later find nothing to do.
 *
 * @throws AppError `storage` when the database is newer than this program, or was migrated by other steps of the same names.
 */
export async function migrate(
  client: PoolClient,
  migrations: readonly Migration[],
  clock: Pick<Clock, 'now'>,
): Promise<void> {
  await client.query('begin');
  try {
    // A large table may take minutes, and another node's migration may have to be waited for.
    await client.query('set local statement_timeout = 0');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists donna_migrations (name text primary key, sha256 text not null, applied_at timestamptz not null)',
    );
    const { rows } = await client.query<Applied>('select name, sha256 from donna_migrations order by name');
    refuseStrangers(rows, migrations);
    for (const migration of migrations.slice(rows.length)) {
      for (const statement of statementsOf(migration)) await client.query(statement);
      await client.query('insert into donna_migrations values ($1, $2, $3)', [
        migration.name,
        sha256Of(migration),
        new Date(clock.now()),
      ]);
    }
    await client.query('commit');
  } catch (error) {
    // A connection that is gone cannot roll back, and need not.
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

function refuseStrangers(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const [index, { name, sha256 }] of applied.entries()) {
    const own = migrations[index];
    if (!own)
      throw new AppError(
        'storage',
        `The database is newer than this version of Donna: it has migration ${name}.`,
        {
          hint: 'Run the version that migrated it, or a newer one. Migrations only go forward.',
        },
      );
    if (own.name !== name || sha256Of(own) !== sha256)
      throw new AppError(
        'storage',
        `The database was not made by this version of Donna: its migration ${name} is another than ${own.name} here.`,
        {
          hint: 'Run the version that made it, or name an empty database (DATABASE_URL) or another data directory (DONNA_DATA_DIR).',
        },
      );
  }
}
