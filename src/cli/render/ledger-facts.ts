import { type Anomaly, amountText, type Cost, type Ledger } from '../../calls/ledger/index.ts';
import { showCommand } from './show-command.ts';

/** What a finding cost, as decimal text: sums of money are not for floating point. */
export interface CostFacts {
  readonly credits: number;
  /** What ElevenLabs states its credits are worth. */
  readonly dollars: string | undefined;
  readonly carrier: readonly { readonly amount: string; readonly currency: string }[];
}

/** A finding with all its ids, as JSON and CSV have it. */
export interface LedgerRow {
  readonly kind: Anomaly['kind'];
  /** ISO 8601; `undefined` when neither side tells. */
  readonly at: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly agentId: string | undefined;
  readonly attempt: string | undefined;
  readonly conversationId: string | undefined;
  readonly callSid: string | undefined;
  readonly sipCallId: string | undefined;
  readonly outcome: string | undefined;
  readonly evidence: string;
  readonly cost: CostFacts;
  /** The command that shows more of it. */
  readonly next: string;
}

/** The ledger for a program. */
export function ledgerFacts(ledger: Ledger, world: { sandbox: boolean }) {
  const { since, counts, totals, notChecked } = ledger;
  return {
    since: since.toISOString(),
    counts,
    rows: ledger.anomalies.map((anomaly) => ledgerRow(anomaly, world)),
    totals: { ...totals, cost: costFacts(totals.cost), anomalyCost: costFacts(totals.anomalyCost) },
    notChecked,
  };
}

export function ledgerRow({ kind, entry, evidence }: Anomaly, world: { sandbox: boolean }): LedgerRow {
  const { conversation, carrierCall, attempt, atMs } = entry;
  const callSid = carrierCall?.sid ?? conversation?.callSid ?? attempt?.ids.callSid;
  const conversationId = conversation?.id ?? attempt?.ids.conversationId;
  const shown =
    kind === 'placed-after-all' ? attempt?.attempt : (conversation?.id ?? attempt?.attempt ?? callSid);
  return {
    kind,
    at: Number.isNaN(atMs) ? undefined : new Date(atMs).toISOString(),
    from: entry.from,
    to: entry.to,
    agentId: entry.agentId,
    attempt: attempt?.attempt ?? conversation?.attempt,
    conversationId,
    callSid,
    sipCallId: conversation?.sipCallId ?? attempt?.ids.sipCallId,
    outcome: conversation?.outcome ?? carrierCall?.status,
    evidence,
    cost: costFacts(entry.cost),
    next: showCommand(shown ?? '', world),
  };
}

function costFacts({ credits, dollars, carrier }: Cost): CostFacts {
  return {
    credits,
    dollars: dollars && amountText(dollars),
    carrier: carrier.map((price) => ({ amount: amountText(price), currency: price.currency })),
  };
}
