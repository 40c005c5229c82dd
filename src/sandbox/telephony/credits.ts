// About what an agent's minute costs on the creator plan: 10,000 credits for 15 minutes.
const CREDITS_PER_SECOND = 11;

/** Credits that a conversation of that many seconds costs. */
export function creditsFor(seconds: number): number {
  return seconds * CREDITS_PER_SECOND;
}

/** Whole seconds that so many credits pay for. */
export function secondsFor(credits: number): number {
  return Math.max(0, Math.floor(credits / CREDITS_PER_SECOND));
}
