import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Source, violations } from './fixtures/floors.ts';

const root = path.resolve(import.meta.dirname, '..');
const sources: Source[] = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({
    file: `src/${file.replaceAll(path.sep, '/')}`,
    text: readFileSync(path.join(root, 'src', file), 'utf8'),
  }));

const rulesOf = (...bad: [file: string, text: string][]) => [
  ...new Set(violations(bad.map(([file, text]) => ({ file, text }))).map(({ rule }) => rule)),
];

describe('the floors of src/', () => {
  it('are kept by every file', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(violations(sources).map(({ file, rule, what }) => `${file}: ${rule}: ${what}`)).toEqual([]);
  });
});

describe('the rules of the floors', () => {
  it.each([
    ['kernel imports wire', 'src/kernel/a.ts', "import { x } from '../wire/b.ts';"],
    ['wire imports calls', 'src/wire/a.ts', "import type { x } from '../calls/b.ts';"],
    ['calls imports fraud, its sibling', 'src/calls/a.ts', "import { x } from '../fraud/b.ts';"],
    [
      'sandbox imports providers, its sibling',
      'src/sandbox/a.ts',
      "const x = await import('../providers/b.ts');",
    ],
    ['calls imports providers', 'src/calls/a.ts', "import '../providers/b.ts';"],
    ['cli imports providers', 'src/cli/commands/a.ts', "import { x } from '../../providers/b.ts';"],
    ['client imports calls', 'src/client/a.ts', "import { x } from '../calls/b.ts';"],
    ['anything imports main', 'src/cli/a.ts', "type X = import('../main/b.ts').X;"],
    ['a folder that is on no floor', 'src/lib/a.ts', 'export const x = 1;'],
  ])('refuse that %s', (_, file, text) => {
    expect(rulesOf([file, text])).toEqual(['floor']);
  });

  it.each([
    ['src/calls/a.ts', "import { x } from '../kernel/b.ts'; import { y } from './c.ts';"],
    ['src/providers/a.ts', "import { x } from '../calls/b.ts';"],
    ['src/cli/a.ts', "import { x } from '../client/b.ts'; import { y } from '../diagnosis/c.ts';"],
    ['src/main/a.ts', "const x = await import('../sandbox/b.ts');"],
    ['src/server/a.ts', "import { x } from '../api/b.ts';"],
  ])('allow %s: %s', (file, text) => {
    expect(rulesOf([file, text])).toEqual([]);
  });

  it('do not read comments and strings as imports', () => {
    expect(
      rulesOf(['src/kernel/a.ts', "// import { x } from '../main/b.ts';\n/* from '../main/b.ts' */\n"]),
    ).toEqual([]);
  });

  it('find a cycle over several files, and none where a type alone goes back', () => {
    const files = (back: string): [string, string][] => [
      ['src/calls/a.ts', "import { b } from './b.ts';"],
      ['src/calls/b.ts', "import { c } from './c.ts';"],
      ['src/calls/c.ts', back],
    ];
    expect(rulesOf(...files("import { a } from './a.ts';"))).toEqual(['cycle']);
    expect(rulesOf(...files("import type { a } from './a.ts';"))).toEqual([]);
  });

  it('keep the environment to main/config.ts', () => {
    expect(rulesOf(['src/cli/a.ts', 'const key = process.env.KEY;'])).toEqual(['environment']);
    expect(rulesOf(['src/cli/a.ts', 'const { env } = process;'])).toEqual(['environment']);
    expect(rulesOf(['src/main/config.ts', 'const key = process.env.KEY;'])).toEqual([]);
  });

  it('refuse default exports', () => {
    expect(rulesOf(['src/cli/a.ts', 'export default 1;'])).toEqual(['default-export']);
    expect(rulesOf(['src/cli/a.ts', 'const a = 1; export { a as default };'])).toEqual(['default-export']);
  });

  it('refuse a file of more than 300 lines', () => {
    expect(rulesOf(['src/cli/a.ts', 'x\n'.repeat(301)])).toEqual(['length']);
    expect(rulesOf(['src/cli/a.ts', 'x\n'.repeat(300)])).toEqual([]);
  });

  it('let only the index of a folder, and the entries of main, pass on what others export', () => {
    const text = "export { x } from './b.ts';";
    expect(rulesOf(['src/calls/a.ts', text])).toEqual(['re-export']);
    expect(rulesOf(['src/calls/a.ts', "export * from './b.ts';"])).toEqual(['re-export']);
    expect(rulesOf(['src/calls/index.ts', text])).toEqual([]);
    expect(rulesOf(['src/main/library.ts', text])).toEqual([]);
  });
});
