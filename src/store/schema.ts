import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

/** Times come from the kernel's clock, never from the database's own, so that a simulation can run on this schema. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** The intent to reach one number. What is dialled is in `plan`, how it stands in the columns around it. */
export const calls = pgTable(
  'calls',
  {
    id: text().primaryKey(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
    keyId: text('key_id').notNull(),
    origin: text().notNull(),
    toNumber: text('to_number'),
    toHash: text('to_hash').notNull(),
    agentId: text('agent_id').notNull(),
    lineId: text('line_id').notNull(),
    plan: jsonb().notNull(),
    metadata: jsonb().notNull(),
    retry: jsonb().notNull(),
    redialAfterUnknown: boolean('redial_after_unknown').notNull(),
    deadlineAt: moment('deadline_at').notNull(),
    cancelledBy: text('cancelled_by'),
    /** The state of the latest attempt, and `needs-person` for an unknown that waits for one. */
    status: text().notNull(),
    outcome: text(),
    result: jsonb(),
    attempts: integer().notNull(),
    latestAttempt: text('latest_attempt').notNull(),
    /** The last number given out in `timeline`; locking this row keeps the numbers of a call without gaps. */
    lastSeq: integer('last_seq').notNull(),
    endedAt: moment('ended_at'),
    forgottenAt: moment('forgotten_at'),
  },
  (table) => [
    index('calls_created').on(table.createdAt, table.id),
    index('calls_status').on(table.status, table.createdAt, table.id),
    index('calls_outcome').on(table.outcome, table.createdAt, table.id),
    index('calls_to').on(table.toHash, table.createdAt, table.id),
    index('calls_key').on(table.keyId, table.createdAt, table.id),
    index('calls_agent').on(table.agentId, table.createdAt, table.id),
    index('calls_line').on(table.lineId, table.createdAt, table.id),
    index('calls_metadata').using('gin', table.metadata.op('jsonb_path_ops')),
    index('calls_ended').on(table.endedAt).where(sql`forgotten_at is null`),
  ],
);

/** One dial each, and the queue of the engine: `due_at`, `owner`, `lease_until`, `fence`. */
export const attempts = pgTable(
  'attempts',
  {
    id: text().primaryKey(),
    callId: text('call_id')
      .notNull()
      .references(() => calls.id),
    number: integer().notNull(),
    tries: integer().notNull(),
    state: text().notNull(),
    /** Counts against capacity and for the destination: dialing, accepted, or unknown and still looked for. */
    live: boolean().notNull(),
    why: text(),
    asked: boolean().notNull(),
    priority: smallint().notNull(),
    dueAt: moment('due_at'),
    /** The rule of the gate that postponed it last. */
    heldBy: text('held_by'),
    committedAt: moment('committed_at'),
    endedAt: moment('ended_at'),
    conversationId: text('conversation_id'),
    callSid: text('call_sid'),
    sipCallId: text('sip_call_id'),
    owner: text(),
    leaseUntil: moment('lease_until'),
    fence: integer().notNull(),
    version: integer().notNull(),
    watchedMs: bigint('watched_ms', { mode: 'number' }).notNull(),
    clearedUntil: moment('cleared_until'),
    lineId: text('line_id').notNull(),
    toHash: text('to_hash').notNull(),
    outcome: text(),
    result: jsonb(),
    seconds: integer(),
    cents: integer(),
  },
  (table) => [
    unique('attempts_of_call').on(table.callId, table.number),
    // By line, so that a line that is closed or slow costs those behind it nothing, however long its queue is.
    index('attempts_due').on(table.lineId, table.priority, table.dueAt).where(sql`state = 'scheduled'`),
    // Without the lease: it is renewed every few seconds, and an index on it would make each renewal write all the indexes.
    index('attempts_live').on(table.toHash).where(sql`live`),
    index('attempts_conversation').on(table.conversationId),
    index('attempts_call_sid').on(table.callSid),
    index('attempts_sip_call').on(table.sipCallId),
  ],
);

/** Append-only: everything that happened to a call, in order. No foreign key: it would be checked for each of the many rows. */
export const timeline = pgTable(
  'timeline',
  {
    callId: text('call_id').notNull(),
    seq: integer().notNull(),
    attemptId: text('attempt_id').notNull(),
    at: moment('at').notNull(),
    kind: text().notNull(),
    data: jsonb().notNull(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.seq] })],
);

