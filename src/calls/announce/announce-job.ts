import * as z from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import type { CallRecords } from '../call-records.ts';
import type { JobHandler } from '../job-handler.ts';
import { callEventNames } from '../life.ts';
import type { JobQueue, WebhookEndpoints } from '../service-ports.ts';
import { callAnnouncement } from './call-announcement.ts';

/** The kinds of jobs by which an event reaches the endpoints: one that fans out, and one for each endpoint. */
export const announceKind = 'announce';
export const deliverKind = 'deliver';

/** As the store writes it, in the transaction of the event itself. */
const announcePayload = z.looseObject({ event: z.enum(callEventNames), attemptId: z.string() });

/**
 * Makes one delivery of an event for each endpoint that wants it. What is sent is written down here, so that every try sends the same
 * bytes. Run twice, it adds a delivery again only when the first one is over; its id is the same, and the receiver drops it.
 */
export function createAnnounceJob(deps: {
  readonly records: Pick<CallRecords, 'get'>;
  readonly endpoints: Pick<WebhookEndpoints, 'list'>;
  readonly queue: Pick<JobQueue, 'add'>;
  readonly clock: Pick<Clock, 'now'>;
}): JobHandler {
  return async (job) => {
    const payload = announcePayload.safeParse(job.payload);
    if (!payload.success || job.callId === undefined)
      return { kind: 'failed', note: 'The event cannot be read.' };
    const { event, attemptId } = payload.data;
    const record = await deps.records.get(job.callId);
    if (!record) return { kind: 'failed', note: 'The call is not there any more.' };
    const endpoints = (await deps.endpoints.list()).filter(
      ({ events, disabledMs, createdMs }) =>
        disabledMs === undefined &&
        createdMs <= job.createdMs &&
        (events.length === 0 || events.includes(event)),
    );
    const id = `evt_${job.id}`;
    const announcement = callAnnouncement(record, { name: event, attemptId, atMs: job.createdMs });
    const body = JSON.stringify({ id, ...announcement });
    const nowMs = deps.clock.now();
    await deps.queue.add(
      endpoints.map((endpoint) => ({
        kind: deliverKind,
        key: `${id}:${endpoint.id}`,
        callId: record.life.callId,
        payload: { event, endpointId: endpoint.id, id, body },
        dueMs: nowMs,
        createdMs: job.createdMs,
      })),
    );
    return { kind: 'done', note: `For ${endpoints.length} endpoints.` };
  };
}
