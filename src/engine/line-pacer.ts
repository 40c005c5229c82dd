import { defaultCallsPerSecond } from '../calls/pace.ts';
import type { Clock } from '../kernel/clock.ts';

export interface LinePacer {
  /** Milliseconds until a dial of this line may leave; 0 is now. */
  waitMs(lineId: string): number;
  /** One leaves at this moment. */
  left(lineId: string): void;
}

/** What the way to the provider may be quicker for a dial than for the one before it. */
const SLACK_MS = 20;

/**
 * The pace of the lines as this node's dials really leave. Claims space dials out by the plan, but one that starts late (a busy machine, a slow
 * connection) is followed closely by those that are on time, and a provider that counts over any second refuses the last of them. So
 * no more leave in any such second than the line may dial; on time, nobody waits here.
 */
export function createLinePacer(
  callsPerSecond: ReadonlyMap<string, number>,
  clock: Pick<Clock, 'monotonic'>,
): LinePacer {
  const lines = new Map<string, number[]>();
  const rateOf = (lineId: string) =>
    callsPerSecond.get(lineId) ?? callsPerSecond.get('*') ?? defaultCallsPerSecond;
  /** As many as the line may dial in a second, at least one. */
  const mostOf = (lineId: string) => Math.max(1, Math.floor(rateOf(lineId)));

  return {
    waitMs(lineId) {
      const most = mostOf(lineId);
      const oldest = lines.get(lineId)?.at(-most);
      if (oldest === undefined) return 0;
      return Math.max(0, oldest + (most * 1000) / rateOf(lineId) + SLACK_MS - clock.monotonic());
    },
    left(lineId) {
      lines.set(lineId, [...(lines.get(lineId) ?? []), clock.monotonic()].slice(-mostOf(lineId)));
    },
  };
}
