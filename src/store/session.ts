import type { Pool, PoolClient } from 'pg';
import { storageError, wasUndone } from './storage-error.ts';

/** A statement. With a name it is prepared once a connection; the same name must always have the same text. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
}

export interface Queries {
  /** The rows of one statement. */
  query<Row>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
}

export interface Session extends Queries {
  /**
   * Runs `work` between `begin` and COMMIT, on one connection. `begin` is one or several statements without values that go in one message;
   * `work` gets the rows of the last of them. Nothing took effect when it throws, unless the COMMIT itself got lost.
   */
  transaction<First, Result>(
    begin: string,
    work: (first: First[][], queries: Queries) => Promise<Result>,
  ): Promise<Result>;
}

/**
 * Every table here is read by an index, and prepared plans are kept from when the tables were empty, which on the embedded database nobody
 * ever looks over again. So the planner is told not to read whole tables, not to compile what only looks dear because of that, and not to plan
 * a named statement anew for each of its values, which on the embedded database is two thirds of what a claim costs.
 */
const PLANNER =
  'set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off; set plan_cache_mode = force_generic_plan';

const ROUNDS = 5;

/** Statements over a pool, with `storage` for what the database could not do, and again for what it undid because of a deadlock. */
export function createSession(pool: Pool): Session {
  const planned = new WeakSet<PoolClient>();

  const lent = async <Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> => {
    for (let round = 1; ; round++) {
      try {
        const client = await pool.connect();
        let broken = true;
        try {
          if (!planned.has(client)) {
            // The pool listens only while it has the client: unheard, a connection lost between two statements would end the process.
            client.on('error', () => {});
            await client.query(PLANNER);
            planned.add(client);
          }
          const result = await work(client);
          broken = false;
          return result;
        } catch (error) {
          broken = client.getTransactionStatus() !== 'I' && !(await rolledBack(client));
          throw error;
        } finally {
          client.release(broken);
        }
      } catch (error) {
        if (round < ROUNDS && wasUndone(error)) continue;
        throw storageError(error);
      }
    }
  };

  return {
    query: (statement, values) => lent((client) => queriesOf(client).query(statement, values)),
    transaction: (begin, work) =>
      lent(async (client) => {
        const results: unknown = await client.query(`begin; ${begin}`);
        const first = (Array.isArray(results) ? results.slice(1) : []).map(({ rows }) => rows);
        const result = await work(first, queriesOf(client));
        await client.query('commit');
        return result;
      }),
  };
}

function queriesOf(client: PoolClient): Queries {
  return {
    async query<Row>(statement: Statement, values: readonly unknown[] = []) {
      const { rows } = await client.query({ ...statement, values: [...values] });
      return rows as Row[];
    },
  };
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    return false;
  }
}
