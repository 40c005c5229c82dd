import type { ServerDeps } from '../deps.ts';
import type { Handler } from '../exchange.ts';
import { Refused } from '../refused.ts';
import { callView } from '../views/call-view.ts';
import { entryView } from '../views/entry-view.ts';
import { findCall } from './find-call.ts';
import { createWaker } from './waker.ts';

const POLL_MS = 1000;
const HEARTBEAT_MS = 15_000;
const BATCH = 200;
/** Streams of one key on this node. */
const MAX_STREAMS = 100;

/**
 * `GET /v1/calls/{id}/events`: the timeline as server-sent events, past entries first. Other nodes' writes are found by
 * looking once a second; this node's own at once. The stream ends with the call.
 */
export function followCall(
  deps: Pick<ServerDeps, 'records' | 'clock' | 'onCallChange'>,
): Handler<'followCall'> {
  const { records, clock } = deps;
  const open = new Map<string, number>();

  async function* lines(callId: string, after: number, signal: AbortSignal): AsyncGenerator<string> {
    const waker = createWaker(clock, signal);
    const unsubscribe = deps.onCallChange(callId, waker.wake);
    try {
      let seq = after;
      let heardMs = clock.monotonic();
      let first = true;
      while (!signal.aborted) {
        const entries = await records.timeline(callId, seq, BATCH);
        for (const entry of entries) {
          yield message('timeline', entryView(entry), entry.seq);
          seq = entry.seq;
        }
        if (entries.length === BATCH) continue;
        // A call that is over has written so: it is looked at when there was something to read, and not each second.
        if (first || entries.length > 0) {
          const record = await records.get(callId);
          if (!record) return;
          const more = record.life.result ? await records.timeline(callId, seq, 1) : [];
          if (more.length > 0) continue;
          if (record.life.result) return yield message('end', callView(record));
        }
        const nowMs = clock.monotonic();
        if (entries.length > 0) heardMs = nowMs;
        else if (first || nowMs - heardMs >= HEARTBEAT_MS) {
          yield ': still there\n\n';
          heardMs = nowMs;
        }
        first = false;
        await waker.wait(POLL_MS);
      }
    } finally {
      unsubscribe();
    }
  }

  return async ({ params, headers, request, signal, caller }) => {
    const { life } = await findCall(records, params.id);
    const streams = open.get(caller.keyId) ?? 0;
    if (streams >= MAX_STREAMS) {
      throw new Refused('too-many-requests', `The key follows ${MAX_STREAMS} calls already.`, {
        headers: { 'Retry-After': '5' },
      });
    }
    const gone = new AbortController();
    const source = lines(life.callId, headers['last-event-id'] ?? 0, AbortSignal.any([signal, gone.signal]));
    const count = (by: number) => {
      const left = (open.get(caller.keyId) ?? 0) + by;
      if (left > 0) open.set(caller.keyId, left);
      else open.delete(caller.keyId);
    };
    const stream = request.method === 'HEAD' ? null : eventStream(source, gone, count, signal);
    return new Response(stream, {
      status: 200,
      headers: { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' },
    });
  };
}

/** Pulls one message at a time, so that a slow reader holds up nothing but itself. */
function eventStream(
  source: AsyncGenerator<string>,
  gone: AbortController,
  count: (by: number) => void,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let counted = true;
  count(1);
  const leave = () => {
    if (counted) count(-1);
    counted = false;
  };
  // A client may be gone before anything is pulled or cancelled.
  signal.addEventListener('abort', leave, { once: true });
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await source.next();
          if (!done) return controller.enqueue(encoder.encode(value));
          leave();
          controller.close();
        } catch (error) {
          leave();
          controller.error(error);
        }
      },
      cancel() {
        leave();
        gone.abort();
      },
    },
    { highWaterMark: 0 },
  );
}

function message(event: string, data: unknown, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
