import { mayHaveRung } from '../entry.ts';
import { type Anomaly, isFresh, type LedgerFacts } from './anomaly.ts';

const states: Readonly<Record<string, string>> = {
  dialing: 'was left open',
  unknown: 'has no known fate',
  withdrawn: 'was put back',
  'not-placed': 'counts as not placed',
};

/** Attempts that are open or count as not placed, and for which a phone rang: they are not to be dialled again. */
export function placedAfterAll(facts: LedgerFacts): Anomaly[] {
  return facts.entries.flatMap((entry): Anomaly[] => {
    const { attempt, conversation, carrierCall, joinedBy } = entry;
    const state = attempt && states[attempt.state];
    if (!attempt || !state || isFresh(entry, facts) || !mayHaveRung(entry)) return [];
    const seen = conversation?.id ?? carrierCall?.sid;
    const how = joinedBy === 'time' ? ', by number and time' : '';
    const evidence = `The attempt ${state} in our books, and became ${seen}${how}.`;
    return [{ kind: 'placed-after-all', entry, evidence }];
  });
}
