import type { PhoneNumber } from '../kernel/phone-number.ts';
import type { ClientData } from '../wire/elevenlabs/client-data.ts';
import type { TelephonyCallConfig } from '../wire/elevenlabs/outbound-call.ts';
import type { Budget, Usage } from './budget.ts';
import type { CallingWindow } from './calling-window.ts';
import type { CallLife, LifeStep } from './life.ts';
import type { DiallableLine } from './line.ts';
import type { CallIds } from './ports.ts';
import type { Suppression } from './suppression.ts';

/** What is dialled, as it was asked for and judged at submission. It does not change afterwards. */
export interface CallPlan {
  readonly to: PhoneNumber;
  /** Keyed hash of `to`: by it the number is recognised without being read. */
  readonly toHash: string;
  readonly line: DiallableLine;
  readonly agentId: string;
  readonly clientData: ClientData;
  readonly telephony: TelephonyCallConfig | undefined;
  readonly record: boolean;
  /** The attempt id goes into `user_id`; off where the caller set one of their own. */
  readonly attemptAsUserId: boolean;
  /** IANA zones in which the destination may lie. */
  readonly zones: readonly string[];
  readonly window: CallingWindow | undefined;
  readonly bypass: Readonly<Partial<Record<'window' | 'suppression' | 'budget', string>>>;
  /** Milliseconds after which a call of this kind has surely ended and been processed. */
  readonly quietMs: number;
  /** The workspace keeps nothing: that no trace is found proves nothing. */
  readonly zeroRetention: boolean;
  /** A person waits for it: it goes first, and may use the reserve of capacity. */
  readonly personWaiting: boolean;
  readonly keyId: string;
  readonly keyBudget: Budget | undefined;
  readonly origin: 'api' | 'call-contact';
  readonly metadata: Readonly<Record<string, string>>;
}

/** A call with what its engine needs, as it was read. A write that names an older version or fence changes nothing. */
export interface StoredCall {
  readonly life: CallLife;
  readonly plan: CallPlan;
  readonly createdMs: number;
  readonly ticket: Ticket;
  /** Milliseconds that owners have watched over the latest attempt since its commit, by their monotonic clocks. */
  readonly watchedMs: number;
  readonly clearedUntilMs: number | undefined;
}

/** Names one state of an attempt in the store. */
export interface Ticket {
  readonly attemptId: string;
  /** Grows with every claim and takeover. */
  readonly fence: number;
  /** Grows with every write. */
  readonly version: number;
  readonly owner: string | undefined;
}

export interface LifeWrite {
  readonly ticket: Ticket;
  readonly step: LifeStep;
  /** The plan of the call, whose key, number and priority the new rows carry. */
  readonly plan: CallPlan;
  readonly atMs: number;
}

/** The transactions of a call's life. Every method is one transaction; `storage` is thrown where none came about. */
export interface CallStore {
  /** Writes a new call; with `idempotency`, the reservation of its key is fulfilled in the same transaction. */
  submit(call: NewCall): Promise<void>;
  /**
   * Claims due attempts. `policy` decides under the lock that serialises the claims of all nodes, so that capacity, pace, budgets and
   * the gate hold across them; what it passes is committed as dialing when this resolves.
   */
  claim(request: ClaimRequest, policy: ClaimPolicy): Promise<ClaimResult>;
  /**
   * Takes attempts whose lease ran out: fence and owner change, and nobody else's write counts any more. `held` are the attempts that the
   * owner looks after already; others of its own it takes as well: a claim or a takeover whose answer got lost left them to it unknown.
   */
  takeOver(request: {
    owner: string;
    nowMs: number;
    leaseMs: number;
    limit: number;
    held: readonly string[];
  }): Promise<StoredCall[]>;
  /** Renews leases, and adds the time watched. Answers the versions of those that are still held; the others are lost. */
  renew(request: {
    owner: string;
    nowMs: number;
    leaseMs: number;
    held: readonly { attemptId: string; fence: number; watchedMs: number }[];
  }): Promise<{ attemptId: string; version: number }[]>;
  /** Gives every lease of a node back at once (without `owner`: of all nodes), so that others take over without waiting. */
  release(request: { owner: string | undefined; nowMs: number }): Promise<void>;
  /** `undefined` when there is no such attempt. An attempt that is not the latest of its call is not life any more. */
  load(attemptId: string): Promise<StoredCall | undefined>;
  loadCall(callId: string): Promise<StoredCall | undefined>;
  /** The attempt that is known by one of these ids. */
  findAttempt(ids: CallIds & { readonly attemptId?: string | undefined }): Promise<string | undefined>;
  /** Whether each was written, in one statement; false where the ticket is not the newest. */
  write(writes: readonly LifeWrite[]): Promise<readonly boolean[]>;
  /** The hook allows the dial until then; it is due at once. False when the ticket is not the newest. */
  clear(ticket: Ticket, allowed: { nowMs: number; untilMs: number }): Promise<boolean>;
}

