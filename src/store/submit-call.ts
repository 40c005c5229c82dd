import type { CallStore, NewCall } from '../calls/call-store.ts';
import { AppError } from '../kernel/errors.ts';
import { joinStatements } from './join-statements.ts';
import { jsonText } from './json-text.ts';
import { keptPlanOf } from './life-rows.ts';
import type { Session, Statement } from './session.ts';
import { isoOf, priorityOf } from './write-row.ts';

/**
 * Calls, their first attempts and the beginnings of their timelines. Where a request has an idempotency key, only if the key still waits
 * for its call: of two that hold one reservation, because the first took so long that it lapsed, one gets a call, and where the second is
 * another request, that one. A call that is there
 * already was taken, by a statement whose answer got lost.
 */
const insertCalls: Statement = {
  name: 'submit-calls',
  text: `
with w as (
  select * from jsonb_to_recordset($1::jsonb) as x(
    id text, at timestamptz, key text, origin text, number text, hash text, agent text, line text, plan jsonb, metadata jsonb, retry jsonb,
    redial boolean, deadline timestamptz, attempt text, priority smallint, due timestamptz, data jsonb, intent text, request text,
    expires timestamptz)
), i as (
  update idempotency_keys k set call_id = w.id, expires_at = w.expires from w
  where k.key_id = w.key and k.key = w.intent and k.request_hash = w.request and (k.call_id is null or k.call_id = w.id)
  returning w.id
), c as (
  insert into calls (id, created_at, updated_at, key_id, origin, to_number, to_hash, agent_id, line_id, plan, metadata, retry,
    redial_after_unknown, deadline_at, status, attempts, latest_attempt, last_seq)
  select id, at, at, key, origin, number, hash, agent, line, plan, metadata, retry, redial, deadline, 'scheduled', 1, attempt, 1
  from w where intent is null or id in (select id from i)
  on conflict (id) do nothing
  returning id
), a as (
  insert into attempts (id, call_id, number, tries, state, live, asked, priority, due_at, fence, version, watched_ms, line_id, to_hash)
  select attempt, c.id, 1, 0, 'scheduled', false, false, priority, due, 0, 0, 0, line, hash from w join c on c.id = w.id
), t as (
  insert into timeline (call_id, seq, attempt_id, at, kind, data)
  select c.id, 1, attempt, at, 'submitted', data from w join c on c.id = w.id
)
select id from c union all select w.id from w where exists (select from calls where calls.id = w.id)`,
};

export function createSubmitCall(session: Session): CallStore['submit'] {
  const submitAll = joinStatements(async (calls: readonly NewCall[]) => {
    const rows = await session.query<{ id: string }>(insertCalls, [jsonText(calls.map(rowOf))]);
    const taken = new Set(rows.map(({ id }) => id));
    return calls.map(({ life }) => taken.has(life.callId));
  });
  return async function submit(call) {
    const [taken] = await submitAll([call]);
    if (!taken)
      throw new AppError(
        'storage',
        'The call was not taken: it took so long that its idempotency key lapsed.',
        {
          retryable: true,
          hint: 'Send the same request with the same key again.',
        },
      );
  };
}

function rowOf({ life, plan, createdMs, idempotency }: NewCall) {
  const { attempt } = life;
  if (attempt.state !== 'scheduled') throw new Error(`A new call is scheduled, and not ${attempt.state}.`);
  return {
    id: life.callId,
    at: isoOf(createdMs),
    key: plan.keyId,
    origin: plan.origin,
    number: plan.to,
    hash: plan.toHash,
    agent: plan.agentId,
    line: plan.line.id,
    plan: keptPlanOf(plan),
    metadata: plan.metadata,
    retry: life.retry,
    redial: life.redialAfterUnknown,
    deadline: isoOf(life.deadlineMs),
    attempt: attempt.id,
    priority: priorityOf(plan),
    due: isoOf(attempt.dueMs),
    data: { origin: plan.origin, by: plan.keyId, due: isoOf(attempt.dueMs) },
    intent: idempotency?.key,
    request: idempotency?.requestHash,
    expires: idempotency && isoOf(idempotency.expiresMs),
  };
}
