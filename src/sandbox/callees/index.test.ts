import { expect, it } from 'vitest';
import { calleeFor, callees } from './index.ts';

it('chooses a callee by the last four digits, in any area code', () => {
  expect(calleeFor('+12125550120').name).toBe('voicemail');
  expect(calleeFor('+14155550120').name).toBe('voicemail');
});

it('gives every other number the callee that chats', () => {
  for (const number of ['+12125550142', '+12125550199', '+12127430120', 'nonsense']) {
    expect(calleeFor(number).name).toBe('chats');
  }
});

it('gives each callee a name and digits of its own, inside the numbers kept for fiction', () => {
  const suffixes = callees.flatMap((callee) => callee.suffixes);
  expect(new Set(suffixes).size).toBe(suffixes.length);
  expect(suffixes.every((suffix) => /^01\d\d$/.test(suffix))).toBe(true);
  expect(new Set(callees.map((callee) => callee.name)).size).toBe(callees.length);
});
