import {
  type Budget,
  type BudgetPart,
  budgetCurrency,
  nextBudgetDay,
  overBudget,
  type Usage,
} from './budget.ts';
import { type Held, refuse } from './gate-decision.ts';

/** What one budget says against a dial now: wait for the next UTC day, unless no day has room for a call. `whose` is part of the sentence. */
export function holdForBudget(whose: string, budget: Budget, usage: Usage, nowMs: number): Held | undefined {
  const part = overBudget(budget, usage);
  if (!part) return undefined;
  // A budget without room for one call on an empty day would hold the call for ever.
  const never = overBudget(budget, { calls: 0, seconds: 0, cents: 0 });
  if (never) {
    const sentence = `The budget ${whose} allows no call at all (${amount(budget, never)} a day).`;
    return refuse('budget', sentence, 'Raise the budget, or give a reason as bypass "budget".');
  }
  const sentence = `The budget ${whose} is used up for today, UTC (${amount(budget, part)}).`;
  return { kind: 'wait', rule: 'budget', untilMs: nextBudgetDay(nowMs), sentence };
}

function amount(budget: Budget, part: BudgetPart): string {
  return part === 'cents' ? `${budget.cents} cents, ${budgetCurrency}` : `${budget[part]} ${part}`;
}
