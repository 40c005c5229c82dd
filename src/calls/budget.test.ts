import { describe, expect, it } from 'vitest';
import { mergeBudgets, nextBudgetDay, overBudget } from './budget.ts';

const unused = { calls: 0, seconds: 0, cents: 0 };

describe('overBudget', () => {
  it('has no limit where none is set', () => {
    expect(overBudget({}, { calls: 1e9, seconds: 1e9, cents: 1e9 })).toBeUndefined();
  });

  it('counts the call that is about to be placed', () => {
    expect(overBudget({ calls: 3 }, { ...unused, calls: 2 })).toBeUndefined();
    expect(overBudget({ calls: 3 }, { ...unused, calls: 3 })).toBe('calls');
  });

  it('stops the first call after minutes or money are used up', () => {
    expect(overBudget({ minutes: 2 }, { ...unused, seconds: 119 })).toBeUndefined();
    expect(overBudget({ minutes: 2 }, { ...unused, seconds: 120 })).toBe('minutes');
    expect(overBudget({ cents: 500 }, { ...unused, cents: 499 })).toBeUndefined();
    expect(overBudget({ cents: 500 }, { ...unused, cents: 500 })).toBe('cents');
  });

  it('has no room in a budget of nothing', () => {
    expect(overBudget({ calls: 0 }, unused)).toBe('calls');
    expect(overBudget({ minutes: 0 }, unused)).toBe('minutes');
    expect(overBudget({ cents: 0 }, unused)).toBe('cents');
  });

  it('has no room where a limit or the use of it is no number', () => {
    expect(overBudget({ calls: Number.NaN }, unused)).toBe('calls');
    expect(overBudget({ minutes: 5 }, { ...unused, seconds: Number.NaN })).toBe('minutes');
    expect(overBudget({ cents: 5 }, { ...unused, cents: Number.NaN })).toBe('cents');
  });
});

describe('mergeBudgets', () => {
  it('keeps the general limits that a key’s own budget does not set', () => {
    expect(mergeBudgets({ calls: 10, cents: 900 }, { calls: 50 })).toEqual({ calls: 50, cents: 900 });
    expect(mergeBudgets({ calls: 10 }, undefined)).toEqual({ calls: 10 });
    expect(mergeBudgets({ calls: 10 }, { calls: undefined, minutes: 0 })).toEqual({ calls: 10, minutes: 0 });
  });
});

describe('nextBudgetDay', () => {
  it('is the next midnight of UTC, a day later at midnight itself', () => {
    const midnight = Date.parse('2026-07-16T00:00:00Z');
    expect(nextBudgetDay(Date.parse('2026-07-15T00:00:00Z'))).toBe(midnight);
    expect(nextBudgetDay(midnight - 1)).toBe(midnight);
    expect(nextBudgetDay(midnight)).toBe(Date.parse('2026-07-17T00:00:00Z'));
  });
});
