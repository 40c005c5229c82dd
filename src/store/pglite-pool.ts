import pg from 'pg';
import { PgliteSocket, type WireDatabase, type WireSession } from './pglite-socket.ts';
import { rollBackOnRelease } from './roll-back-on-release.ts';

interface PglitePoolOptions {
  readonly database: WireDatabase;
  /** See `openDatabase`. */
  readonly connectionTimeoutMs: number;
  /** Runs `task` soon. `setImmediate` lets other work of the process come in between; `process.nextTick` does not. */
  readonly defer: (task: () => void) => void;
  /** Runs on each new session before anybody has it. */
  readonly onConnect?: (client: pg.ClientBase) => Promise<void>;
}

/**
 * pg's own pool on PGlite. PGlite has one session, so the pool has one client: who holds it owns the session from BEGIN to COMMIT, and
 * statements of others wait in turn. A `pool.query` inside a transaction of one's own would wait for itself: it fails after the timeout.
 * Ending the pool leaves PGlite open.
 */
export function createPglitePool(options: PglitePoolOptions): pg.Pool {
  const { database, connectionTimeoutMs, defer, onConnect } = options;
  const session: WireSession = {};
  const pool = new pg.Pool({
    stream: () => new PgliteSocket(database, session, defer),
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: connectionTimeoutMs,
    // PGlite asks for no password and has this one user and database; given here so that pg does not look into the environment.
    host: 'localhost',
    port: 5432,
    user: 'postgres',
    password: '',
    database: 'postgres',
    ssl: false,
    // pg waits for it, which its types do not say.
    onConnect: onConnect && ((client) => onConnect(client)),
  });
  // PGlite that has crashed ends the connection, and says so to the next statement. Unheard, the event would end the process.
  pool.on('error', () => {});
  rollBackOnRelease(pool);
  return pool;
}
