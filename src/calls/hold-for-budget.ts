import { type Budget, budgetCurrency, nextBudgetDay, overBudget, type Usage } from './budget.ts';
import { type Held, refuse } from './gate-decision.ts';

/** What one budget says against a dial now: wait for the next UTC day, unless no day has room for a call. `whose` is part of the sentence. */
export function holdForBudget(whose: string, budget: Budget, usage: Usage, nowMs: number): Held | undefined {
  const part = overBudget(budget, usage);
  if (!part) return undefined;
  const unit = part === 'cents' ? `cents (${budgetCurrency})` : part;
  // A budget without room for one call on an empty day would hold the call for ever.
  const never = overBudget(budget, { calls: 0, seconds: 0, cents: 0 });
  if (never) {
    const sentence = `The budget ${whose} allows no call at all (${budget[never]} ${unit} a day).`;
    return refuse('budget', sentence, 'Raise the budget, or give a reason as bypass "budget".');
  }
  const sentence = `The budget ${whose} is used up for today, UTC (${budget[part]} ${unit}).`;
  return { kind: 'wait', rule: 'budget', untilMs: nextBudgetDay(nowMs), sentence };
}
