import type { ServiceCounts } from '../calls/service-ports.ts';
import type { Session, Statement } from './session.ts';
import { dayOf, isoOf } from './write-row.ts';

interface CountsRow {
  readonly by_status: Record<string, number> | null;
  readonly due: number;
  readonly oldest_due: Date | null;
  readonly live: number;
  readonly inbox_waiting: number;
  readonly jobs_due: number;
  readonly calls: number | null;
  readonly seconds: number | null;
  readonly cents: number | null;
}

/** Calls that have ended are not counted: there are ever more of them, and the outcomes are counted as they come. */
const readCounts: Statement = {
  name: 'service-counts',
  text: `
select
  (select jsonb_object_agg(status, count) from (
    select status, count(*) from calls where status = any ('{scheduled,dialing,accepted,unknown,needs-person}') group by status
  ) s) as by_status,
  d.due, d.oldest_due,
  (select count(*)::integer from attempts where live) as live,
  (select count(*)::integer from inbox where processed_at is null) as inbox_waiting,
  (select count(*)::integer from jobs where done_at is null and failed_at is null and due_at <= $1) as jobs_due,
  u.calls, u.seconds, u.cents
from (select count(*)::integer as due, min(due_at) as oldest_due from attempts where state = 'scheduled' and due_at <= $1) d,
  (select sum(calls)::float8 as calls, sum(seconds)::float8 as seconds, sum(cents)::float8 as cents from usage where day = $2) u`,
};

export function createServiceCounts(session: Session): ServiceCounts {
  return {
    async read(nowMs) {
      const [row] = await session.query<CountsRow>(readCounts, [isoOf(nowMs), dayOf(nowMs)]);
      if (!row) throw new Error('A statement without a condition has a row.');
      const byStatus = row.by_status ?? {};
      return {
        byStatus,
        due: row.due,
        oldestDueMs: row.oldest_due?.getTime(),
        live: row.live,
        unknown: byStatus.unknown ?? 0,
        needsPerson: byStatus['needs-person'] ?? 0,
        inboxWaiting: row.inbox_waiting,
        jobsDue: row.jobs_due,
        usageToday: { calls: row.calls ?? 0, seconds: row.seconds ?? 0, cents: row.cents ?? 0 },
      };
    },
  };
}
