import { neverConnected } from '../entry.ts';
import type { Anomaly, LedgerFacts } from './anomaly.ts';

/** Conversations that the provider calls done and a success, and in which agent and callee never spoke. */
export function falseSuccesses({ entries }: LedgerFacts): Anomaly[] {
  return entries.flatMap((entry): Anomaly[] => {
    const { conversation } = entry;
    if (!conversation?.doneAndSuccess || !neverConnected(entry)) return [];
    const evidence = `"done" and "success", but it is ${conversation.outcome}: ${conversation.sentence}`;
    return [{ kind: 'false-success', entry, evidence }];
  });
}
