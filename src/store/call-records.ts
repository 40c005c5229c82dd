import { type CallRecord, type CallRecords, type RecordedAttempt, statusOf } from '../calls/call-records.ts';
import type { TimelineEntry } from '../calls/life.ts';
import { callsPassing, recordColumns } from './call-filter.ts';
import { type AttemptRow, attemptColumns, attemptLifeOf, type CallRow, lifeOf, planOf } from './life-rows.ts';
import { pageOf, readCursor } from './page-cursor.ts';
import type { Session, Statement } from './session.ts';

interface RecordRow extends CallRow {
  readonly updated_at: Date;
  readonly ended_at: Date | null;
  readonly forgotten_at: Date | null;
  readonly latest_attempt: string;
}

interface RecordedRow extends AttemptRow {
  readonly call_id: string;
  readonly ended_at: Date | null;
  readonly seconds: number | null;
  readonly cents: number | null;
}

interface EntryRow {
  readonly seq: number;
  readonly attempt_id: string;
  readonly at: Date;
  readonly kind: TimelineEntry['kind'];
  readonly data: TimelineEntry['data'];
}

const callByAnyId: Statement = {
  name: 'call-by-any-id',
  text: `
with found as (
  select id from calls where id = $1
  union all select call_id from attempts where id = $1
  union all select call_id from attempts where conversation_id = $1
  union all select call_id from attempts where call_sid = $1
  union all select call_id from attempts where sip_call_id = $1
  limit 1
)
select ${recordColumns} from found join calls c on c.id = found.id`,
};

const attemptsOfCalls: Statement = {
  name: 'attempts-of-calls',
  text: `select a.call_id, ${attemptColumns}, a.ended_at, a.seconds, a.cents from attempts a
where a.call_id = any ($1::text[]) order by a.call_id, a.number`,
};

const entriesAfter: Statement = {
  name: 'timeline-after',
  text: 'select seq, attempt_id, at, kind, data from timeline where call_id = $1 and seq > $2 order by seq limit $3',
};

/** The reading side: a page of calls is two statements, whatever is in it. */
export function createCallRecords(session: Session): CallRecords {
  const withAttempts = async (calls: readonly RecordRow[]): Promise<CallRecord[]> => {
    if (calls.length === 0) return [];
    const rows = await session.query<RecordedRow>(attemptsOfCalls, [calls.map(({ call_id }) => call_id)]);
    return calls.map((call) => {
      const own = rows.filter(({ call_id }) => call_id === call.call_id);
      return recordOf(call, own);
    });
  };
  return {
    async get(id) {
      const [record] = await withAttempts(await session.query<RecordRow>(callByAnyId, [id]));
      return record;
    },
    async list(filter, { limit, cursor }) {
      const after = cursor === undefined ? undefined : readCursor(cursor);
      const { text, values } = callsPassing(filter, limit + 1, after);
      const rows = await session.query<RecordRow>({ text }, values);
      const { items, nextCursor } = pageOf(rows, limit, ({ created_at, call_id }) => ({
        atMs: created_at.getTime(),
        key: call_id,
      }));
      return { items: await withAttempts(items), nextCursor };
    },
    async timeline(callId, afterSeq, limit) {
      const rows = await session.query<EntryRow>(entriesAfter, [callId, afterSeq, limit]);
      return rows.map(({ seq, attempt_id, at, kind, data }) => ({
        seq,
        attemptId: attempt_id,
        atMs: at.getTime(),
        kind,
        data,
      }));
    },
  };
}

function recordOf(call: RecordRow, rows: readonly RecordedRow[]): CallRecord {
  const attempts = rows.map(recordedAttemptOf);
  const latest = attempts.at(-1)?.attempt;
  if (!latest) throw new Error(`The call ${call.call_id} has no attempt.`);
  return {
    life: lifeOf(call, latest),
    status: statusOf(latest),
    plan: planOf(call),
    createdMs: call.created_at.getTime(),
    updatedMs: call.updated_at.getTime(),
    endedMs: call.ended_at?.getTime(),
    forgottenMs: call.forgotten_at?.getTime(),
    attempts,
  };
}

function recordedAttemptOf(row: RecordedRow): RecordedAttempt {
  return {
    attempt: attemptLifeOf(row),
    committedMs: row.committed_at?.getTime(),
    endedMs: row.ended_at?.getTime(),
    seconds: row.seconds ?? undefined,
    cents: row.cents ?? undefined,
  };
}
