import type { Pool } from 'pg';

/** The database, a server or the embedded one: the same dialect behind the same pool. */
export interface Database {
  readonly kind: 'postgres' | 'embedded';
  readonly pool: Pool;
  /**
   * Calls `onNotify` for each NOTIFY on the channel once its transaction has committed, and once without a payload after the connection was
   * lost and found again: something may have been missed meanwhile. A wake-up and no more: who listens must also look by itself from
   * time to time. Resolves when listening (or, on a server that is away, trying to). The returned function stops it.
   */
  listen(channel: string, onNotify: (payload?: string) => void): Promise<() => Promise<void>>;
  /** Waits for the clients that are lent out, then lets go of the database. */
  close(): Promise<void>;
}
