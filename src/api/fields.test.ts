import { describe, expect, it } from 'vitest';
import { moment } from './fields.ts';

describe('a moment', () => {
  it.each(['1970-01-01T00:00:00Z', '2026-03-02T15:00:00+01:00', '9999-12-31T23:59:59.999Z'])(
    'is %s',
    (text) => {
      expect(moment.safeParse(text).success).toBe(true);
    },
  );

  it.each([
    ['of a year that the database has not', '0000-01-01T00:00:00Z'],
    ['before 1970 by its offset', '1970-01-01T00:00:00+00:01'],
    ['after 9999 by its offset', '9999-12-31T23:59:59-23:59'],
    ['on a day that there is not', '2026-02-30T00:00:00Z'],
    ['without an offset', '2026-03-02T15:00:00'],
  ])('is none %s', (_, text) => {
    expect(moment.safeParse(text).success).toBe(false);
  });
});
