import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, jsonText } from './json-text.ts';

describe('jsonText', () => {
  it('is plain JSON for whatever the database can hold', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text);
        const kept = jsonText(value);
        if (!/\\u0000|\\ud/i.test(JSON.stringify(value))) expect(kept).toBe(JSON.stringify(value));
      }),
    );
  });

  it('never has a NUL or half a pair in it, in values or in keys', () => {
    const odd = fc.string({ unit: fc.constantFrom('\0', '\ud83d', '\ude00', 'a', '\\', 'u0000') });
    fc.assert(
      fc.property(fc.dictionary(odd, fc.array(odd)), (value) => {
        const back: unknown = JSON.parse(jsonText(value));
        const text = JSON.stringify(Object.entries(back ?? {}).flat(3));
        expect(text).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i);
      }),
    );
  });

  it('keeps dates, what looks like an escape, and pairs that are whole', () => {
    const value = { at: new Date(0), text: '\\u0000 and 😀', bad: '\0', list: [null, 1, true] };
    expect(JSON.parse(jsonText(value))).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      text: '\\u0000 and 😀',
      bad: '\ufffd',
      list: [null, 1, true],
    });
  });
});

describe('cleanText', () => {
  it('replaces what a text column cannot hold', () => {
    expect(cleanText('a\0b\ud83dc😀')).toBe('a\ufffdb\ufffdc😀');
  });
});
