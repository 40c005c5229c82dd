import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWidth } from './text-width.ts';
import { wrap } from './wrap.ts';

describe('wrap', () => {
  it('breaks at spaces and hangs what follows', () => {
    expect(wrap('✗ the path is not the one that was meant', 20, 2)).toEqual([
      '✗ the path is not',
      '  the one that was',
      '  meant',
    ]);
  });

  it('keeps the indent of the first line', () => {
    expect(wrap('    for: the last segment', 20, 6)).toEqual(['    for: the last', '      segment']);
  });

  it('breaks a word only where it is longer than a line', () => {
    expect(wrap('see /v1/convoluted/resource/names/x now', 20, 2)).toEqual([
      'see',
      '  /v1/convoluted/',
      '  resource/names/x',
      '  now',
    ]);
    expect(wrap('client_data.dynamic_variables', 22, 2)).toEqual(['client_data.dynamic_', '  variables']);
    expect(wrap('  abcdefghijklmnopqrstuvwxyz', 14, 4)).toEqual([
      '  abcdefghijkl',
      '    mnopqrstuv',
      '    wxyz',
    ]);
  });

  it('counts two columns for wide characters and none for combining marks', () => {
    expect(textWidth('注文')).toBe(4);
    expect(textWidth('📚')).toBe(2);
    expect(textWidth('e\u0301')).toBe(1);
    expect(wrap('注文注文注文', 5)).toEqual(['注文', '注文', '注文']);
  });

  it('gives an empty text a line', () => {
    expect(wrap('', 20, 2)).toEqual(['']);
  });

  it('keeps every character and the width, for any text', () => {
    const words = fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 12 });
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 10, max: 60 }),
        fc.nat(20),
        fc.nat(20),
        (list, width, hanging, lead) => {
          const text = ' '.repeat(lead) + list.join(' ');
          const lines = wrap(text, width, hanging);
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
          for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
