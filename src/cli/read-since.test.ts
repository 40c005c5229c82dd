import { expect, it } from 'vitest';
import { readSince } from './read-since.ts';

const now = Date.UTC(2026, 0, 31, 15);

it.each([
  ['90m', now - 90 * 60_000],
  ['2h', now - 2 * 3_600_000],
  ['3d', now - 3 * 86_400_000],
  ['2026-01-30', Date.UTC(2026, 0, 30)],
  ['2026-01-30T10:00Z', Date.UTC(2026, 0, 30, 10)],
  ['2026-01-30T10:00+01:00', Date.UTC(2026, 0, 30, 9)],
])('reads %s', (text, expected) => {
  expect(readSince('--since', text, now)).toBe(expected);
});

it.each(['yesterday', '3', '3w', '2026-02-30T99', '2026-02-01', ''])('refuses "%s"', (text) => {
  expect(() => readSince('--since', text, now)).toThrow(expect.objectContaining({ code: 'bad-input' }));
});