export interface NewCall {
  readonly life: CallLife;
  readonly plan: CallPlan;
  readonly createdMs: number;
  /** `requestHash` as it was reserved; `expiresMs` (since 1970): until then the same key gets this call again. */
  readonly idempotency:
    | { readonly key: string; readonly requestHash: string; readonly expiresMs: number }
    | undefined;
}

export interface ClaimRequest {
  readonly owner: string;
  readonly nowMs: number;
  readonly leaseMs: number;
  /** Most attempts to look at. */
  readonly limit: number;
}

/** What the claim reads first: how much runs, and how fast each line may go. */
export interface ClaimRoom {
  readonly stopped: StopOrder | undefined;
  readonly live: number;
  readonly capacity: CapacityMark | undefined;
  readonly lines: readonly LinePace[];
}

/** What it reads of the due attempts that it then looks at. */
export interface ClaimView extends ClaimRoom {
  readonly nowMs: number;
  readonly candidates: readonly StoredCall[];
  /** By hash. */
  readonly suppressions: ReadonlyMap<string, Suppression>;
  /** Hashes of destinations with a live attempt. */
  readonly liveDestinations: ReadonlySet<string>;
  readonly usageTotal: Usage;
  /** By key id; today's. */
  readonly usageByKey: ReadonlyMap<string, Usage>;
}

export interface StopOrder {
  readonly by: string;
  readonly reason: string;
  readonly atMs: number;
}

/** How many calls the provider bore when it last said that there were too many. */
export interface CapacityMark {
  readonly limit: number;
  readonly atMs: number;
}

/** Where the pace of a line stands. */
export interface LinePace {
  readonly lineId: string;
  /** The moment from which the next dial conforms to the pace (generic cell rate algorithm). */
  readonly nextMs: number;
  /** Since when the line goes slower, because the provider said so. */
  readonly slowedMs: number | undefined;
}

export interface ClaimPolicy {
  /** What to read; `undefined` when nothing can be dialled now. */
  room(room: ClaimRoom): ClaimLimits | undefined;
  decide(view: ClaimView): ClaimDecisions;
}

export interface ClaimLimits {
  readonly limit: number;
  readonly closedLines: readonly string[];
  readonly personWaitingOnly: boolean;
}

export interface ClaimDecisions {
  readonly decisions: readonly ClaimDecision[];
  readonly lines: readonly LinePace[];
}

export type ClaimDecision =
  | { readonly call: StoredCall; readonly step: LifeStep; readonly sendAtMs: number | undefined }
  /** The hook has to be asked first; the attempt is left alone for that long. */
  | { readonly call: StoredCall; readonly askHookUntilMs: number };

export interface ClaimResult {
  /** Committed as dialing by this owner, each with the moment from which its request may leave. */
  readonly dialing: readonly { readonly call: StoredCall; readonly sendAtMs: number }[];
  /** With the tickets that hold after the claim. */
  readonly askHook: readonly StoredCall[];
  /** Other changes that the gate made: postponed or refused. */
  readonly changed: number;
  /** When the next attempt falls due, as far as known (milliseconds since 1970). */
  readonly nextDueMs: number | undefined;
  readonly room: ClaimRoom;
}
