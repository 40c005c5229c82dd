import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorOf, pageOf, readCursor } from './page-cursor.ts';

describe('a cursor', () => {
  it('comes back as it went, in letters that need no escaping', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.stringMatching(/^[\w ]{1,40}$/), (atMs, key) => {
        const cursor = cursorOf({ atMs, key });
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(readCursor(cursor)).toEqual({ atMs, key });
      }),
    );
  });

  it('is refused when somebody made it up', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        let read: unknown;
        try {
          read = readCursor(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-input' });
          return;
        }
        expect(read).toMatchObject({ atMs: expect.any(Number), key: expect.stringMatching(/./s) });
      }),
    );
  });
});

describe('pageOf', () => {
  const endOf = (row: number) => ({ atMs: row, key: `k${row}` });

  it('goes on only where there is more', () => {
    expect(pageOf([3, 2, 1], 3, endOf)).toEqual({ items: [3, 2, 1], nextCursor: undefined });
    expect(pageOf([3, 2, 1], 2, endOf)).toEqual({
      items: [3, 2],
      nextCursor: cursorOf({ atMs: 2, key: 'k2' }),
    });
    expect(pageOf([], 2, endOf)).toEqual({ items: [], nextCursor: undefined });
  });
});
