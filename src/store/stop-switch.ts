import type { StopOrder } from '../calls/call-store.ts';
import type { StopSwitch } from '../calls/service-ports.ts';
import { cleanText } from './json-text.ts';
import type { Session, Statement } from './session.ts';
import { isoOf } from './write-row.ts';

interface StopRow {
  readonly stopped_by: string | null;
  readonly stop_reason: string | null;
  readonly stopped_at: Date | null;
}

/** Waits for a claim that runs, and every later one sees it: after this, nothing more is committed to be dialled. */
const stopDialling: Statement = {
  text: `
insert into control (id, stopped_by, stop_reason, stopped_at) values (1, $1, $2, $3)
on conflict (id) do update set
  stopped_by = excluded.stopped_by, stop_reason = excluded.stop_reason, stopped_at = excluded.stopped_at`,
};

/** What the stop held up is due at once. Whoever claims at this moment has the row of control, and comes first. */
const resumeDialling: Statement = {
  text: `
with s as (
  select stopped_at from control where id = 1 and stopped_at is not null for update
), d as (
  update attempts a set due_at = s.stopped_at, version = a.version + 1 from s
  where a.state = 'scheduled' and a.held_by = 'stop'
), r as (
  update control c set stopped_by = null, stop_reason = null, stopped_at = null from s where c.id = 1 returning c.id
)
select id from r`,
};

const readStop: Statement = {
  name: 'read-stop',
  text: 'select stopped_by, stop_reason, stopped_at from control where id = 1',
};

export function createStopSwitch(session: Session): StopSwitch {
  return {
    async stop({ by, reason, atMs }) {
      await session.query(stopDialling, [cleanText(by), cleanText(reason), isoOf(atMs)]);
    },
    async resume() {
      return (await session.query(resumeDialling)).length > 0;
    },
    async read() {
      const [row] = await session.query<StopRow>(readStop);
      return row && stopOrderOf(row);
    },
  };
}

export function stopOrderOf({ stopped_by, stop_reason, stopped_at }: StopRow): StopOrder | undefined {
  if (stopped_by === null || stopped_at === null) return undefined;
  return { by: stopped_by, reason: stop_reason ?? '', atMs: stopped_at.getTime() };
}
