import type { AttemptRecord } from '../attempt-record.ts';
import { isOpen } from '../attempt-record.ts';
import { type Line, plainNumber } from '../line.ts';
import { type Anomaly, type AnomalyKind, anomalyKinds, type LedgerFacts } from './anomalies/anomaly.ts';
import { type Cost, type Entry, sumCosts } from './entry.ts';
import { findAnomalies } from './find-anomalies.ts';
import { matchRecords, type Records } from './match-records.ts';
import { notChecked } from './not-checked.ts';
import type { NamedConversation } from './open-conversations.ts';
import { isKept, type Retention } from './retention.ts';

/** The three books of a period, side by side, and what is wrong in them. */
export interface Ledger {
  readonly since: Date;
  readonly anomalies: readonly Anomaly[];
  readonly counts: Readonly<Record<AnomalyKind, number>>;
  readonly totals: {
    readonly conversations: number;
    /** The carrier's calls from the account's lines, without the legs that they dialled. */
    readonly carrierCalls: number;
    readonly attempts: number;
    /** Attempts whose fate is open and of which neither side knows anything. */
    readonly openAttempts: number;
    /** What all calls of the period cost. */
    readonly cost: Cost;
    /** What the calls with an anomaly cost, each counted once. */
    readonly anomalyCost: Cost;
  };
  /** What could not be checked, and why, in sentences. */
  readonly notChecked: readonly string[];
}

export interface LedgerContext {
  readonly request: {
    readonly since: Date;
    readonly line?: Line | undefined;
    readonly agentId?: string | undefined;
  };
  /** Every line of the account. */
  readonly lines: readonly Line[];
  /** `undefined`: the agents could not be read. */
  readonly retentions: readonly Retention[] | undefined;
  readonly unread: readonly NamedConversation[];
  readonly hasCarrier: boolean;
  readonly nowMs: number;
}

/** A call without a conversation may belong to one that could not be read, if they are this close. */
const NEAR_UNREAD_MS = 3 * 60_000;

/** Matches the records, finds what is wrong, and adds up. */
export function judgeLedger(records: Records, context: LedgerContext): Ledger {
  const { request, retentions = [], unread, nowMs } = context;
  const sinceMs = request.since.getTime();
  const { agentId, line } = request;
  const twilioLines = new Set(
    (line ? [line] : context.lines).filter((one) => one.provider === 'twilio').map(plainNumber),
  );
  const entries = matchRecords(records);
  const facts: LedgerFacts = {
    entries,
    twilioLines,
    nowMs,
    everyAgent: agentId === undefined,
    wouldBeKnown: (entry) => isKept(retentions, entry, nowMs) && !mayBeUnread(entry, unread),
  };
  const told = ({ atMs }: Entry) => !(atMs < sinceMs);
  const anomalies = findAnomalies(facts).filter(({ entry }) => told(entry));
  const counted = entries.filter((entry) => told(entry) && isOurs(entry, twilioLines, agentId));
  const count = (of: (entry: Entry) => unknown) => counted.filter((entry) => of(entry) !== undefined).length;
  return {
    since: request.since,
    anomalies,
    counts: countsOf(anomalies),
    totals: {
      conversations: count(({ conversation }) => conversation),
      carrierCalls: count(({ carrierCall }) => carrierCall),
      attempts: new Set(counted.flatMap(({ attempt }) => attempt ?? [])).size,
      openAttempts: counted.filter(isWithoutTrace).length,
      cost: sumCosts(counted),
      anomalyCost: sumCosts([...new Set(anomalies.map(({ entry }) => entry))]),
    },
    notChecked: notChecked(entries.filter(told), context),
  };
}

/** A conversation that could not be read may be the one that this call seems to lack. */
function mayBeUnread({ atMs, attempt }: Entry, unread: readonly NamedConversation[]): boolean {
  const id = attempt?.ids.conversationId;
  return unread.some((one) => (id ? one.id === id : Math.abs(one.atMs - atMs) <= NEAR_UNREAD_MS));
}

/** A carrier call of another number, an inbound one, or a leg of a call is not one of the account's outbound calls. */
function isOurs(entry: Entry, twilioLines: ReadonlySet<string>, agentId: string | undefined): boolean {
  const { conversation, attempt, carrierCall } = entry;
  if (conversation || attempt) return true;
  const fromLine = twilioLines.has(plainNumber({ number: carrierCall?.from ?? '' }));
  return agentId === undefined && carrierCall?.direction === 'outbound-api' && fromLine;
}

function isWithoutTrace({ attempt, conversation, carrierCall }: Entry): boolean {
  return isInDoubt(attempt) && !conversation && !carrierCall;
}

function isInDoubt(attempt: AttemptRecord | undefined): boolean {
  return attempt !== undefined && isOpen(attempt) && attempt.state !== 'accepted';
}

function countsOf(anomalies: readonly Anomaly[]): Record<AnomalyKind, number> {
  const counts = Object.fromEntries(anomalyKinds.map((kind) => [kind, 0])) as Record<AnomalyKind, number>;
  for (const { kind } of anomalies) counts[kind] += 1;
  return counts;
}
