import type { CallPlan, StoredCall } from '../calls/call-store.ts';
import type { AttemptLife } from '../calls/life.ts';
import type { Outcome } from '../calls/outcome.ts';
import type { RetryPolicy } from '../calls/retry-policy.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';

/** An attempt as its row has it. */
export interface AttemptRow {
  readonly attempt_id: string;
  readonly number: number;
  readonly tries: number;
  readonly state: AttemptLife['state'];
  readonly why: string | null;
  readonly asked: boolean;
  readonly due_at: Date | null;
  readonly held_by: string | null;
  readonly committed_at: Date | null;
  readonly conversation_id: string | null;
  readonly call_sid: string | null;
  readonly sip_call_id: string | null;
  readonly attempt_result: Outcome | null;
}

/** What a call's row says of its plan. */
export interface PlanRow {
  readonly key_id: string;
  readonly origin: CallPlan['origin'];
  readonly to_number: string | null;
  readonly to_hash: string;
  readonly agent_id: string;
  readonly plan: KeptPlan;
  readonly metadata: Record<string, string>;
}

/** What a call's row says of its life. */
export interface CallRow extends PlanRow {
  readonly call_id: string;
  readonly created_at: Date;
  readonly retry: RetryPolicy;
  readonly redial_after_unknown: boolean;
  readonly deadline_at: Date;
  readonly cancelled_by: string | null;
  readonly call_result: Outcome | null;
}

/** The latest attempt with its call. */
export interface StoredRow extends CallRow, AttemptRow {
  readonly owner: string | null;
  readonly fence: number;
  readonly version: number;
  readonly watched_ms: number;
  readonly cleared_until: Date | null;
}

/** The columns of AttemptRow from `attempts a`. */
export const attemptColumns = `a.id as attempt_id, a.number, a.tries, a.state, a.why, a.asked, a.due_at, a.held_by, a.committed_at,
  a.conversation_id, a.call_sid, a.sip_call_id, a.result as attempt_result`;

/** The columns of CallRow from `calls c`. */
export const callColumns = `c.id as call_id, c.created_at, c.key_id, c.origin, c.to_number, c.to_hash, c.agent_id, c.plan, c.metadata,
  c.retry, c.redial_after_unknown, c.deadline_at, c.cancelled_by, c.result as call_result`;

/** The columns of StoredRow from `attempts a` and `calls c`. */
export const storedColumns = `${attemptColumns}, a.owner, a.fence, a.version, a.watched_ms::float8 as watched_ms, a.cleared_until,
  ${callColumns}`;

export function storedCallOf(row: StoredRow): StoredCall {
  return {
    life: lifeOf(row, attemptLifeOf(row)),
    plan: planOf(row),
    createdMs: row.created_at.getTime(),
    ticket: {
      attemptId: row.attempt_id,
      fence: row.fence,
      version: row.version,
      owner: row.owner ?? undefined,
    },
    watchedMs: row.watched_ms,
    clearedUntilMs: row.cleared_until?.getTime(),
  };
}

export function lifeOf(row: CallRow, attempt: AttemptLife): StoredCall['life'] {
  return {
    callId: row.call_id,
    retry: row.retry,
    redialAfterUnknown: row.redial_after_unknown,
    deadlineMs: row.deadline_at.getTime(),
    cancelledBy: row.cancelled_by ?? undefined,
    attempt,
    result: row.call_result ?? undefined,
  };
}

export function attemptLifeOf(row: AttemptRow): AttemptLife {
  const facts = {
    id: row.attempt_id,
    number: row.number,
    tries: row.tries,
    ids: {
      ...(row.conversation_id === null ? {} : { conversationId: row.conversation_id }),
      ...(row.call_sid === null ? {} : { callSid: row.call_sid }),
      ...(row.sip_call_id === null ? {} : { sipCallId: row.sip_call_id }),
    },
  };
  switch (row.state) {
    case 'scheduled':
      return {
        ...facts,
        state: 'scheduled',
        dueMs: set(row.due_at, row).getTime(),
        heldBy: row.held_by ?? undefined,
      };
    case 'dialing':
    case 'accepted':
      return { ...facts, state: row.state, committedMs: set(row.committed_at, row).getTime() };
    case 'unknown': {
      const committedMs = set(row.committed_at, row).getTime();
      return { ...facts, state: 'unknown', committedMs, why: row.why ?? '', asked: row.asked };
    }
    case 'ended':
      return { ...facts, state: 'ended', outcome: set(row.attempt_result, row) };
  }
}

function set<Value>(value: Value | null, row: AttemptRow): Value {
  if (value === null) throw new Error(`The row of attempt ${row.attempt_id} does not fit its state.`);
  return value;
}

/** What of a plan has no column of its own. JSON leaves out what is undefined. */
type KeptPlan = Omit<CallPlan, 'to' | 'toHash' | 'agentId' | 'keyId' | 'origin' | 'metadata' | Lacking> &
  Partial<Pick<CallPlan, Lacking>>;
type Lacking = 'telephony' | 'window' | 'keyBudget';

export function keptPlanOf(plan: CallPlan): unknown {
  const {
    to: _to,
    toHash: _hash,
    agentId: _agent,
    keyId: _key,
    origin: _origin,
    metadata: _data,
    ...kept
  } = plan;
  return kept;
}

export function planOf(row: PlanRow): CallPlan {
  const { window, telephony, keyBudget, ...kept } = row.plan;
  return {
    ...kept,
    // Empty once the person was forgotten: nothing is dialled then.
    to: (row.to_number ?? '') as PhoneNumber,
    toHash: row.to_hash,
    agentId: row.agent_id,
    keyId: row.key_id,
    origin: row.origin,
    metadata: row.metadata,
    telephony,
    keyBudget,
    window,
  };
}
