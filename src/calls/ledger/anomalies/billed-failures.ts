import { amountText } from '../amount.ts';
import { type Entry, neverConnected } from '../entry.ts';
import type { Anomaly, LedgerFacts } from './anomaly.ts';

/** Calls in which agent and callee never spoke, and for which provider or carrier charged. */
export function billedFailures({ entries }: LedgerFacts): Anomaly[] {
  return entries.flatMap((entry): Anomaly[] => {
    const charges = chargesOf(entry);
    // A call that nobody asked for is told as one.
    if (charges.length === 0 || !(entry.conversation ?? entry.attempt) || !neverConnected(entry)) return [];
    const why = entry.conversation?.sentence ?? `Twilio says ${entry.carrierCall?.status}.`;
    return [{ kind: 'billed-failure', entry, evidence: `Charged ${charges.join(' and ')}: ${why}` }];
  });
}

function chargesOf({ cost }: Entry): string[] {
  const { credits, dollars, carrier } = cost;
  return [
    ...(credits > 0 ? [`${credits} credits`] : []),
    ...(credits <= 0 && dollars && dollars.micros > 0 ? [`$${amountText(dollars)}`] : []),
    ...carrier
      .filter(({ micros }) => micros > 0)
      .map((price) => `${amountText(price)} ${price.currency} by Twilio`),
  ];
}