/** One row: what is true for all nodes. Locking it serialises the claims. */
export const control = pgTable('control', {
  id: smallint().primaryKey(),
  stoppedBy: text('stopped_by'),
  stopReason: text('stop_reason'),
  stoppedAt: moment('stopped_at'),
  capacityLimit: integer('capacity_limit'),
  capacityAt: moment('capacity_at'),
});

/** How far the pace of each line has been used up. */
export const linePaces = pgTable('line_paces', {
  lineId: text('line_id').primaryKey(),
  nextAt: moment('next_at').notNull(),
  slowedAt: moment('slowed_at'),
});

/** What each key used on each day (UTC). */
export const usage = pgTable(
  'usage',
  {
    day: date().notNull(),
    keyId: text('key_id').notNull(),
    calls: integer().notNull(),
    seconds: bigint({ mode: 'number' }).notNull(),
    cents: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.keyId] })],
);

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    keyId: text('key_id').notNull(),
    key: text().notNull(),
    requestHash: text('request_hash').notNull(),
    /** Empty while the request is worked on. */
    callId: text('call_id'),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.keyId, table.key] }),
    index('idempotency_expiry').on(table.expiresAt),
    index('idempotency_call').on(table.callId),
  ],
);

/** Numbers that are not dialled, as keyed hashes. */
export const suppressions = pgTable(
  'suppressions',
  {
    hash: text().primaryKey(),
    masked: text().notNull(),
    reason: text().notNull(),
    note: text().notNull(),
    addedAt: moment('added_at').notNull(),
    addedBy: text('added_by').notNull(),
    expiresAt: moment('expires_at'),
  },
  (table) => [index('suppressions_added').on(table.addedAt, table.hash)],
);

/** Deliveries of the provider, kept before they are answered. */
export const inbox = pgTable(
  'inbox',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    deliveryKey: text('delivery_key').notNull().unique(),
    type: text().notNull(),
    conversationId: text('conversation_id'),
    attemptId: text('attempt_id'),
    receivedAt: moment('received_at').notNull(),
    eventAt: moment('event_at'),
    body: jsonb().notNull(),
    /** Empty until it was taken in; looked at again then. */
    dueAt: moment('due_at'),
    tries: integer().notNull(),
    processedAt: moment('processed_at'),
    note: text(),
  },
  (table) => [
    index('inbox_due').on(table.dueAt).where(sql`processed_at is null`),
    index('inbox_conversation').on(table.conversationId),
    index('inbox_attempt').on(table.attemptId),
    index('inbox_received').on(table.receivedAt),
  ],
);

export const recordings = pgTable('recordings', {
  conversationId: text('conversation_id').primaryKey(),
  receivedAt: moment('received_at').notNull(),
  mp3: bytes().notNull(),
});

/** Who may use the API. The key itself is shown once and kept as a hash. */
export const apiKeys = pgTable('api_keys', {
  id: text().primaryKey(),
  name: text().notNull(),
  hash: text().notNull().unique(),
  lastFour: text('last_four').notNull(),
  role: text().notNull(),
  createdAt: moment('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  revokedAt: moment('revoked_at'),
  lastUsedAt: moment('last_used_at'),
  ratePerMinute: integer('rate_per_minute'),
  budget: jsonb(),
});

/** Where events of calls are sent. */
export const webhookEndpoints = pgTable('webhook_endpoints', {
  id: text().primaryKey(),
  url: text().notNull(),
  secret: text().notNull(),
  events: jsonb().notNull(),
  createdAt: moment('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  disabledAt: moment('disabled_at'),
});

/** Everything that has to be done later and is not a dial: deliveries of webhooks, retention, erasure. */
export const jobs = pgTable(
  'jobs',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    kind: text().notNull(),
    /** At most one open job of a kind has the same key. */
    key: text(),
    callId: text('call_id'),
    payload: jsonb().notNull(),
    createdAt: moment('created_at').notNull(),
    dueAt: moment('due_at').notNull(),
    owner: text(),
    leaseUntil: moment('lease_until'),
    fence: integer().notNull(),
    tries: integer().notNull(),
    doneAt: moment('done_at'),
    failedAt: moment('failed_at'),
    /** One entry a try: when, how it went. */
    log: jsonb().notNull(),
  },
  (table) => [
    uniqueIndex('jobs_key').on(table.kind, table.key).where(sql`done_at is null and failed_at is null`),
    index('jobs_due').on(table.dueAt).where(sql`done_at is null and failed_at is null`),
    index('jobs_over').on(sql`coalesce(done_at, failed_at)`),
    index('jobs_call').on(table.callId),
  ],
);
