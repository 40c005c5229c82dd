import type { LifeWrite } from '../calls/call-store.ts';
import { jsonText } from './json-text.ts';
import type { Queries, Statement } from './session.ts';
import { announcementRowsOf, type Claiming, entryRowsOf, writeRowOf } from './write-row.ts';

/**
 * Any number of writes in one statement, so that each is whole or not at all. `a` decides: the row lock makes its conditions hold against
 * whoever writes at the same moment, and all else follows from the rows it changed. No call may be in it twice: a statement changes a row
 * once. Attempts are changed before calls, and those before usage, by every statement here, so that two wait for each other rarely.
 */
const writeLives: Statement = {
  name: 'write-lives',
  text: `
with w as (
  select * from jsonb_to_recordset($1::jsonb) as x(
    attempt text, fence integer, version integer, at timestamptz, state text, live boolean, tries integer, conversation text, sid text,
    sip text, asked boolean, why text, held text, due timestamptz, committed timestamptz, outcome text, result jsonb, claimed boolean, owner text,
    lease timestamptz, seconds integer, cents integer, call text, status text, call_outcome text, call_result jsonb, latest text,
    attempts integer, cancelled text, deadline timestamptz, entries integer, followed boolean, next_due timestamptz, priority smallint,
    line text, hash text, day date, key text, counted integer, wish text, masked text)
), a as (
  update attempts t set
    state = w.state, live = w.live, tries = w.tries, why = w.why, asked = w.asked, due_at = w.due, held_by = w.held,
    committed_at = coalesce(w.committed, t.committed_at),
    ended_at = case when w.state = 'ended' then coalesce(t.ended_at, w.at) end,
    conversation_id = w.conversation, call_sid = w.sid, sip_call_id = w.sip,
    owner = case when w.live then coalesce(w.owner, t.owner) end,
    -- Live without an owner (found after a person was asked, say): anybody may take it over at once.
    lease_until = case when w.live then coalesce(w.lease, t.lease_until, w.at) end,
    fence = t.fence + w.claimed::integer, version = t.version + 1,
    watched_ms = case when w.claimed then 0 else t.watched_ms end,
    outcome = w.outcome, result = w.result,
    seconds = coalesce(w.seconds, t.seconds), cents = coalesce(w.cents, t.cents)
  from w where t.id = w.attempt and t.fence = w.fence and t.version = w.version
  returning w.*
), c as (
  update calls k set
    status = a.status, outcome = a.call_outcome, result = a.call_result, attempts = a.attempts, latest_attempt = a.latest,
    cancelled_by = a.cancelled, deadline_at = a.deadline, updated_at = a.at,
    ended_at = case when a.call_result is not null then coalesce(k.ended_at, a.at) end,
    last_seq = k.last_seq + a.entries
  from a where k.id = a.call
  returning a.attempt, k.id, k.last_seq - a.entries as seq
), n as (
  insert into attempts (id, call_id, number, tries, state, live, asked, priority, due_at, fence, version, watched_ms, line_id, to_hash)
  select latest, call, attempts, 0, 'scheduled', false, false, priority, next_due, 0, 0, 0, line, hash from a where followed
), t as (
  insert into timeline (call_id, seq, attempt_id, at, kind, data)
  select c.id, c.seq + e.number, e.about, e.at, e.kind, e.data
  from jsonb_to_recordset($2::jsonb) as e(attempt text, number integer, about text, at timestamptz, kind text, data jsonb)
  join c on c.attempt = e.attempt
), j as (
  insert into jobs (kind, call_id, payload, created_at, due_at, fence, tries, log)
  select 'announce', a.call, jsonb_build_object('event', s.event, 'attemptId', s.about), a.at, a.at, 0, 0, '[]'
  from jsonb_to_recordset($3::jsonb) as s(attempt text, event text, about text)
  join a on a.attempt = s.attempt
  where exists (select from webhook_endpoints where disabled_at is null)
), u as (
  insert into usage (day, key_id, calls, seconds, cents)
  select day, key, sum(counted), coalesce(sum(seconds), 0), coalesce(sum(cents), 0) from a
  where counted > 0 or seconds > 0 or cents > 0 group by day, key order by day, key
  on conflict (day, key_id) do update set
    calls = usage.calls + excluded.calls, seconds = usage.seconds + excluded.seconds, cents = usage.cents + excluded.cents
), s as (
  insert into suppressions (hash, masked, reason, note, added_at, added_by)
  select distinct on (hash) hash, masked, wish, '', at, 'call ' || call from a where wish is not null order by hash, at
  -- What holds for ever already stays as somebody put it there.
  on conflict (hash) do update set
    reason = excluded.reason, note = excluded.note, added_at = excluded.added_at, added_by = excluded.added_by, expires_at = null
  where suppressions.expires_at is not null
)
select attempt from a`,
};

/** Ids of the attempts whose ticket was the newest, and which are written now. */
export async function writeLife(
  queries: Queries,
  writes: readonly LifeWrite[],
  claiming?: Claiming,
): Promise<Set<string>> {
  // In one order everywhere, so that two statements do not wait for each other's rows.
  const ordered = writes.toSorted((a, b) => (a.ticket.attemptId < b.ticket.attemptId ? -1 : 1));
  const rows = await queries.query<{ attempt: string }>(writeLives, [
    jsonText(ordered.map((write) => writeRowOf(write, claiming))),
    jsonText(ordered.flatMap(entryRowsOf)),
    jsonText(ordered.flatMap(announcementRowsOf)),
  ]);
  return new Set(rows.map(({ attempt }) => attempt));
}
