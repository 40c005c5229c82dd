import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setInEnvText } from './env-text.ts';

describe('setting one name in the text of a .env file', () => {
  it.each([
    ['an empty file gets a line', '', 'A=1\n'],
    ['a new name goes to the end', 'B=2\n', 'B=2\nA=1\n'],
    ['a last line without an end is closed first', 'B=2', 'B=2\nA=1\n'],
    ['a value is replaced where it stands', '# mine\nA=old\nB=2\n', '# mine\nA=1\nB=2\n'],
    ['a comment behind the value stays', 'A=old # why\n', 'A=1 # why\n'],
    ['quotes of the old value go with it', 'A="o # ld" # why\n', 'A=1 # why\n'],
    ['export and indentation stay', '  export A = old\n', '  export A=1\n'],
    ['of two lines the last one counts', 'A=x\nB=2\nA=y\n', 'A=x\nB=2\nA=1\n'],
    ['a commented line is not an assignment', '#A=old\n', '#A=old\nA=1\n'],
    ['a longer name is another name', 'A_B=x\nXA=y\n', 'A_B=x\nXA=y\nA=1\n'],
    ['Windows line endings stay', 'B=2\r\nA=old\r\n', 'B=2\r\nA=1\r\n'],
    ['a new line has the endings of the others', 'B=2\r\n', 'B=2\r\nA=1\r\n'],
    ['a value over several lines is one value', 'B="x\nA=no\ny"\nA=old\n', 'B="x\nA=no\ny"\nA=1\n'],
    ['an empty value is filled', 'A=\nB=2\n', 'A=1\nB=2\n'],
  ])('%s', (_fact, before, after) => {
    expect(setInEnvText(before, 'A', '1')).toBe(after);
  });

  it('quotes what would be read differently', () => {
    expect(setInEnvText('', 'A', 'two words # no comment')).toBe("A='two words # no comment'\n");
    expect(setInEnvText('', 'A', "it's")).toBe('A="it\'s"\n');
    expect(setInEnvText('', 'A', '\'"')).toBe('A=`\'"`\n');
  });

  it('refuses a value that the format cannot hold', () => {
    expect(() => setInEnvText('', 'A', 'two\nlines')).toThrow(/cannot be written/);
    expect(() => setInEnvText('', 'A', `'"\``)).toThrow(/cannot be written/);
  });

  it('refuses to write behind a line that would swallow the new one', () => {
    expect(() => setInEnvText('NO EQUALS\n', 'A', '1')).toThrow(/cannot be read/);
  });

  it('changes the one name and no other, whatever the file holds', () => {
    const value = fc.stringMatching(/^[\w./:+@,=;%$!?*-]{1,20}$/);
    const name = fc.constantFrom('A', 'B', 'C_D', 'E');
    const line = fc
      .tuple(name, value, fc.constantFrom('', "'", '"', '`'), fc.constantFrom('', ' # note', '  '))
      .map(([key, text, quote, tail]) => `${key}=${quote}${text}${quote}${tail}`);
    const eol = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(
        fc.array(fc.oneof(line, fc.constant('# a comment'), fc.constant(''))),
        eol,
        name,
        value,
        (lines, end, key, text) => {
          const before = lines.map((one) => one + end).join('');
          const after = parseEnv(setInEnvText(before, key, text));
          expect(after).toEqual({ ...parseEnv(before), [key]: text });
        },
      ),
    );
  });
});
