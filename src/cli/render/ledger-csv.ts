import type { Ledger } from '../../calls/ledger/index.ts';
import { csvRecord } from './csv-record.ts';
import { ledgerRow } from './ledger-facts.ts';

const columns = [
  'kind',
  'at',
  'from',
  'to',
  'agent',
  'attempt',
  'conversation',
  'call_sid',
  'sip_call_id',
  'outcome',
  'credits',
  'dollars',
  'carrier_price',
  'carrier_currency',
  'evidence',
  'next',
];

/** The findings as CSV records, the names of the columns first; each is one line, whose line feed is `out`'s. */
export function ledgerCsv(ledger: Ledger, world: { sandbox: boolean }): string[] {
  const rows = ledger.anomalies.map((anomaly) => {
    const row = ledgerRow(anomaly, world);
    const { credits, dollars, carrier } = row.cost;
    return csvRecord([
      row.kind,
      row.at,
      row.from,
      row.to,
      row.agentId,
      row.attempt,
      row.conversationId,
      row.callSid,
      row.sipCallId,
      row.outcome,
      String(credits),
      dollars,
      carrier.map(({ amount }) => amount).join(' + '),
      carrier.map(({ currency }) => currency).join(' + '),
      row.evidence,
      row.next,
    ]);
  });
  return [csvRecord(columns), ...rows].map((record) => `${record}\r`);
}
