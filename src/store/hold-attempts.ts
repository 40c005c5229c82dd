import type { CallStore, Ticket } from '../calls/call-store.ts';
import { jsonText } from './json-text.ts';
import { type StoredRow, storedCallOf, storedColumns } from './life-rows.ts';
import type { Session, Statement } from './session.ts';
import { isoOf } from './write-row.ts';

/** Who is live is few enough to be looked through: see the index. */
const takeLapsed: Statement = {
  name: 'take-over',
  text: `
with d as (
  select id from attempts
  where live and (owner is distinct from $1 or id <> all ($5::text[])) and (lease_until is null or lease_until < $2)
  order by lease_until limit $4 for update skip locked
)
update attempts a set owner = $1, lease_until = $3, fence = a.fence + 1, version = a.version + 1
from d, calls c where a.id = d.id and c.id = a.call_id and c.latest_attempt = a.id
returning ${storedColumns}`,
};

const renewLeases: Statement = {
  name: 'renew-leases',
  text: `
update attempts a set lease_until = $2, watched_ms = a.watched_ms + x.watched
from jsonb_to_recordset($3::jsonb) as x(id text, fence integer, watched bigint)
where a.id = x.id and a.fence = x.fence and a.owner = $1 and a.live
returning a.id, a.version`,
};

const giveBack: Statement = {
  text: `
update attempts set lease_until = $2 where live and owner = coalesce($1::text, owner) and lease_until > $2`,
};

const allowDial: Statement = {
  name: 'allow-dial',
  text: `
update attempts set cleared_until = $5, due_at = $4, version = version + 1
where id = $1 and fence = $2 and version = $3 and state = 'scheduled' returning id`,
};

/** Leases: who watches over which attempt, and until when nobody else may. */
export function createHoldAttempts(
  session: Session,
): Pick<CallStore, 'takeOver' | 'renew' | 'release' | 'clear'> {
  return {
    async takeOver({ owner, nowMs, leaseMs, limit, held }) {
      const values = [owner, isoOf(nowMs), isoOf(nowMs + leaseMs), limit, held];
      return (await session.query<StoredRow>(takeLapsed, values)).map(storedCallOf);
    },
    async renew({ owner, nowMs, leaseMs, held }) {
      if (held.length === 0) return [];
      const rows = held
        .toSorted((a, b) => (a.attemptId < b.attemptId ? -1 : 1))
        .map(({ attemptId, fence, watchedMs }) => ({ id: attemptId, fence, watched: Math.round(watchedMs) }));
      const values = [owner, isoOf(nowMs + leaseMs), jsonText(rows)];
      const renewed = await session.query<{ id: string; version: number }>(renewLeases, values);
      return renewed.map(({ id, version }) => ({ attemptId: id, version }));
    },
    async release({ owner, nowMs }) {
      // A moment before now, since a lease that ends now has not ended.
      await session.query(giveBack, [owner ?? null, isoOf(nowMs - 1)]);
    },
    async clear({ attemptId, fence, version }: Ticket, { nowMs, untilMs }) {
      return (
        (await session.query(allowDial, [attemptId, fence, version, isoOf(nowMs), isoOf(untilMs)])).length > 0
      );
    },
  };
}
