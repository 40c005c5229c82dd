import { type Entry, isOver } from './entry.ts';
import type { LedgerContext } from './judge-ledger.ts';
import { isKept } from './retention.ts';

/** What the books at hand cannot tell, in sentences: a ledger that is silent about it would be taken for a clean one. */
export function notChecked(entries: readonly Entry[], context: LedgerContext): string[] {
  const { request, lines, retentions, unread, hasCarrier, nowMs } = context;
  const asked = request.line ? [request.line] : lines;
  const others = asked.filter((line) => line.provider !== 'twilio');
  return [
    ...(hasCarrier
      ? []
      : [
          'Twilio was not read (TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set): calls that nobody asked for, and what the carrier charged.',
        ]),
    ...(others.length > 0
      ? [
          `The carrier of ${count(others.length, 'line')} that ${others.length === 1 ? 'is' : 'are'} not Twilio's (${[...new Set(others.map((line) => line.provider))].join(', ')}): its prices, and calls that nobody asked for.`,
        ]
      : []),
    ...(hasCarrier ? foreignCalls(entries) : []),
    ...(hasCarrier && request.agentId !== undefined
      ? ['Calls that nobody asked for: the carrier does not know agents. Leave out --agent to see them.']
      : []),
    ...(retentions === undefined
      ? [
          'How long the agents keep conversations: they could not be read. Old calls may lack one for that reason.',
        ]
      : retentions
          .filter((one) => !isKept([one], { atMs: request.since.getTime() }, nowMs))
          .map(
            ({ agentId, days }) =>
              `Calls without a conversation that are older than ${count(days, 'day')}: the agent ${agentId} keeps none longer.`,
          )),
    ...(unread.length > 0
      ? [
          `${count(unread.length, 'conversation')} could not be read, or went while the ledger was made (${unread[0]?.id}${unread.length > 1 ? ', …' : ''}).`,
        ]
      : []),
  ];
}

/** A Call SID that this Twilio account does not know is no anomaly: the line may be another account's. */
function foreignCalls(entries: readonly Entry[]): string[] {
  const foreign = entries.filter(
    (entry) =>
      // Twilio's list has no call that still rings.
      entry.conversation?.callSid?.startsWith('CA') && !entry.carrierCall && isOver(entry),
  );
  if (foreign.length === 0) return [];
  const from = [...new Set(foreign.map((entry) => entry.from))].slice(0, 3).join(', ');
  return [
    `${count(foreign.length, 'conversation')} with a Call SID that this Twilio account does not know: ${from} may belong to another account or subaccount, or the records are gone.`,
  ];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
