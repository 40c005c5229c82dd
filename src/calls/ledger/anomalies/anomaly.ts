import type { Entry } from '../entry.ts';

/** The kinds in the order in which they are told: first what reached people, then what cost money, then what is missing. */
export const anomalyKinds = [
  'duplicate-dial',
  'unasked-call',
  'false-success',
  'billed-failure',
  'placed-after-all',
  'no-conversation',
] as const;
export type AnomalyKind = (typeof anomalyKinds)[number];

export interface Anomaly {
  readonly kind: AnomalyKind;
  readonly entry: Entry;
  /** A sentence with the facts that make it one. */
  readonly evidence: string;
}

/** What an anomaly is judged against. */
export interface LedgerFacts {
  readonly entries: readonly Entry[];
  /** Twilio's numbers among the account's lines, in E.164. */
  readonly twilioLines: ReadonlySet<string>;
  readonly nowMs: number;
  /** A conversation of that call, if there had been one, would still be kept and would have been read. */
  readonly wouldBeKnown: (entry: Entry) => boolean;
  /** All conversations of the period were read, not those of one agent alone. */
  readonly everyAgent: boolean;
}

/** What happened within this time may not have been written down everywhere. */
const FRESH_MS = 5 * 60_000;

export function isFresh(entry: Entry, { nowMs }: LedgerFacts): boolean {
  return nowMs - entry.atMs < FRESH_MS;
}
