import { expect, it } from 'vitest';
import { showValue } from './show-value.ts';

it.each([
  ['rye', 'flour', '"rye"'],
  [3, 'weight', '3'],
  [null, 'weight', 'null'],
  [undefined, 'weight', '(nothing)'],
  [[], 'seeds', '[]'],
  [['sesame', 'flax'], 'seeds', '["sesame", …]'],
  [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, 'crust', '{ a, b, c, d, … }'],
  ['hunter2', 'oven_password', '"…"'],
  [['hunter2'], 'api_key', '["…"]'],
])('shows %j as %s', (value, name, shown) => {
  expect(showValue(value, name)).toBe(shown);
});

it('shows a long text on one short line', () => {
  expect(showValue(`a\n${'b'.repeat(1_000_000)}`, 'note').length).toBeLessThanOrEqual(60);
});
