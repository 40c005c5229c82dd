import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../kernel/printable.ts';
import { cellCode, codeBlock, pageCode, pageSentence, pageText, table } from './markdown-text.ts';

/** Text that is mostly what Markdown and terminals give a meaning to. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '|',
        '\\',
        '\\|',
        '`',
        '``',
        '```',
        '~~~',
        '*',
        '_',
        '[a](b)',
        '![a](b)',
        '<b>',
        '</td>',
        '<!--',
        '&lt;',
        '#',
        '\n',
        '\r\n# x',
        '\n---\n',
        '\n===\n',
        '1. ',
        '- ',
        '+ ',
        'https://a.example',
        'www.a.example',
        'a@b.example',
        '@team',
        '$x$',
        '~~a~~',
        '\u001b[31m',
        '\u202e',
        '\u2028',
        '    ',
        '\t',
        ' ',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

describe('pageText', () => {
  it.each([
    ['a | b', 'a \\| b'],
    ['[click](https://evil.example)', '\\[click\\](https\\://evil.example)'],
    ['<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
    ['# not a heading', '\\# not a heading'],
    ['1. not a list', '1\\. not a list'],
    ['- not a list', '\\- not a list'],
    ['line\n\n***\nline', 'line \\*\\*\\* line'],
    ['snake_case and `code`', 'snake\\_case and \\`code\\`'],
    ['write to a@b.example', 'write to a@\u200bb.example'],
  ])('of %j is %j', (text, page) => {
    expect(pageText(text)).toBe(page);
  });

  it('has no markup of others, and loses nothing, for any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const page = pageText(text);
        const bare = page.replace(/\\[!-/:-@[-`{-~]/g, '');
        expect(bare).not.toMatch(/[\\`*_~[\]<>#|&!$\n\r]/);
        expect(bare).not.toMatch(/https?:|www\.|@(?!\u200b)/i);
        expect(page).not.toMatch(/^[-+=]|^\d+[.)]/);
        const read = page.replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('@\u200b', '@');
        expect(read).toBe(printable(text, 1000));
      }),
    );
  });
});

describe('pageSentence', () => {
  it.each([
    ['`a_b` belongs inside `c`.', '`a_b` belongs inside `c`.'],
    ['an odd ` stays *text*', 'an odd \\` stays \\*text\\*'],
    ['`a|b` is a name', '`a\\|b` is a name'],
    ['`` and ``', '\\`\\` and \\`\\`'],
  ])('of %j is %j', (text, page) => {
    expect(pageSentence(text)).toBe(page);
  });

  it('has no markup of others beside code, for any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const bare = pageSentence(text).replace(/\\[!-/:-@[-`{-~]|(?<!`)`[^`]+`(?!`)/g, '');
        expect(bare).not.toMatch(/[\\`*_~[\]<>#|&!$\n\r]/);
      }),
    );
  });
});

/** What a reader of CommonMark makes of a code span that stands alone: its text, or `undefined` where it is none. */
function readCode(page: string): string | undefined {
  const fence = /^`+/.exec(page)?.[0] ?? '';
  const inner = page.slice(fence.length, -fence.length);
  const closes = [...inner.matchAll(/`+/g)].some(([run]) => run.length === fence.length);
  if (fence === '' || closes || !page.endsWith(fence) || inner.endsWith('`') || inner.startsWith('`'))
    return undefined;
  const framed = inner.startsWith(' ') && inner.endsWith(' ') && inner.trim() !== '';
  return framed ? inner.slice(1, -1) : inner;
}

describe('pageCode', () => {
  it('is one code span with the text in it, for any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = printable(text, 1000);
        expect(line === '' ? pageCode(text) : readCode(pageCode(text))).toBe(line);
      }),
    );
  });
});

describe('cellCode', () => {
  it('ends no cell, and reads as the text, for any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const cell = cellCode(text);
        expect(cell.replace(/\\./gs, '')).not.toContain('|');
        // GitHub splits a row first, and only then reads what is in a cell.
        const read = readCode(cell.replaceAll('\\|', '|')) ?? '';
        expect(read.replaceAll('\\ |', '\\|')).toBe(printable(text.replaceAll('\\ |', '\\|'), 300));
      }),
    );
  });
});

describe('codeBlock', () => {
  it('ends only where it ends, for any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const [open = '', ...rest] = codeBlock('http', text);
        const fence = open.slice(0, -4);
        expect(fence).toMatch(/^`{3,}$/);
        expect(rest.pop()).toBe(fence);
        for (const line of rest) {
          for (const mark of ['\n', '\r', '\u001b', '\u202e']) expect(line).not.toContain(mark);
          expect(/^ {0,3}(`{3,})\s*$/.exec(line)?.[1]?.length ?? 0).toBeLessThan(fence.length);
        }
      }),
    );
  });

  it('keeps the indent of code', () => {
    expect(codeBlock('ts', 'if (a) {\n\tb(  1 );\n}\n')).toEqual([
      '```ts',
      'if (a) {',
      '  b(  1 );',
      '}',
      '```',
    ]);
  });
});

it('a table has as many cells in each row as in its head', () => {
  expect(table(['what', 'old'], [['`a`', cellCode('x|y')]])).toEqual([
    '| what | old |',
    '|---|---|',
    '| `a` | `x\\|y` |',
  ]);
});
