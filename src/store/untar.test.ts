import { describe, expect, it } from 'vitest';
import { untar } from './untar.ts';

const field = (text: string, length: number) =>
  Buffer.concat([Buffer.from(text), Buffer.alloc(length)]).subarray(0, length);

/** One entry with what untar reads of a header. */
function entry(name: string, content: string, { type = '0', prefix = '' } = {}): Buffer {
  const size = content.length.toString(8).padStart(11, '0');
  const head = [field(name, 100), Buffer.alloc(24), field(size, 12), Buffer.alloc(20), field(type, 1)];
  const rest = [Buffer.alloc(188), field(prefix, 155), Buffer.alloc(12)];
  const padded = Buffer.alloc(Math.ceil(content.length / 512) * 512, 0);
  padded.write(content);
  return Buffer.concat([...head, ...rest, padded]);
}

const end = Buffer.alloc(1024);
const read = (...parts: Buffer[]) =>
  [...untar(Buffer.concat(parts))].map(({ name, kind, content }) => [
    name,
    kind,
    Buffer.from(content).toString(),
  ]);

describe('untar', () => {
  it('reads folders and files, in order, with what is in them', () => {
    const long = 'x'.repeat(1300);
    expect(
      read(
        entry('/base', '', { type: '5' }),
        entry('/base/1', 'one'),
        entry('empty', ''),
        entry('b', long),
        end,
      ),
    ).toEqual([
      ['/base', 'folder', ''],
      ['/base/1', 'file', 'one'],
      ['empty', 'file', ''],
      ['b', 'file', long],
    ]);
  });

  it('joins a long name with its prefix', () => {
    expect(read(entry('file', 'x', { prefix: 'a/b' }), end)).toEqual([['a/b/file', 'file', 'x']]);
  });

  it('refuses an archive that is cut off, in a file or before its end', () => {
    const whole = Buffer.concat([entry('a', 'x'.repeat(600)), entry('b', 'y'), end]);
    for (const length of [0, 100, 600, 1536, 2048, 2560]) {
      expect(() => [...untar(whole.subarray(0, length))], `${length} bytes`).toThrow(/the archive/);
    }
    expect([...untar(whole)]).toHaveLength(2);
  });

  it('refuses links and other kinds of entries', () => {
    expect(() => read(entry('link', '', { type: '2' }), end)).toThrow('an entry of type 2');
  });
});
