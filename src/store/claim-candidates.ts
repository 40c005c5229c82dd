import type { Usage } from '../calls/budget.ts';
import type { ClaimLimits, ClaimRequest, ClaimView } from '../calls/call-store.ts';
import type { Suppression } from '../calls/suppression.ts';
import { type StoredRow, storedCallOf, storedColumns } from './life-rows.ts';
import type { Queries, Statement } from './session.ts';
import { type SuppressionRow, suppressionOf } from './suppression-list.ts';
import { dayOf, isoOf } from './write-row.ts';

/** What is there whether or not a candidate is. */
interface AlwaysRow {
  readonly next_due: Date | null;
  readonly total_calls: number;
  readonly total_seconds: number;
  readonly total_cents: number;
}

interface FactsRow extends StoredRow, Omit<SuppressionRow, 'hash' | 'masked'> {
  /** Of its suppression; without one, none of those columns is set. */
  readonly masked: string | null;
  readonly live_destination: boolean;
  readonly key_calls: number | null;
  readonly key_seconds: number;
  readonly key_cents: number;
}

type CandidateRow = AlwaysRow & (FactsRow | { readonly attempt_id: null });

/**
 * Due attempts of the open lines, first those that a person waits for, then by age, with what the gate asks about each. The index of the
 * queue begins with the line: `l` steps from line to line in it, and of each only the first few are looked at, so that it costs the same
 * however many wait, are due later, or are of a closed line.
 */
const readCandidates: Statement = {
  name: 'claim-candidates',
  text: `
with recursive l as (
  (select line_id from attempts where state = 'scheduled' order by line_id limit 1)
  union all
  select (select line_id from attempts where state = 'scheduled' and line_id > l.line_id order by line_id limit 1)
  from l where l.line_id is not null
), d as (
  select x.* from l cross join unnest($2::smallint[]) as p(priority) cross join lateral (
    select id, priority, due_at from attempts
    where state = 'scheduled' and line_id = l.line_id and priority = p.priority and due_at <= $1
    order by due_at limit $3
  ) x
  where l.line_id <> all ($4::text[])
  order by x.priority desc, x.due_at limit $3
), f as (
  select (
    select min(x.due_at) from l cross join (values (0::smallint), (1::smallint)) as p(priority) cross join lateral (
      select due_at from attempts
      where state = 'scheduled' and line_id = l.line_id and priority = p.priority and due_at > $1
      order by due_at limit 1
    ) x
  ) as next_due, sum(calls)::float8 as total_calls, sum(seconds)::float8 as total_seconds, sum(cents)::float8 as total_cents
  from usage where day = $5
), q as (
  select ${storedColumns}, d.priority as rank,
    s.masked, s.reason, s.note, s.added_at, s.added_by, s.expires_at,
    exists (select from attempts o where o.live and o.to_hash = a.to_hash) as live_destination,
    u.calls::float8 as key_calls, u.seconds::float8 as key_seconds, u.cents::float8 as key_cents
  from d join attempts a on a.id = d.id join calls c on c.id = a.call_id
  left join suppressions s on s.hash = a.to_hash
  left join usage u on u.day = $5 and u.key_id = c.key_id
  where a.state = 'scheduled'
  for update of a skip locked
)
select f.next_due, f.total_calls, f.total_seconds, f.total_cents, q.*
from f left join q on true order by q.rank desc, q.due_at`,
};

interface Candidates extends Omit<ClaimView, 'nowMs' | 'stopped' | 'live' | 'capacity' | 'lines'> {
  /** The first moment after now at which another attempt falls due. */
  readonly nextDueMs: number | undefined;
}

export async function claimCandidates(
  queries: Queries,
  { nowMs, limit: most }: ClaimRequest,
  { limit, closedLines, personWaitingOnly }: ClaimLimits,
): Promise<Candidates> {
  const rows = await queries.query<CandidateRow>(readCandidates, [
    isoOf(nowMs),
    personWaitingOnly ? [1] : [1, 0],
    Math.min(limit, most),
    closedLines,
    dayOf(nowMs),
  ]);
  const found = rows.flatMap((row) => (row.attempt_id === null ? [] : [row]));
  return {
    candidates: found.map(storedCallOf),
    suppressions: new Map(found.flatMap((row) => suppressionEntry(row))),
    liveDestinations: new Set(found.flatMap((row) => (row.live_destination ? [row.to_hash] : []))),
    usageTotal: usageOf(rows[0]?.total_calls, rows[0]?.total_seconds, rows[0]?.total_cents),
    usageByKey: new Map(
      found.map((row) => [row.key_id, usageOf(row.key_calls, row.key_seconds, row.key_cents)]),
    ),
    nextDueMs: rows[0]?.next_due?.getTime(),
  };
}

function suppressionEntry({ masked, ...row }: FactsRow): [string, Suppression][] {
  return masked === null ? [] : [[row.to_hash, suppressionOf({ ...row, hash: row.to_hash, masked })]];
}

type Sum = number | null | undefined;

function usageOf(calls: Sum, seconds: Sum, cents: Sum): Usage {
  return { calls: calls ?? 0, seconds: seconds ?? 0, cents: cents ?? 0 };
}
