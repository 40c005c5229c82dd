import { plainNumber } from '../../line.ts';
import { isOver } from '../entry.ts';
import { type Anomaly, isFresh, type LedgerFacts } from './anomaly.ts';

/**
 * The carrier's calls from a line that neither a conversation nor an attempt explains: another program that has the Twilio
 * credentials, or a conversation that was deleted. Other numbers of the Twilio account are other products', and
 * a leg that a call dialled belongs to that call.
 */
export function unaskedCalls(facts: LedgerFacts): Anomaly[] {
  if (!facts.everyAgent) return [];
  return facts.entries.flatMap((entry): Anomaly[] => {
    const { carrierCall, conversation, attempt } = entry;
    if (!carrierCall || conversation || attempt) return [];
    const fromLine =
      carrierCall.direction === 'outbound-api' &&
      facts.twilioLines.has(plainNumber({ number: carrierCall.from }));
    if (!fromLine || !isOver(entry) || isFresh(entry, facts) || !facts.wouldBeKnown(entry)) return [];
    const length = carrierCall.duration ? `, ${carrierCall.duration} s` : '';
    const evidence = `Twilio's call (${carrierCall.status}${length}) has no conversation and no attempt of ours.`;
    return [{ kind: 'unasked-call', entry, evidence }];
  });
}
