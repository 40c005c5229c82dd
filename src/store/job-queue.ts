import type { Job, JobQueue, JobTry } from '../calls/service-ports.ts';
import { jsonText } from './json-text.ts';
import type { Session, Statement } from './session.ts';
import { isoOf } from './write-row.ts';

interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly call_id: string | null;
  readonly payload: unknown;
  readonly created_at: Date;
  readonly due_at: Date;
  readonly tries: number;
  readonly fence: number;
  readonly log: readonly JobTry[];
  readonly done_at: Date | null;
  readonly failed_at: Date | null;
}

const open = 'done_at is null and failed_at is null';
const columns = `j.id, j.kind, j.call_id, j.payload, j.created_at, j.due_at, j.fence, j.log, j.done_at, j.failed_at`;

const addJobs: Statement = {
  name: 'add-jobs',
  text: `
insert into jobs (kind, key, call_id, payload, created_at, due_at, fence, tries, log)
select kind, key, call, payload, created, due, 0, 0, '[]'
from jsonb_to_recordset($1::jsonb) as x(kind text, key text, call text, payload jsonb, created timestamptz, due timestamptz)
on conflict (kind, key) where ${open} do nothing`,
};

/** A node that dies with a job has tried it, too. What is handed out says how often it was tried before. */
const claimJobs: Statement = {
  name: 'claim-jobs',
  text: `
with d as (
  select id from jobs where ${open} and due_at <= $2 and (lease_until is null or lease_until < $2)
  order by due_at limit $4 for update skip locked
)
update jobs j set owner = $1, lease_until = $3, fence = j.fence + 1, tries = j.tries + 1 from d where j.id = d.id
returning ${columns}, j.tries - 1 as tries`,
};

const jobTried: Statement = {
  name: 'job-tried',
  text: `
update jobs set owner = null, lease_until = null, due_at = coalesce($3, due_at), done_at = $4, failed_at = $5, log = log || $6::jsonb
where id = $1 and fence = $2 and ${open}`,
};

export function createJobQueue(session: Session): JobQueue {
  const tried = async (job: Job, entry: JobTry, to: { due?: number; done?: number; failed?: number }) => {
    const [due, done, failed] = [to.due, to.done, to.failed].map((ms) =>
      ms === undefined ? null : isoOf(ms),
    );
    await session.query(jobTried, [job.id, job.fence, due, done, failed, jsonText([entry])]);
  };
  return {
    async add(jobs) {
      if (jobs.length === 0) return;
      const rows = jobs.map(({ kind, key, callId, payload, dueMs, createdMs }) => ({
        kind,
        key,
        call: callId,
        payload: payload ?? {},
        created: isoOf(createdMs),
        due: isoOf(dueMs),
      }));
      await session.query(addJobs, [jsonText(rows)]);
    },
    async claim({ owner, nowMs, leaseMs, limit }) {
      const values = [owner, isoOf(nowMs), isoOf(nowMs + leaseMs), limit];
      const rows = await session.query<JobRow>(claimJobs, values);
      return rows.toSorted((a, b) => a.due_at.getTime() - b.due_at.getTime()).map(jobOf);
    },
    done: (job, entry) => tried(job, entry, { done: entry.atMs }),
    again: (job, entry, dueMs) => tried(job, entry, { due: dueMs }),
    failed: (job, entry) => tried(job, entry, { failed: entry.atMs }),
    async ofCall(callId) {
      const text = `select ${columns}, j.tries from jobs j where j.call_id = $1 order by j.id desc`;
      const rows = await session.query<JobRow>({ text }, [callId]);
      return rows.map((row) => ({ ...jobOf(row), state: stateOf(row), dueMs: row.due_at.getTime() }));
    },
  };
}

function stateOf({ done_at, failed_at }: JobRow): 'open' | 'done' | 'failed' {
  if (done_at) return 'done';
  return failed_at ? 'failed' : 'open';
}

function jobOf(row: JobRow): Job {
  return {
    id: Number(row.id),
    kind: row.kind,
    callId: row.call_id ?? undefined,
    payload: row.payload,
    createdMs: row.created_at.getTime(),
    tries: row.tries,
    fence: row.fence,
    log: row.log,
  };
}
