import type { Clock } from '../../kernel/clock.ts';

export interface RateDecision {
  readonly allowed: boolean;
  /** Requests that are left at this moment. */
  readonly remaining: number;
  /** Seconds until one more is allowed, rounded up; 0 when one is. */
  readonly waitSecs: number;
}

/** More owners than that at once are no customers; the ones that were idle longest are forgotten, with whole buckets. */
const MAX_BUCKETS = 10_000;

/** A token bucket for each owner: a minute's worth at once, filled evenly. It is of this node alone. */
export function createRateLimit(clock: Pick<Clock, 'monotonic'>) {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return (owner: string, perMinute: number): RateDecision => {
    const atMs = clock.monotonic();
    const bucket = buckets.get(owner) ?? { tokens: perMinute, atMs };
    const filled = Math.min(perMinute, bucket.tokens + ((atMs - bucket.atMs) * perMinute) / 60_000);
    const allowed = filled >= 1;
    const tokens = allowed ? filled - 1 : filled;
    buckets.delete(owner);
    buckets.set(owner, { tokens, atMs });
    const oldest = buckets.size > MAX_BUCKETS ? buckets.keys().next().value : undefined;
    if (oldest !== undefined) buckets.delete(oldest);
    const waitSecs = tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 60) / perMinute);
    return { allowed, remaining: Math.floor(tokens), waitSecs };
  };
}

export type RateLimit = ReturnType<typeof createRateLimit>;
