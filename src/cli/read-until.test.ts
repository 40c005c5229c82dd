import { expect, it } from 'vitest';
import { readUntil } from './read-until.ts';

const now = Date.UTC(2026, 0, 31, 15);

it.each([
  ['12h', now + 12 * 3_600_000],
  ['30d', now + 30 * 86_400_000],
  ['2026-02-01', Date.UTC(2026, 1, 1)],
  ['2026-02-01T10:00Z', Date.UTC(2026, 1, 1, 10)],
  ['2026-02-01T10:00:30+01:00', Date.UTC(2026, 1, 1, 9, 0, 30)],
])('reads %s', (text, expected) => {
  expect(readUntil('--until', text, now)).toBe(expected);
});

it.each([
  ['tomorrow', 'no date'],
  ['30', 'no date'],
  ['2026-02-30T99:00', 'no date'],
  ['', 'no date'],
  ['0d', 'over already'],
  ['2026-01-30', 'over already'],
])('refuses "%s": %s', (text, why) => {
  expect(() => readUntil('--until', text, now)).toThrow(
    expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(why) }),
  );
});
