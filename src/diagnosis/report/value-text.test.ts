import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameValue, valueText } from './value-text.ts';

describe('valueText', () => {
  it('is the JSON of a value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(valueText(value, 1_000_000)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('is cut off where it is long', () => {
    expect(valueText('x'.repeat(100), 10)).toBe('"xxxxxxxxxx…"');
    expect(valueText([1, 2, 3, 4, 5, 6, 7, 8], 6)).toBe('[1,2,3…]');
    expect(valueText({ first: 'abc', second: 1 }, 12)).toBe('{"first":"abc"…}');
  });

  it('is short and quick for deep and for long values', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(valueText(deep)).toBe(`${'['.repeat(32)}[…]${']'.repeat(32)}`);
    expect(valueText(Array(1_000_000).fill(1), 20).length).toBeLessThan(30);
    expect(valueText(undefined)).toBe('undefined');
  });
});

describe('sameValue', () => {
  it('is the same JSON in any order of names', () => {
    expect(sameValue({ a: [1, { b: null }], c: 2 }, { c: 2, a: [1, { b: null }] })).toBe(true);
    expect(sameValue({ a: 1 }, { a: 1, b: undefined })).toBe(false);
    expect(sameValue([], {})).toBe(false);
    expect(sameValue({ toString: 1 }, { valueOf: 1 })).toBe(false);
    expect(sameValue(null, {})).toBe(false);
  });
});
