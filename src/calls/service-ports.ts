import type { Budget, Usage } from './budget.ts';
import type { StopOrder } from './call-store.ts';
import type { Suppression } from './suppression.ts';

/** Numbers that are not dialled. */
export interface SuppressionList {
  /** Adds or replaces. */
  put(suppression: Suppression): Promise<void>;
  get(hash: string): Promise<Suppression | undefined>;
  /** Whether there was one. */
  remove(hash: string): Promise<boolean>;
  /** Newest first. */
  list(page: { limit: number; cursor?: string | undefined }): Promise<{
    readonly items: readonly Suppression[];
    readonly nextCursor: string | undefined;
  }>;
}

/** Stops all dialling at once, on all nodes: claims read it under their lock. */
export interface StopSwitch {
  stop(order: StopOrder): Promise<void>;
  /** Whether dialling was stopped. */
  resume(): Promise<boolean>;
  read(): Promise<StopOrder | undefined>;
}

export const roles = ['admin', 'operator', 'caller', 'viewer'] as const;
/**
 * viewer reads · caller also places, cancels and retries calls · operator also decides unknowns, suppresses numbers, stops and resumes ·
 * admin also makes keys, forgets people and sets endpoints.
 */
export type Role = (typeof roles)[number];

/** Somebody with a name who may use the API. */
export interface AccessKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** sha256 of the key, hex. The key has 256 bits of chance in it, so that a slow hash protects nothing more. */
  readonly hash: string;
  readonly lastFour: string;
  readonly createdMs: number;
  readonly createdBy: string;
  readonly revokedMs: number | undefined;
  readonly lastUsedMs: number | undefined;
  readonly ratePerMinute: number | undefined;
  readonly budget: Budget | undefined;
}

export interface AccessKeys {
  add(key: AccessKey): Promise<void>;
  byHash(hash: string): Promise<AccessKey | undefined>;
  list(): Promise<readonly AccessKey[]>;
  /** By id or, where it is the only one of that name, by name. `undefined` when there is none. */
  revoke(idOrName: string, atMs: number): Promise<AccessKey | undefined>;
  /** Written at most once a minute for a key. */
  used(id: string, atMs: number): Promise<void>;
}

/** A delivery of the provider, as it was received. */
export interface InboxItem {
  readonly id: number;
  readonly type: string;
  readonly conversationId: string | undefined;
  /** The attempt id that the delivery itself carries. */
  readonly attemptId: string | undefined;
  readonly receivedMs: number;
  readonly eventMs: number | undefined;
  readonly body: unknown;
  readonly tries: number;
}

export interface Inbox {
  /** `undefined` when a delivery with this key is there already. Large audio is not in `body`: see Recordings. */
  put(
    item: Omit<InboxItem, 'id' | 'tries'> & { deliveryKey: string; dueMs: number },
  ): Promise<number | undefined>;
  /** Takes items that are due, and keeps other nodes from them until `untilMs`. */
  take(request: { nowMs: number; untilMs: number; limit: number }): Promise<readonly InboxItem[]>;
  /** It was taken in, or nothing can be made of it: `note` says which. */
  done(id: number, atMs: number, note: string): Promise<void>;
  /** Try again later: the call it belongs to may be known then. */
  later(id: number, dueMs: number, note: string): Promise<void>;
}

export interface Recordings {
  put(recording: { conversationId: string; receivedMs: number; mp3: Uint8Array }): Promise<void>;
  get(conversationId: string): Promise<Uint8Array | undefined>;
}

/** Something to be done later that is not a dial. */
export interface Job {
  readonly id: number;
  readonly kind: string;
  readonly callId: string | undefined;
  readonly payload: unknown;
  readonly createdMs: number;
  readonly tries: number;
  readonly fence: number;
  readonly log: readonly JobTry[];
}

export interface JobTry {
  readonly atMs: number;
  readonly ok: boolean;
  readonly note: string;
}

export interface JobQueue {
  /** With a `key`, nothing is added while an open job of that kind has it. */
  add(
    jobs: readonly {
      kind: string;
      key?: string;
      callId?: string;
      payload: unknown;
      dueMs: number;
      createdMs: number;
    }[],
  ): Promise<void>;
  /** Due jobs, with a lease and a new fence. */
  claim(request: { owner: string; nowMs: number; leaseMs: number; limit: number }): Promise<readonly Job[]>;
  /** Each names the fence; a stale one changes nothing. */
  done(job: Job, tried: JobTry): Promise<void>;
  again(job: Job, tried: JobTry, dueMs: number): Promise<void>;
  failed(job: Job, tried: JobTry): Promise<void>;
  /** Jobs of a call, newest first: the deliveries that a user looks at. */
  ofCall(callId: string): Promise<readonly (Job & { state: 'open' | 'done' | 'failed'; dueMs: number })[]>;
}

export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  /** Signs what is sent. */
  readonly secret: string;
  /** Names of events; empty means all. */
  readonly events: readonly string[];
  readonly createdMs: number;
  readonly createdBy: string;
  readonly disabledMs: number | undefined;
}

export interface WebhookEndpoints {
  add(endpoint: WebhookEndpoint): Promise<void>;
  list(): Promise<readonly WebhookEndpoint[]>;
  get(id: string): Promise<WebhookEndpoint | undefined>;
  remove(id: string): Promise<boolean>;
}

/** What is erased of a person, or of calls that are older than they may be kept. */
export interface Erasure {
  /** Calls with this destination that are over. Those that are not have to be cancelled first. */
  callsTo(
    toHash: string,
  ): Promise<readonly { callId: string; ended: boolean; conversationIds: string[]; callSids: string[] }[]>;
  /** Calls that ended before then and were not erased yet. */
  endedBefore(
    atMs: number,
    limit: number,
  ): Promise<readonly { callId: string; conversationIds: string[]; callSids: string[] }[]>;
  /** Number, variables, what was said, deliveries and recordings go; that a call was made, when, and how it ended stays. */
  wipe(callIds: readonly string[], atMs: number): Promise<void>;
  /** Inbox items that belong to no call, done jobs and lapsed idempotency keys of before then. */
  sweep(atMs: number): Promise<{ readonly removed: number }>;
}

/** Counts for `/metrics` and `/readyz`, as the database has them. */
export interface ServiceCounts {
  read(nowMs: number): Promise<{
    readonly byStatus: Readonly<Record<string, number>>;
    readonly due: number;
    readonly oldestDueMs: number | undefined;
    readonly live: number;
    readonly unknown: number;
    readonly needsPerson: number;
    readonly inboxWaiting: number;
    readonly jobsDue: number;
    readonly usageToday: Usage;
  }>;
}
