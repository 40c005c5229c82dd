import * as z from 'zod';
import type { CallPage } from '../../api/call.ts';
import type { Timeline } from '../../api/timeline.ts';
import type { Delivery } from '../../api/webhook-endpoint.ts';
import type { ServerDeps } from '../deps.ts';
import type { Handlers } from '../exchange.ts';
import { callSummaryView, callView } from '../views/call-view.ts';
import { entryView } from '../views/entry-view.ts';
import { momentText } from '../views/moment-text.ts';
import { findCall } from './find-call.ts';

/** What a delivery job says of itself; of others there is nothing to show. */
const deliveryPayload = z.looseObject({ event: z.string().optional(), endpointId: z.string().optional() });

/** The reading side of calls. */
export function readCalls(
  deps: Pick<ServerDeps, 'records' | 'hashNumber' | 'jobs'>,
): Pick<Handlers, 'listCalls' | 'getCall' | 'getTimeline' | 'listDeliveries'> {
  const { records } = deps;
  return {
    async listCalls({ query }) {
      const page = await records.list(
        {
          status: query.status,
          outcome: query.outcome,
          toHash: query.to && deps.hashNumber(query.to.number),
          agentId: query.agent,
          lineId: query.line,
          keyId: query.key,
          createdAfterMs: query.createdAfter === undefined ? undefined : Date.parse(query.createdAfter),
          createdBeforeMs: query.createdBefore === undefined ? undefined : Date.parse(query.createdBefore),
          metadata: query.metadata,
        },
        { limit: query.limit, cursor: query.cursor },
      );
      const body: CallPage = {
        items: page.items.map(callSummaryView),
        nextCursor: page.nextCursor ?? null,
      };
      return { status: 200, body };
    },
    async getCall({ params }) {
      return { status: 200, body: callView(await findCall(records, params.id)) };
    },
    async getTimeline({ params, query }) {
      const { life } = await findCall(records, params.id);
      const entries = await records.timeline(life.callId, query.after, query.limit);
      const body: Timeline = {
        items: entries.map(entryView),
        nextAfter: entries.length === query.limit ? (entries.at(-1)?.seq ?? null) : null,
      };
      return { status: 200, body };
    },
    async listDeliveries({ params }) {
      const { life } = await findCall(records, params.id);
      const jobs = await deps.jobs.ofCall(life.callId);
      const items: Delivery[] = jobs.flatMap((job) => {
        const payload = deliveryPayload.safeParse(job.payload);
        if (!payload.success || payload.data.endpointId === undefined) return [];
        return {
          id: String(job.id),
          kind: job.kind,
          state: job.state,
          event: payload.data.event ?? null,
          endpointId: payload.data.endpointId,
          createdAt: momentText(job.createdMs),
          nextTryAt: job.state === 'open' ? momentText(job.dueMs) : null,
          tries: job.log.map(({ atMs, ok, note }) => ({ at: momentText(atMs), ok, note })),
        };
      });
      return { status: 200, body: { items } };
    },
  };
}
