import { expect, it } from 'vitest';
import { amountText, readAmount, sumAmounts } from './amount.ts';

it.each([
  ['-0.01400', '0.014'],
  ['-12.50000', '12.50'],
  ['0', '0.00'],
  [0.0001, '0.0001'],
])('reads the price %s as %s', (price, text) => {
  const amount = readAmount(price, 'usd');
  expect(amount?.currency).toBe('USD');
  expect(amount && amountText(amount)).toBe(text);
});

it.each([null, undefined, '', 'free'])('knows no amount in %s', (price) => {
  expect(readAmount(price, 'USD')).toBeUndefined();
});

it('adds each currency up exactly', () => {
  const cents = Array.from({ length: 10 }, () => readAmount('-0.1', 'USD'));
  expect(sumAmounts([...cents, undefined, readAmount('2', 'EUR')])).toEqual([
    { micros: 1_000_000, currency: 'USD' },
    { micros: 2_000_000, currency: 'EUR' },
  ]);
});
