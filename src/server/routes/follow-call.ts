import type { ServerDeps } from '../deps.ts';
import type { Handler } from '../exchange.ts';
import { Refused } from '../refused.ts';
import { callView } from '../views/call-view.ts';
import { entryView } from '../views/entry-view.ts';
import { findCall } from './find-call.ts';
import { textStream } from './text-stream.ts';
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
  deps: Pick<ServerDeps, 'records' | 'clock' | 'onCallChange'> & {
    /** Aborts when the server closes. */
    readonly closing: AbortSignal;
  },
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
    const answered = request.method === 'HEAD' ? null : stream(life.callId, caller.keyId);
    return new Response(answered, {
      status: 200,
      headers: { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' },
    });

    function stream(callId: string, keyId: string): ReadableStream<Uint8Array> {
      const gone = new AbortController();
      // By hand and not by AbortSignal.any: what that makes stays with a signal that lives as long as the server.
      const ends = [signal, deps.closing];
      const leave = () => {
        if (gone.signal.aborted) return;
        gone.abort();
        for (const end of ends) end.removeEventListener('abort', leave);
        const left = (open.get(keyId) ?? 1) - 1;
        if (left > 0) open.set(keyId, left);
        else open.delete(keyId);
      };
      open.set(keyId, streams + 1);
      for (const end of ends) end.addEventListener('abort', leave, { once: true });
      if (ends.some(({ aborted }) => aborted)) leave();
      return textStream(lines(callId, headers['last-event-id'] ?? 0, gone.signal), leave);
    }
  };
}

function message(event: string, data: unknown, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
