import pg from 'pg';
import type { Clock } from '../kernel/clock.ts';

export interface PostgresListener {
  listen(channel: string, onNotify: (payload?: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

type Listeners = Map<string, Set<(payload?: string) => void>>;

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;

/**
 * LISTEN on a connection of its own, made when first needed. When it is lost it is made again, after 0.1 s doubling to 5 s, and then
 * everybody is called once, since notifications of the time between are gone.
 */
export function createPostgresListener(config: pg.ClientConfig, clock: Clock): PostgresListener {
  const listeners: Listeners = new Map();
  let client: pg.Client | undefined;
  let connecting: Promise<void> | undefined;
  let cancelRetry: (() => void) | undefined;
  let delayMs = FIRST_DELAY_MS;
  let closed = false;

  const connect = async (missed: boolean): Promise<void> => {
    const next = new pg.Client(config);
    // Without a listener an 'error' event would end the process.
    next.on('error', () => lost(next));
    next.on('end', () => lost(next));
    next.on('notification', ({ channel, payload }) => call(listeners, channel, payload));
    client = next;
    try {
      await next.connect();
      for (const channel of listeners.keys()) await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch {
      lost(next);
      return;
    }
    delayMs = FIRST_DELAY_MS;
    if (missed) for (const channel of listeners.keys()) call(listeners, channel, undefined);
  };

  const lost = (which: pg.Client): void => {
    if (client !== which) return;
    client = undefined;
    void which.end().catch(() => {});
    if (closed) return;
    cancelRetry = clock.schedule(delayMs, () => {
      cancelRetry = undefined;
      connecting = connect(true);
    });
    delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
  };

  const say = async (statement: string): Promise<void> => {
    const current = client;
    // When it fails the connection is lost, and the next one listens to what is wanted then.
    if (current) await current.query(statement).catch(() => lost(current));
  };

  return {
    async listen(channel, onNotify) {
      const others = listeners.get(channel) ?? new Set();
      listeners.set(channel, others.add(onNotify));
      connecting ??= connect(false);
      await connecting;
      if (others.size === 1) await say(`listen ${pg.escapeIdentifier(channel)}`);
      return async () => {
        if (!others.delete(onNotify) || others.size > 0) return;
        if (listeners.get(channel) === others) listeners.delete(channel);
        await say(`unlisten ${pg.escapeIdentifier(channel)}`);
      };
    },
    async close() {
      closed = true;
      cancelRetry?.();
      const current = client;
      client = undefined;
      await current?.end().catch(() => {});
    },
  };
}

function call(listeners: Listeners, channel: string, payload: string | undefined): void {
  for (const onNotify of listeners.get(channel) ?? []) queueMicrotask(() => onNotify(payload));
}
