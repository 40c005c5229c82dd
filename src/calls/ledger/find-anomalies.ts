import { type Anomaly, anomalyKinds, type LedgerFacts } from './anomalies/anomaly.ts';
import { billedFailures } from './anomalies/billed-failures.ts';
import { duplicateDials } from './anomalies/duplicate-dials.ts';
import { falseSuccesses } from './anomalies/false-successes.ts';
import { noConversations } from './anomalies/no-conversations.ts';
import { placedAfterAll } from './anomalies/placed-after-all.ts';
import { unaskedCalls } from './anomalies/unasked-calls.ts';

const finders = [
  duplicateDials,
  unaskedCalls,
  falseSuccesses,
  billedFailures,
  placedAfterAll,
  noConversations,
];

/** Everything in the ledger that should not be there, by kind and then by time. */
export function findAnomalies(facts: LedgerFacts): Anomaly[] {
  return finders
    .flatMap((find) => find(facts))
    .sort(
      (a, b) => anomalyKinds.indexOf(a.kind) - anomalyKinds.indexOf(b.kind) || a.entry.atMs - b.entry.atMs,
    );
}
