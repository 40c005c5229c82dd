import { type Anomaly, isFresh, type LedgerFacts } from './anomaly.ts';

/** Attempts that the provider accepted and of which it has no conversation: deleted, or lost. */
export function noConversations(facts: LedgerFacts): Anomaly[] {
  return facts.entries.flatMap((entry): Anomaly[] => {
    const { attempt, conversation, carrierCall } = entry;
    if (!attempt || conversation || isFresh(entry, facts)) return [];
    if (attempt.state !== 'accepted' && attempt.state !== 'ended') return [];
    if (!facts.wouldBeKnown(entry)) return [];
    const { conversationId } = attempt.ids;
    const which = conversationId ? `conversation ${conversationId}` : 'conversation of it';
    const evidence = `Accepted, and ElevenLabs has no ${which}${carrierCall ? `; Twilio's call is ${carrierCall.status}` : ''}.`;
    return [{ kind: 'no-conversation', entry, evidence }];
  });
}
