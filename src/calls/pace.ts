import type { CapacityMark, LinePace } from './call-store.ts';

/** Dials a second that a line may make, unless it is said otherwise. Source: Twilio, default calls per second. */
export const defaultCallsPerSecond = 1;

/** How far ahead dials are spaced out. Well below the two seconds in which a committed dial has to leave. */
export const PACE_HORIZON_MS = 250;

/**
 * A carrier counts over seconds of its own, and what leaves evenly arrives unevenly: with this share of 30 a second, a dial may be 25 ms late
 * without the thirty-first falling into the same second.
 */
const USED = 0.975;
/** After a 429 a line goes at three quarters of its pace, and is at the whole again after this long. */
const SLOWED = 0.75;
const RECOVER_LINE_MS = 30_000;
/** After a 429 for too many calls, one more call is tried for each of these periods without another one. */
const RECOVER_CALL_MS = 15_000;

/** Milliseconds between two dials of a line. */
function intervalMs(callsPerSecond: number, pace: LinePace, nowMs: number): number {
  const whole = 1000 / (callsPerSecond * USED);
  if (pace.slowedMs === undefined) return whole;
  const recovered = Math.min(1, Math.abs(nowMs - pace.slowedMs) / RECOVER_LINE_MS);
  return whole / (SLOWED + (1 - SLOWED) * recovered);
}

/**
 * Whether a line may be used now, and when: the generic cell rate algorithm without a burst. The mark of a clock that was set back
 * would close the line for as long as it was ahead, so a mark further off than a pace can put it does not count.
 */
export function paceSlot(
  pace: LinePace,
  callsPerSecond: number,
  nowMs: number,
): { readonly sendAtMs: number; readonly next: LinePace } | undefined {
  const interval = intervalMs(callsPerSecond, pace, nowMs);
  const credible = pace.nextMs <= nowMs + PACE_HORIZON_MS + 2 * interval;
  const marked = credible ? pace.nextMs : nowMs;
  if (marked > nowMs + PACE_HORIZON_MS) return undefined;
  const sendAtMs = Math.max(nowMs, marked);
  return { sendAtMs, next: { ...pace, nextMs: sendAtMs + interval } };
}

/** How many calls may be live at once, after what the provider bore last. */
export function capacityNow(configured: number, mark: CapacityMark | undefined, nowMs: number): number {
  if (!mark) return configured;
  const regained = Math.floor(Math.abs(nowMs - mark.atMs) / RECOVER_CALL_MS);
  return Math.min(configured, Math.max(1, mark.limit) + regained);
}
