import * as z from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import type { JobHandler } from '../job-handler.ts';
import type { JobQueue } from '../service-ports.ts';
import { type Erasers, eraseElsewhere, type Trace } from './erase-elsewhere.ts';

export const forgetKind = 'forget';

const HOUR_MS = 3_600_000;
/** So long it is tried, and so long each try waits at most. */
const TRIED_FOR_MS = 7 * 24 * HOUR_MS;
const FIRST_WAIT_MS = 10 * 60_000;
const LONGEST_WAIT_MS = 12 * HOUR_MS;

const forgetPayload = z.looseObject({
  where: z.enum(['provider', 'carrier']),
  id: z.string(),
  untilMs: z.number(),
});

/** Jobs that erase what could not be reached; one for each trace, however often it is asked for. */
export function forgetJobs(traces: readonly Trace[], nowMs: number): Parameters<JobQueue['add']>[0] {
  return traces.map(({ where, id }) => ({
    kind: forgetKind,
    key: `${where}:${id}`,
    payload: { where, id, untilMs: nowMs + TRIED_FOR_MS },
    dueMs: nowMs + FIRST_WAIT_MS,
    createdMs: nowMs,
  }));
}

/** Tries to erase one trace elsewhere, for a week. */
export function createForgetJob(deps: {
  readonly erasers: Erasers;
  readonly clock: Pick<Clock, 'now'>;
}): JobHandler {
  return async (job, signal) => {
    const payload = forgetPayload.safeParse(job.payload);
    if (!payload.success) return { kind: 'failed', note: 'What is to be erased cannot be read.' };
    const { where, id, untilMs } = payload.data;
    const result = await eraseElsewhere(deps.erasers, { where, id }, signal);
    if (result.kind === 'erased') {
      const { erased, alreadyGone } = result;
      return { kind: 'done', note: `Erased ${erased}, already gone ${alreadyGone}.` };
    }
    const dueMs = deps.clock.now() + Math.min(FIRST_WAIT_MS * 2 ** Math.min(job.tries, 20), LONGEST_WAIT_MS);
    return dueMs > untilMs
      ? { kind: 'failed', note: `Given up after a week: ${result.why}` }
      : { kind: 'again', note: result.why, dueMs };
  };
}
