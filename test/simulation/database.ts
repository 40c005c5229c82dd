import type { Stores } from '../../src/store/create-stores.ts';
import { createStores } from '../../src/store/create-stores.ts';
import { openDatabase } from '../../src/store/open-database.ts';

/** The ports of calls/ on one database in memory, which outlives the runs. */
export interface SimDatabase {
  readonly stores: Stores;
  /** Whether statements are under way. They settle without time going on. */
  busy(): boolean;
  /** For the judge: right at the database, past every fault. */
  rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** As new, for the next run. */
  clean(): Promise<void>;
  close(): Promise<void>;
}

const tables = [
  'timeline',
  'attempts',
  'calls',
  'line_paces',
  'usage',
  'idempotency_keys',
  'suppressions',
  'inbox',
  'jobs',
];
/** What is deleted stays in the files of the database until somebody sweeps them. */
const SWEEP_EVERY = 100;

export async function openSimDatabase(): Promise<SimDatabase> {
  // The schema is dated by a clock that stands still; every other time comes with its statement.
  const still = { now: () => 0, monotonic: () => 0, schedule: () => () => {} };
  const database = await openDatabase({ clock: still, defer: process.nextTick });
  let cleaned = 0;
  let under = 0;
  const counted = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    under += 1;
    try {
      return await work();
    } finally {
      under -= 1;
    }
  };
  const countedPort = <Port extends object>(port: Port): Port =>
    Object.fromEntries(
      Object.entries(port).map(([name, method]) => [
        name,
        (...args: unknown[]) => counted<unknown>(async () => Reflect.apply(method, port, args)),
      ]),
    ) as Port;
  const stores = createStores(database.pool);
  return {
    stores: Object.fromEntries(
      Object.entries(stores).map(([name, port]) => [name, countedPort(port)]),
    ) as unknown as Stores,
    busy: () => under > 0,
    rows: <Row>(text: string, values: readonly unknown[] = []) =>
      counted(async () => {
        const { rows } = await database.pool.query({ text, values: [...values] });
        return rows as Row[];
      }),
    async clean() {
      const statements = [
        ...tables.map((table) => `delete from ${table}`),
        'update control set stopped_by = null, stop_reason = null, stopped_at = null, capacity_limit = null, capacity_at = null',
        "select setval(pg_get_serial_sequence('inbox', 'id'), 1, false)",
      ];
      await database.pool.query(statements.join('; '));
      cleaned += 1;
      if (cleaned % SWEEP_EVERY === 0) await database.pool.query('vacuum');
    },
    close: () => database.close(),
  };
}
