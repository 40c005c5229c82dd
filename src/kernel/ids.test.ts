import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIds, realRandomBytes } from './ids.ts';

describe('createIds', () => {
  it('makes a prefix and a ULID of 26 characters', () => {
    const newId = createIds({ now: () => Date.UTC(2026, 0, 5) }, realRandomBytes);
    expect(newId('att')).toMatch(/^att_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  });

  it('writes the time as the ULID specification does', () => {
    // The example of https://github.com/ulid/spec.
    const newId = createIds({ now: () => 1469918176385 }, (count) => new Uint8Array(count));
    expect(newId('call')).toBe('call_01ARYZ6S410000000000000000');
  });

  it('sorts by time', () => {
    const at = (now: number) => createIds({ now: () => now }, realRandomBytes)('att');
    fc.assert(
      fc.property(fc.nat(2 ** 47), fc.integer({ min: 1, max: 10_000 }), (now, later) => {
        expect(at(now) < at(now + later)).toBe(true);
      }),
    );
  });

  it('does not repeat within a millisecond', () => {
    const newId = createIds({ now: () => 0 }, realRandomBytes);
    expect(new Set(Array.from({ length: 1_000 }, () => newId('att'))).size).toBe(1_000);
  });
});
