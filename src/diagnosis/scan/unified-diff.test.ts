import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

/** Applies a diff as `patch` does, and checks on the way that what it takes away is there. */
function applied(before: string, diff: readonly string[]): string {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const now: string[] = [];
  let at = 0;
  for (const [index, line] of diff.slice(2).entries()) {
    const head = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (head) {
      const start = Number(head[1]) - (head[2] === '0' ? 0 : 1);
      now.push(...old.slice(at, start));
      at = start;
      continue;
    }
    if (line.startsWith('\\')) continue;
    const text = line.slice(1) + (diff[index + 3]?.startsWith('\\') ? '' : '\n');
    if (line[0] !== '+') {
      expect(old[at]).toBe(text);
      at += 1;
    }
    if (line[0] !== '-') now.push(text);
  }
  return [...now, ...old.slice(at)].join('');
}

describe('a unified diff', () => {
  it('has three lines around a change, and one hunk for changes that lie close', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
    const now = lines.map((line, index) => (index === 9 || index === 12 ? `${line}!` : line));
    expect(unifiedDiff('a.ts', `${lines.join('\n')}\n`, `${now.join('\n')}\n`)).toEqual([
      '--- a/a.ts',
      '+++ b/a.ts',
      '@@ -7,10 +7,10 @@',
      ' line 7',
      ' line 8',
      ' line 9',
      '-line 10',
      '+line 10!',
      ' line 11',
      ' line 12',
      '-line 13',
      '+line 13!',
      ' line 14',
      ' line 15',
      ' line 16',
    ]);
  });

  it('says where the last line has no end', () => {
    expect(unifiedDiff('a', 'x', 'y\n')).toEqual([
      '--- a/a',
      '+++ b/a',
      '@@ -1,1 +1,1 @@',
      '-x',
      '\\ No newline at end of file',
      '+y',
    ]);
  });

  it('is empty where nothing changed', () => {
    expect(unifiedDiff('a', 'x\n', 'x\n')).toEqual([]);
  });

  it('makes the second text of the first, whatever they are', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', '', 'd'), { maxLength: 30 })
      .map((all) => all.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applied(before, unifiedDiff('f', before, after))).toBe(after);
      }),
      { numRuns: 500 },
    );
  });
});
