import type { Pool } from 'pg';
import type { CallStore } from '../calls/call-store.ts';
import { createCallStore } from './call-store.ts';
import { createSession } from './session.ts';

/** Everything that is kept in the database, behind the ports of calls/. */
export interface Stores {
  readonly calls: CallStore;
}

/** Over the pool of `openDatabase`, which stays the caller's to close. */
export function createStores(pool: Pool): Stores {
  const session = createSession(pool);
  return { calls: createCallStore(session) };
}
