import type { Clock } from '../../kernel/clock.ts';
import type { JobHandler } from '../job-handler.ts';
import type { Erasure, JobQueue } from '../service-ports.ts';

export const retentionKind = 'retention';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Deliveries of strangers' calls and done jobs serve nobody for longer, whatever the retention of calls is. */
const SWEPT_AFTER_DAYS = 30;
const BATCH = 200;

/** The job of the hour that follows. Added at start and by each run; one in the database, however many nodes add it. */
export function nextRetention(nowMs: number): Parameters<JobQueue['add']>[0][number] {
  const hour = Math.floor(nowMs / HOUR_MS) + 1;
  return { kind: retentionKind, key: String(hour), payload: {}, dueMs: hour * HOUR_MS, createdMs: nowMs };
}

/**
 * Erases here what is older than it may be kept: once an hour, calls by the days since their end. Provider and carrier have retention of
 * their own. Without `days`, calls stay and only what serves nobody goes.
 */
export function createRetentionJob(deps: {
  readonly erasure: Pick<Erasure, 'endedBefore' | 'wipe' | 'sweep'>;
  readonly queue: Pick<JobQueue, 'add'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly days: number | undefined;
  /** Gives the space of what was erased back, where the database does not do so by itself. */
  readonly reclaim?: (() => Promise<unknown>) | undefined;
}): JobHandler {
  const { erasure, queue, clock, days } = deps;
  return async (_job, signal) => {
    const nowMs = clock.now();
    // First: whatever fails below, the next hour comes.
    await queue.add([nextRetention(nowMs)]);
    let erased = 0;
    if (days !== undefined) {
      for (;;) {
        const calls = await erasure.endedBefore(nowMs - days * DAY_MS, BATCH);
        if (calls.length === 0 || signal.aborted) break;
        await erasure.wipe(
          calls.map(({ callId }) => callId),
          nowMs,
        );
        erased += calls.length;
      }
    }
    const sweptDays = Math.min(days ?? SWEPT_AFTER_DAYS, SWEPT_AFTER_DAYS);
    const { removed } = await erasure.sweep(nowMs - sweptDays * DAY_MS);
    await deps.reclaim?.();
    return { kind: 'done', note: `Erased ${erased} calls, removed ${removed} other records.` };
  };
}
