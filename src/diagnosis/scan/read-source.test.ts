import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSourceReader } from './read-source.ts';
import { requestOf } from './request-of.ts';

const pieces = [
  'fetch(',
  'axios.post(',
  'requests.post(',
  'curl ',
  '`https://api.example.com/${',
  "'https://api.example.com/v1'",
  'f"https://{',
  '}`',
  '{',
  '}',
  ')',
  '(',
  'const a = ',
  'a',
  '...a',
  '**a',
  "a['__proto__'] = 1;",
  '\n```sh\n',
  '\n',
  ' -d \'{"a": 1}\'',
  'import axios from "axios";',
  'import requests\n',
  '.format(a)',
  ' % (a,)',
  '\\u{110000}',
  '<<EOF\n',
  ',',
  ':',
  'JSON.stringify({a, b: [1, -2]})',
];

describe('the readers of source', () => {
  it('bear any text', async () => {
    for (const extension of ['ts', 'tsx', 'js', 'py', 'sh', 'md']) {
      const read = await openSourceReader(extension);
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 25 }), (parts) => {
          const text = parts.join('');
          const { calls, unread } = read(text, 0);
          for (const { span } of [...calls, ...unread]) {
            expect(span.from).toBeGreaterThanOrEqual(0);
            expect(span.to).toBeLessThanOrEqual(text.length);
          }
          for (const call of calls) {
            if ('request' in call) continue;
            try {
              requestOf(call);
            } catch (error) {
              expect(error).toHaveProperty('code', 'bad-input');
            }
          }
        }),
        { numRuns: 150 },
      );
    }
  });

  it('bear nesting that no stack bears', async () => {
    const deep = 20_000;
    const js = await openSourceReader('js');
    expect(js(`fetch(${'['.repeat(deep)}${']'.repeat(deep)})`, 0).calls).toEqual([]);
    expect(js(`fetch(${"'a' + ".repeat(deep)}'b')`, 0).calls).toEqual([]);
    const py = await openSourceReader('py');
    expect(py(`import requests\nrequests.get(${'('.repeat(2000)}a${')'.repeat(2000)})\n`, 0).calls).toEqual(
      [],
    );
  });

  it.each([
    ['js', '${'],
    ['ts', '-'],
    ['tsx', '<'],
    ['js', '"'],
    ['js', '...'],
    ['py', '{'],
    ['py', '`'],
  ])('list a file of %s that no parser bears for what it is: 900 kB of %j', async (extension, piece) => {
    const read = await openSourceReader(extension);
    const line = `${piece.repeat(79 / piece.length)}\n`;
    const text = `fetch('https://api.example.com')\n${line.repeat(900_000 / line.length)}`;
    expect(read(text, 0)).toMatchObject({
      calls: [],
      unread: [{ why: 'it is nested too deep to be read, or is no code' }],
    });
  });

  it('list a file whose tree comes out broken', async () => {
    const read = await openSourceReader('py');
    const text = `requests.get(f"${'sk-'.repeat(20_000).replace(/.{80}/g, '$&\n')}`;
    expect(read(text, 0)).toMatchObject({ calls: [], unread: [{ why: expect.stringContaining('no code') }] });
  });

  it('load nothing for a file of another kind', async () => {
    const read = await openSourceReader('rb');
    expect(read("fetch('https://api.example.com')", 0)).toEqual({ calls: [], unread: [] });
  });
});
