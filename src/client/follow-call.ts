import type { Call } from '../api/call.ts';
import type { TimelineEntry } from '../api/timeline.ts';
import { type Clock, sleep } from '../kernel/clock.ts';
import { ApiError } from './api-error.ts';
import type { Send } from './create-send.ts';
import { readEvents } from './read-events.ts';

export type FollowedEvent =
  | { readonly kind: 'timeline'; readonly entry: TimelineEntry }
  /** The call is over; nothing follows. */
  | { readonly kind: 'end'; readonly call: Call };

export interface FollowOptions {
  /** Entries up to this one are known already. */
  readonly after?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The server sends something every 15 s; a connection that is silent for three of these is dead. */
const SILENCE_MS = 45_000;
/** Waits after the first, the second… loss without anything heard in between. */
const PATIENCE_MS = [1000, 2000, 5000, 10_000, 20_000, 30_000];
const tryAgain = ['unreachable', 'not-ready', 'storage', 'too-many-requests'];

/**
 * Follows a call to its end, and goes on where it was after a broken connection. Throws ApiError when the server refuses, and when it has
 * not been reached for more than a minute. Ends quietly when `signal` aborts.
 */
export async function* followCall(
  deps: { readonly send: Send; readonly clock: Clock },
  id: string,
  { after = 0, signal }: FollowOptions,
): AsyncGenerator<FollowedEvent> {
  let seq = after;
  let losses = 0;
  while (!signal?.aborted) {
    let lost: unknown;
    try {
      for await (const event of connection(deps, id, seq, signal)) {
        losses = 0;
        if (event.kind === 'timeline') seq = event.entry.seq;
        yield event;
        if (event.kind === 'end') return;
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (error instanceof ApiError && !tryAgain.includes(error.code)) throw error;
      lost = error;
    }
    const waitMs = PATIENCE_MS[losses++];
    if (waitMs === undefined) {
      if (lost instanceof ApiError) throw lost;
      throw new ApiError('unreachable', 'The events of the call broke off again and again.', {
        status: 0,
        cause: lost,
      });
    }
    await sleep(deps.clock, waitMs, signal);
  }
}

async function* connection(
  { send, clock }: { readonly send: Send; readonly clock: Clock },
  id: string,
  seq: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<FollowedEvent> {
  const dead = new AbortController();
  const abort = () => dead.abort();
  signal?.addEventListener('abort', abort, { once: true });
  let cancel = clock.schedule(SILENCE_MS, abort);
  const heard = () => {
    cancel();
    cancel = clock.schedule(SILENCE_MS, abort);
  };
  try {
    const reply = await send.raw('GET', '/v1/calls/{id}/events', {
      params: { id },
      headers: { Accept: 'text/event-stream', 'Last-Event-ID': String(seq) },
      signal: dead.signal,
    });
    const reader = reply.body?.getReader();
    if (!reader) return;
    heard();
    try {
      for await (const { event, data } of readEvents(reader, heard)) {
        if (event === 'timeline') yield { kind: 'timeline', entry: JSON.parse(data) };
        if (event === 'end') yield { kind: 'end', call: JSON.parse(data) };
      }
    } finally {
      await reader.cancel().catch(() => {});
    }
  } finally {
    cancel();
    signal?.removeEventListener('abort', abort);
  }
}
