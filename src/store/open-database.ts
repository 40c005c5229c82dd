import path from 'node:path';
import type { Clock } from '../kernel/clock.ts';
import type { Database } from './database.ts';
import { migrations as current, dumpName, type Migration } from './migrations.ts';

export interface DatabaseOptions {
  /** A PostgreSQL server. Without it the database is embedded. */
  readonly url?: string | undefined;
  /** Where the embedded database keeps its data; without it, in memory. */
  readonly directory?: string | undefined;
  /** Where the build left the dump of a new embedded database, which saves two seconds when there is none yet. */
  readonly dumpDirectory?: string | undefined;
  readonly clock: Clock;
  /** Connections to the server, at most; one more listens. Default 10. */
  readonly poolSize?: number | undefined;
  /**
   * How the embedded database gives its answers, which it has at once: after other events of the process (setImmediate, the default), or
   * before them (process.nextTick), so that on a virtual clock a chain of statements takes no time.
   */
  readonly defer?: ((task: () => void) => void) | undefined;
  readonly migrations?: readonly Migration[] | undefined;
}

/**
 * Long enough for every statement that queues behind others of a busy node, short enough that one that waits for itself (a `pool.query` inside
 * a transaction on the embedded database) is an error and not a standstill.
 */
const CONNECTION_TIMEOUT_MS = 15_000;

/**
 * Opens the database and brings its schema up to date.
 *
 * @throws AppError `storage` with the next step when it cannot be used or is newer than this program, `bad-config` when the URL is none.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, directory, dumpDirectory, clock, poolSize = 10, defer = setImmediate } = options;
  const { migrations = current } = options;
  const connectionTimeoutMs = CONNECTION_TIMEOUT_MS;
  // Each is loaded only where it is used: PGlite alone is 16 MB.
  if (url !== undefined) {
    const { openPostgres } = await import('./open-postgres.ts');
    return openPostgres({ url, poolSize, connectionTimeoutMs, clock, migrations });
  }
  const { openEmbedded } = await import('./open-embedded.ts');
  const dumpFile =
    dumpDirectory !== undefined && migrations === current ? path.join(dumpDirectory, dumpName) : undefined;
  return openEmbedded({ directory, dumpFile, connectionTimeoutMs, defer, clock, migrations });
}
