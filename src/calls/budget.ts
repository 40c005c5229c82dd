/** What may be used up on one UTC day; a part that is left out has no limit. */
export interface Budget {
  readonly calls?: number | undefined;
  /** Of conversation. */
  readonly minutes?: number | undefined;
  /** Integer cents of `budgetCurrency`. */
  readonly cents?: number | undefined;
}

/** What was used up since the UTC day began, with what live calls have used so far. */
export interface Usage {
  readonly calls: number;
  readonly seconds: number;
  /** Integer cents of `budgetCurrency`. */
  readonly cents: number;
}

export type BudgetPart = keyof Budget;

/** ElevenLabs and Twilio state prices in it. */
export const budgetCurrency = 'USD';

const DAY_MS = 86_400_000;

/**
 * The part of the budget that leaves no room for one more call. That call counts as one; how long it will last nobody knows,
 * so minutes and money stop the first call after they are used up. A limit or use that is no number leaves no room.
 */
export function overBudget(budget: Budget, usage: Usage): BudgetPart | undefined {
  const { calls, minutes, cents } = budget;
  if (calls !== undefined && !(usage.calls + 1 <= calls)) return 'calls';
  if (minutes !== undefined && !(usage.seconds < minutes * 60)) return 'minutes';
  if (cents !== undefined && !(usage.cents < cents)) return 'cents';
  return undefined;
}

/** `own` where it sets a limit, `general` for the rest. */
export function mergeBudgets(general: Budget, own: Budget | undefined): Budget {
  return {
    calls: own?.calls ?? general.calls,
    minutes: own?.minutes ?? general.minutes,
    cents: own?.cents ?? general.cents,
  };
}

/** Midnight UTC after `nowMs`, in milliseconds since 1970: when every budget is whole again. */
export function nextBudgetDay(nowMs: number): number {
  return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
}
