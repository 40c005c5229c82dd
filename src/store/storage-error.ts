import { AppError } from '../kernel/errors.ts';

/**
 * A statement that failed because of the database and not because of what was asked: `storage`, and the same may go well later. Whether
 * it took effect is not known unless it ran in a transaction that was not committed. Anything else is a bug and stays what it is.
 */
export function storageError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  const known = typeof code === 'string' ? codesOfTrouble.test(code) : false;
  if (!known && !wordsOfPg.test(error.message)) return error;
  return new AppError('storage', `The database did not do what was asked: ${error.message}.`, {
    retryable: true,
    hint: "Try again. If it stays so, look into the database's log and at the room on its disk.",
    cause: error,
  });
}

/** Two transactions waited for each other: the database undid this one, and it can be run again as it is. */
export function wasUndone(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '40P01' || code === '40001';
}

/**
 * Connection, transaction undone, resources, operator, system (https://www.postgresql.org/docs/current/errcodes-appendix.html), 25P03 idle in
 * transaction, 25006 a standby that only reads; and Node's codes of sockets.
 */
const codesOfTrouble = /^(08|40|53|57|58)...$|^25P03$|^25006$|^E[A-Z_]+$/;
/** pg gives no code with these. */
const wordsOfPg =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|Cannot use a pool after)/;
