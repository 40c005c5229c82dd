import pg from 'pg';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations.ts';
import { createPostgresListener } from './postgres-listener.ts';
import { rollBackOnRelease } from './roll-back-on-release.ts';
import { unusableDatabase } from './unusable-database.ts';

interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, as libpq takes it. */
  readonly url: string;
  readonly poolSize: number;
  readonly connectionTimeoutMs: number;
  readonly clock: Clock;
  readonly migrations: readonly Migration[];
}

/**
 * Shorter than a lease (15 s): a node learns that its statement did not get through before another may take its work over. Everything Donna
 * asks is answered in milliseconds; what takes longer waits for a lock.
 */
const STATEMENT_TIMEOUT_MS = 10_000;

/** A node that is paused inside a transaction keeps its row locks; others must have them back within the 20 s of a takeover. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 5_000;

/** @throws AppError `storage` with the next step when there is no such server, user or database, `bad-config` for another kind of URL. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const { url, poolSize, connectionTimeoutMs, clock, migrations } = options;
  const where = describe(url);
  const config: pg.ClientConfig = {
    connectionString: url,
    application_name: 'donna',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: connectionTimeoutMs,
  };
  const pool = new pg.Pool({
    ...config,
    max: poolSize,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
  });
  // An idle client that loses its connection has left the pool by then, and the next statement makes another. Unheard, the event would
  // end the process.
  pool.on('error', () => {});
  rollBackOnRelease(pool);
  try {
    const client = await pool.connect();
    try {
      await migrate(client, migrations, clock);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw unusableDatabase(where, error);
  }
  const listener = createPostgresListener(config, clock);
  return {
    kind: 'postgres',
    pool,
    listen: listener.listen,
    async close() {
      await listener.close();
      await pool.end();
    },
  };
}

/** Host, port and database, without user and password. */
function describe(url: string): string {
  try {
    if (!/^postgres(ql)?:\/\//.test(url)) throw new Error('not a PostgreSQL URL');
    // The client reads the URL as the pool will, and is never connected.
    const { host, port, database } = new pg.Client({ connectionString: url });
    return `${host}:${port}/${database ?? ''}`;
  } catch {
    // The cause may hold the URL, and the URL the password.
    throw new AppError('bad-config', 'DATABASE_URL is not the URL of a PostgreSQL database.', {
      hint: 'Write it as postgres://user:password@host:5432/database, special characters percent-encoded.',
    });
  }
}
