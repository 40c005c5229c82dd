import type { VoiceProvider } from '../../calls/ports.ts';
import type { Clock } from '../../kernel/clock.ts';

/** Lines and agents change seldom; a change is seen this long after, at the latest. */
const FRESH_MS = 30_000;

/**
 * The provider with lines and agents remembered for 30 s, so that a service that submits many calls does not read the same agent
 * for each. What is missing, and what fails, is not remembered. Conversations and dials are never touched.
 */
export function cacheReads(provider: VoiceProvider, clock: Pick<Clock, 'monotonic'>): VoiceProvider {
  const kept = new Map<string, { readonly untilMs: number; readonly value: Promise<unknown> }>();

  function remember<T>(key: string, read: () => Promise<T>): Promise<T> {
    const nowMs = clock.monotonic();
    const known = kept.get(key);
    if (known && nowMs < known.untilMs) return known.value as Promise<T>;
    const value = read();
    kept.set(key, { untilMs: nowMs + FRESH_MS, value });
    const forget = () => {
      if (kept.get(key)?.value === value) kept.delete(key);
    };
    value.then((found) => {
      if (found === undefined) forget();
    }, forget);
    return value;
  }

  return {
    ...provider,
    lines: () => remember('lines', provider.lines),
    line: (id) => remember(`line ${id}`, () => provider.line(id)),
    agent: (id) => remember(`agent ${id}`, () => provider.agent(id)),
    agents: () => remember('agents', provider.agents),
  };
}
