/** The front door of the ledger, for main and the CLI. */
export { type Amount, amountText } from './amount.ts';
export { type Anomaly, type AnomalyKind, anomalyKinds } from './anomalies/anomaly.ts';
export type { Cost, Entry } from './entry.ts';
export { createJournalAttempts } from './journal-attempts.ts';
export type { Ledger } from './judge-ledger.ts';
export type * from './ports.ts';
export { createReadLedger, type LedgerEvent, type LedgerRequest } from './read-ledger.ts';
