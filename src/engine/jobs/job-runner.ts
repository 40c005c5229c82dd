import type { JobHandler, JobResult } from '../../calls/job-handler.ts';
import type { Job, JobQueue } from '../../calls/service-ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { createWorkLoop, type WorkLoop } from './work-loop.ts';

export interface JobRunnerDeps {
  readonly queue: Pick<JobQueue, 'claim' | 'done' | 'again' | 'failed'>;
  /** By kind of job. A kind without a handler is left to a newer node. */
  readonly handlers: Readonly<Record<string, JobHandler>>;
  readonly clock: Clock;
  /** Names this run of this process among all nodes. */
  readonly owner: string;
  readonly trouble: (facts: { readonly what: string; readonly why: string }) => void;
}

const POLL_MS = 1_000;
/** Most of them wait for somebody else's server. */
const PARALLEL = 16;
/** Longer than any try may take: a job whose lease ran out is done by another node, too. */
const LEASE_MS = 120_000;
/** A handler that is not done by then is told to stop, well before its lease is over. */
const LONGEST_TRY_MS = 90_000;
/** After a fault; a handler says itself when it wants another try. */
const AFTER_FAULT_MS = [10_000, 60_000, 600_000, 3_600_000];
const MOST_FAULTS = 12;
/** A job that nobody here can do is looked at again this late. */
const UNKNOWN_KIND_MS = 600_000;

/** Claims due jobs with a lease and a fence, and does them. Runs on the kernel's clock, so that a simulation can run it too. */
export function createJobRunner(deps: JobRunnerDeps): WorkLoop {
  const { queue, handlers, clock, owner, trouble } = deps;

  async function one(job: Job): Promise<void> {
    const result = await tried(job);
    const entry = { atMs: clock.now(), ok: result.kind === 'done', note: result.note };
    try {
      if (result.kind === 'done') await queue.done(job, entry);
      else if (result.kind === 'failed') await queue.failed(job, entry);
      else await queue.again(job, entry, result.dueMs);
    } catch (error) {
      // The lease runs out, and the job is done again.
      trouble({ what: `job ${job.kind}`, why: messageOf(error) });
    }
  }

  async function tried(job: Job): Promise<JobResult> {
    const handler = handlers[job.kind];
    if (!handler) {
      return { kind: 'again', note: 'This node cannot do it.', dueMs: clock.now() + UNKNOWN_KIND_MS };
    }
    const tooLong = new AbortController();
    const cancel = clock.schedule(LONGEST_TRY_MS, () => tooLong.abort());
    try {
      return await handler(job, tooLong.signal);
    } catch (error) {
      trouble({ what: `job ${job.kind}`, why: messageOf(error) });
      // What a fault says can hold anything; its code cannot.
      const note = error instanceof AppError ? `Failed: ${error.code}.` : 'Failed: a fault of ours.';
      const waitMs = AFTER_FAULT_MS[Math.min(job.tries, AFTER_FAULT_MS.length - 1)] ?? POLL_MS;
      return job.tries >= MOST_FAULTS
        ? { kind: 'failed', note }
        : { kind: 'again', note, dueMs: clock.now() + waitMs };
    } finally {
      cancel();
    }
  }

  return createWorkLoop({
    take: (limit) => queue.claim({ owner, nowMs: clock.now(), leaseMs: LEASE_MS, limit }),
    work: one,
    failed: (error) => trouble({ what: 'jobs', why: messageOf(error) }),
    parallel: PARALLEL,
    pollMs: POLL_MS,
    clock,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
