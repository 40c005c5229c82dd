import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from './printable.ts';

describe('printable', () => {
  it('leaves names of any script as they are', () => {
    expect(printable('Søren Müller, 山田 · Ωμέγα 👍')).toBe('Søren Müller, 山田 · Ωμέγα 👍');
  });

  it('takes whole escape sequences away', () => {
    expect(printable('\u001b[31mred\u001b[0m')).toBe('red');
    expect(printable('\u001b]0;new title\u0007after')).toBe('after');
    expect(printable('\u001b]8;;https://example.com\u001b\\link\u001b]8;;\u001b\\')).toBe('link');
    expect(printable('a\u009b2Jb')).toBe('ab');
  });

  it('keeps to one line', () => {
    expect(printable('one\r\ntwo\tthree\u2028four')).toBe('one two three four');
  });

  it('takes away what turns or hides text', () => {
    expect(printable('pay\u202eelbisiv\u2066x\u200b')).toBe('payelbisivx');
  });

  it('cuts long text by characters, not in the middle of one', () => {
    expect(printable('👍👍👍👍', 3)).toBe('👍👍…');
  });

  it('lets no control character of any text through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const line = printable(text);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(line.isWellFormed()).toBe(true);
      }),
    );
  });
});
