import { spawn } from 'node:child_process';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'donna-set-up-'));
  await cp(path.join(repository, 'scripts'), path.join(root, 'scripts'), { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const write = async (file: string, content: string) => {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), content);
};

async function run(command: string, ...args: string[]) {
  const { PATH = '' } = process.env;
  const child = spawn(command, args, {
    cwd: root,
    env: { PATH: `${path.join(root, 'bin')}:${PATH}`, HOME: root },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { output, exit };
}

describe('installing', () => {
  const lockOf = (versions: { zod?: string; vitest?: string }) => ({
    packages: {
      '': { name: 'donna' },
      ...(versions.zod ? { 'node_modules/zod': { version: versions.zod } } : {}),
      ...(versions.vitest ? { 'node_modules/vitest': { version: versions.vitest, dev: true } } : {}),
      'node_modules/elsewhere': { version: '1.0.0', optional: true },
    },
  });
  const locked = (versions: Parameters<typeof lockOf>[0]) =>
    write('package-lock.json', JSON.stringify(lockOf(versions)));
  const there = async (versions: Parameters<typeof lockOf>[0]) => {
    const { 'node_modules/elsewhere': _, ...packages } = lockOf(versions).packages;
    await write('node_modules/.package-lock.json', JSON.stringify({ packages }));
    for (const name of Object.keys(versions)) await write(`node_modules/${name}/package.json`, '{}');
  };
  const npmRuns = async () => (await readFile(path.join(root, 'npm.log'), 'utf8').catch(() => '')).trim();

  beforeEach(async () => {
    // An npm that writes down what it is asked, and that it has installed what the lock file says.
    await write(
      'bin/npm',
      '#!/bin/sh\necho "$1 $2" >> npm.log\nmkdir -p node_modules/zod node_modules/vitest\ncp package-lock.json node_modules/.package-lock.json\n',
    );
    await chmod(path.join(root, 'bin', 'npm'), 0o755);
    await write('scripts/build.mjs', '');
    await locked({ zod: '4.0.0', vitest: '4.0.0' });
  });
  const test = () => run(process.execPath, 'scripts/install-if-needed.mjs');
  const prepare = () => run(process.execPath, 'scripts/prepare.mjs');

  it('is done on a fresh clone, by ./donna without what only tests need', async () => {
    expect((await prepare()).output).toMatch(/installing and building/);
    expect(await npmRuns()).toBe('ci --omit=dev');
  });

  it('is done once', async () => {
    await test();
    await test();
    expect((await prepare()).output).not.toMatch(/installing/);
    expect(await npmRuns()).toBe('ci --no-audit');
  });

  it('is done by npm test where only what ./donna needs is there', async () => {
    await there({ zod: '4.0.0' });
    await prepare();
    expect(await npmRuns()).toBe('');
    await test();
    expect(await npmRuns()).toBe('ci --no-audit');
  });

  it.each([
    ['another version in the lock file', { zod: '3.0.0', vitest: '4.0.0' }],
    ['a package that is not there', { vitest: '4.0.0' }],
  ])('is done again after %s, and keeps what tests need', async (_, versions) => {
    await there(versions);
    await prepare();
    expect(await npmRuns()).toBe('ci --no-audit');
  });

  it('is not done because the lock file was only touched', async () => {
    await there({ zod: '4.0.0', vitest: '4.0.0' });
    const later = new Date(Date.now() + 60_000);
    await utimes(path.join(root, 'package-lock.json'), later, later);
    await Promise.all([prepare(), test()]);
    expect(await npmRuns()).toBe('');
  });

  it('is done by one of two that start together, and not held up by one that died', async () => {
    await write('dist/.installing', '999999999');
    const done = await Promise.all([prepare(), prepare()]);
    expect(done.map(({ exit }) => exit)).toEqual([0, 0]);
    expect(await npmRuns()).toBe('ci --omit=dev');
  });
});

describe('building', () => {
  const lazy = (word: string) => write('src/main/lazy.ts', `export const word = '${word}';\n`);
  const build = () => run(process.execPath, 'scripts/build.mjs', '--quiet');
  const start = () => run(process.execPath, 'dist/donna.js');
  const dist = async () => (await readdir(path.join(root, 'dist'))).sort();

  beforeEach(async () => {
    await symlink(path.join(repository, 'node_modules'), path.join(root, 'node_modules'));
    await write('package.json', '{"type":"module"}');
    await write(
      'src/main/bin.ts',
      "const { word } = await import('./lazy.ts');\nconsole.log(word);\nawait import('./run-command.ts');\n",
    );
    const joined = [
      'cli/commands/explain.ts',
      'main/explain-world.ts',
      'diagnosis/exchange/read-reply.ts',
      'diagnosis/report/terminal.ts',
      'diagnosis/report/json.ts',
    ];
    for (const file of joined) await write(`src/${file}`, `export const file = '${file}';\n`);
    await write(
      'src/main/run-command.ts',
      `export const all = [${joined.map((file) => `() => import('../${file}')`).join(', ')}];\n`,
    );
    await write('src/main/library.ts', 'export const one = 1;\n');
    await write('src/main/sandbox-library.ts', 'export const two = 2;\n');
    await write('src/client/index.ts', 'export const three = 3;\n');
    await write('src/main/diagnosis-library.ts', 'export const four = 4;\n');
    await write('src/main/explanations/explain-worker.ts', 'export const five = 5;\n');
    // The dump of a new database is there already: making one takes seconds, and is not what this is about.
    const dump = 'database-0.tar.gz';
    await write('src/store/migrations.generated.json', JSON.stringify({ dump, migrations: [] }));
    await write(`dist/${dump}`, '');
    await lazy('old');
  });

  it('leaves a running donna the chunks that it has not loaded yet', async () => {
    await build();
    const chunk = (await dist()).find((name) => /^lazy-\w+\.js$/.test(name));
    await lazy('new');
    await build();
    expect(await dist()).toContain(chunk);
    expect((await start()).output).toBe('new\n');
  });

  it('clears such chunks away when no call can run any more that needs them', async () => {
    await build();
    const chunk = (await dist()).find((name) => /^lazy-\w+\.js$/.test(name)) ?? '';
    await lazy('new');
    await build();
    const longAgo = new Date(Date.now() - 30 * 3600_000);
    await utimes(path.join(root, 'dist', chunk), longAgo, longAgo);
    await build();
    expect(await dist()).not.toContain(chunk);
  });

  it('leaves a whole dist/ behind when two build at once', async () => {
    const done = await Promise.all([build(), build()]);
    expect(done).toEqual([
      { output: '', exit: 0 },
      { output: '', exit: 0 },
    ]);
    expect((await start()).output).toBe('old\n');
    expect((await dist()).filter((name) => name.endsWith('.new'))).toEqual([]);
  });
});

describe('./donna', () => {
  it.each([
    'src/table.json',
    'src/main/bin.ts',
    'scripts/build.mjs',
    'scripts/join-chunks.mjs',
    'package.json',
    'package-lock.json',
  ])('builds again when %s is newer than its last build', async (file) => {
    await cp(path.join(repository, 'donna'), path.join(root, 'donna'));
    await write('scripts/prepare.mjs', "console.log('prepared');\n");
    for (const name of ['src/main/bin.ts', 'package.json', 'package-lock.json']) await write(name, '{}');
    await write(file, '{}');
    await write('dist/donna.js', '');
    await write('dist/.stamp', '');
    const later = new Date(Date.now() + 60_000);
    await utimes(path.join(root, 'dist', '.stamp'), later, later);
    expect((await run('./donna')).output).toBe('');
    const latest = new Date(Date.now() + 120_000);
    await utimes(path.join(root, file), latest, latest);
    expect((await run('./donna')).output).toBe('prepared\n');
  });

  it('starts a package, which has no sources, without a word of its own', async () => {
    await cp(path.join(repository, 'donna'), path.join(root, 'donna'));
    await write('package.json', '{}');
    await write('dist/donna.js', "console.log('started');\n");
    expect(await run('./donna')).toEqual({ output: 'started\n', exit: 0 });
  });
});
