import { expect, it } from 'vitest';
import { placeOrder } from '../../../test/fixtures/explanations.ts';
import { certainty, confidenceWords } from './confidence-words.ts';

it.each([
  [1, 'almost certain (> 99 %)'],
  [0.97, 'almost certain (97 %)'],
  [0.851, 'very likely (85 %)'],
  [0.6, 'likely (60 %)'],
  [0.5, 'possible (50 %)'],
  [0.2, 'unlikely (20 %)'],
  [0, 'unlikely (< 1 %)'],
  [Number.NaN, 'unlikely (< 1 %)'],
])('says of %s: %s', (confidence, words) => {
  expect(confidenceWords(confidence)).toBe(words);
});

it('tells of all that take the same together', () => {
  const others = ['POST /v1/wholesale/orders', 'POST /v1/gift/orders'];
  expect(certainty(placeOrder)).toBe('very likely (94 %)');
  expect(certainty({ ...placeOrder, family: { confidence: 0.97, others } })).toBe(
    'almost certain (97 %) with the 2 others that take the same',
  );
  expect(certainty({ ...placeOrder, family: { confidence: 0.97, others: others.slice(1) } })).toBe(
    'almost certain (97 %) with the other that takes the same',
  );
});
