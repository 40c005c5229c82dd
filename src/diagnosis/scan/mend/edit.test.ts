import { describe, expect, it } from 'vitest';
import { applyEdits } from './edit.ts';

describe('edits', () => {
  it('are made in the order of the text, insertions at the end of a replaced piece after it', () => {
    expect(
      applyEdits('abcdef', [
        { from: 4, to: 5, text: 'E' },
        { from: 1, to: 3, text: 'X' },
        { from: 3, to: 3, text: '!' },
      ]),
    ).toBe('aX!dEf');
  });

  it('that are the same are made once, and those that touch the same piece in other ways not at all', () => {
    const edit = { from: 1, to: 2, text: 'X' };
    expect(applyEdits('abc', [edit, { ...edit }])).toBe('aXc');
    expect(applyEdits('abc', [edit, { ...edit, text: 'Y' }])).toBeUndefined();
    expect(applyEdits('abc', [{ from: 2, to: 9, text: '' }])).toBeUndefined();
  });
});
