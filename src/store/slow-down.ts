import type { LifeWrite } from '../calls/call-store.ts';
import type { Session, Statement } from './session.ts';
import { isoOf } from './write-row.ts';

/** What is still live is what the provider bore: the attempt it turned away is scheduled again by now. */
const lowerCapacity: Statement = {
  name: 'lower-capacity',
  text: `
insert into control (id, capacity_limit, capacity_at)
values (1, greatest(1, (select count(*) from attempts where live)), $1)
on conflict (id) do update set capacity_limit = excluded.capacity_limit, capacity_at = excluded.capacity_at`,
};

/** Under the lock of the claims: they write the same row from what they read before. */
const slowLines: Statement = {
  name: 'slow-lines',
  text: `
with locked as (select 1 from control where id = 1 for update)
insert into line_paces (line_id, next_at, slowed_at)
select line, $2, $2 from unnest($1::text[]) as line left join locked on true order by line
on conflict (line_id) do update set slowed_at = excluded.slowed_at`,
};

/**
 * Takes in that the provider had too much. In statements of their own, so that no write waits for a claim while it holds rows that the claim
 * wants; should they be lost, the provider says it again.
 */
export async function slowDown(session: Session, writes: readonly LifeWrite[]): Promise<void> {
  const slow = writes.flatMap(({ step, plan, atMs }) =>
    step.effects.flatMap((effect) => (effect.kind === 'slow-down' ? [{ why: effect.why, plan, atMs }] : [])),
  );
  if (slow.length === 0) return;
  const at = isoOf(Math.max(...slow.map(({ atMs }) => atMs)));
  if (slow.some(({ why }) => why === 'capacity')) await session.query(lowerCapacity, [at]);
  const lines = new Set(slow.flatMap(({ why, plan }) => (why === 'rate' ? [plan.line.id] : [])));
  if (lines.size > 0) await session.query(slowLines, [[...lines], at]);
}
