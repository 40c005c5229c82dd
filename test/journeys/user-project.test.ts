import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../fixtures/built.ts';

const root = path.resolve(import.meta.dirname, '../..');
const programs = path.join(root, 'test', 'fixtures', 'user-project');
const programsOfNode = ['program.ts', 'place-call.ts', 'guide.ts', 'client.ts'];
const node = { module: 'nodenext', moduleResolution: 'nodenext', types: ['node'] };

/** The package with its dependencies, in a project that has none of Donna's sources. */
describe('a project that uses the package', () => {
  let project: string;

  beforeAll(async () => {
    ensureBuilt();
    project = await mkdtemp(path.join(os.tmpdir(), 'donna-user-'));
    await install(project);
    await writeFile(path.join(project, 'package.json'), JSON.stringify({ type: 'module' }));
    await writeFile(path.join(project, 'openapi.yaml'), await readFile(path.join(programs, 'openapi.yaml')));
    for (const file of ['program.ts', 'browser-program.ts']) {
      await cp(path.join(programs, file), path.join(project, file));
    }
    await cp(path.join(root, 'examples', 'place-call.ts'), path.join(project, 'place-call.ts'));
    await writeFile(path.join(project, 'guide.ts'), await exampleOf('explain.md', 'donna/diagnosis'));
    await writeFile(path.join(project, 'client.ts'), await exampleOf('service.md', 'donna/client'));
  }, 60_000);
  afterAll(() => rm(project, { recursive: true, force: true }));

  it.each([
    ['nodenext', programsOfNode, node],
    ['bundler', programsOfNode, { ...node, module: 'esnext', moduleResolution: 'bundler' }],
    [
      'bundler, for browsers',
      ['browser-program.ts'],
      { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'], types: [] },
    ],
  ])('type-checks with every declaration looked into: %s', { timeout: 60_000 }, async (_, files, options) => {
    const strict = { target: 'es2022', strict: true, skipLibCheck: false, noEmit: true };
    const config = { compilerOptions: { ...strict, ...options }, files };
    await writeFile(path.join(project, 'tsconfig.json'), JSON.stringify(config));
    const { exit, printed } = await run(project, [compiler, '-p', project, '--listFiles']);
    const ours = printed.split('\n').filter((file) => file.includes('/node_modules/donna/'));
    expect(exit, printed).toBe(0);
    expect(ours.length).toBeGreaterThan(10);
    expect(ours.filter((file) => !file.endsWith('.d.ts'))).toEqual([]);
  });

  it('runs against dist/', async () => {
    const { exit, printed } = await runTypescript(project, 'program.ts', [path.join(project, 'data')]);
    expect({ exit, facts: JSON.parse(printed) }).toEqual({
      exit: 0,
      facts: {
        outcome: 'busy',
        rings: 1,
        refused: 'bad-input',
        unreachable: 'unreachable',
        meant: '/v1/crossings/{id}',
        page: true,
        sarif: true,
      },
    });
  });

  it('runs the example of docs/guide/explain.md as it stands', async () => {
    const { exit, printed } = await runTypescript(project, 'guide.ts', []);
    expect(printed).toContain("curl -X POST 'https://ferry.example/v1/crossings'");
    expect(exit).toBe(0);
  });
});

/** The example of a page of docs/guide/ that imports an entry of the package. */
async function exampleOf(page: string, entry: string): Promise<string> {
  const text = await readFile(path.join(root, 'docs', 'guide', page), 'utf8');
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  return blocks.find((block) => block.includes(`from '${entry}'`)) ?? `${page} has no example of ${entry}`;
}

const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** In node_modules of the project: what package.json names of the build, fresh declarations, and links to the dependencies. */
async function install(project: string): Promise<void> {
  const modules = path.join(project, 'node_modules');
  const home = path.join(modules, 'donna');
  await mkdir(path.join(home, 'dist'), { recursive: true });
  const manifest = await readFile(path.join(root, 'package.json'), 'utf8');
  await writeFile(path.join(home, 'package.json'), manifest);
  // Chunks of earlier builds lie in dist/, too; the stamp names those of this one.
  const built = await readFile(path.join(root, 'dist', '.stamp'), 'utf8');
  for (const file of built.split('\n').filter((name) => name.endsWith('.js'))) {
    await cp(path.join(root, 'dist', file), path.join(home, 'dist', file));
  }
  const types = path.join(home, 'dist', 'types');
  const { exit, printed } = await run(root, ['scripts/build-types.mjs', '--out', types]);
  expect(exit, printed).toBe(0);
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  for (const name of [...Object.keys(dependencies), '@types/node']) {
    await mkdir(path.dirname(path.join(modules, name)), { recursive: true });
    await symlink(path.join(root, 'node_modules', name), path.join(modules, name));
  }
}

async function runTypescript(project: string, file: string, args: readonly string[]) {
  const { code } = await transform(await readFile(path.join(project, file), 'utf8'), { loader: 'ts' });
  const script = path.join(project, file.replace(/\.ts$/, '.js'));
  await writeFile(script, code);
  return run(project, [script, ...args]);
}

async function run(cwd: string, args: readonly string[]) {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, args, { cwd, env: { PATH, HOME: cwd } });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      printed += String(chunk);
    });
  }
  const exit = await new Promise((resolve) => child.once('close', resolve));
  return { exit, printed };
}
