import type { Pool } from 'pg';

/**
 * pg lends out a client that was released inside a transaction as it is, and its next borrower would write into that transaction. Here
 * such a client is let go, and the transaction is rolled back with it.
 */
export function rollBackOnRelease(pool: Pool): void {
  pool.on('release', (error, client) => {
    // The pool lends out no client that is ending. The types take the client for one that cannot end.
    if (!error && client.getTransactionStatus() !== 'I')
      void (client as unknown as { end(): Promise<void> }).end();
  });
}
