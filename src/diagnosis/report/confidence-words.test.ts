import { expect, it } from 'vitest';
import { confidenceWords } from './confidence-words.ts';

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
