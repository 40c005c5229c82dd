import { spawn } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AttemptEntry } from '../calls/ports.ts';
import { createAttemptJournal } from './attempt-journal.ts';

const at = '2026-01-05T15:00:00.000Z';
const entry = (attempt: string): AttemptEntry => ({
  kind: 'unknown',
  attempt,
  at,
  why: 'the reply was lost',
});
let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'donna-journal-'));
  file = path.join(directory, 'data', 'attempts.ndjson');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('createAttemptJournal', () => {
  it('is empty before its first line, and makes its directory', async () => {
    const journal = createAttemptJournal(file);
    expect(await journal.read()).toEqual([]);
    await journal.append(entry('att_1'));
    expect(await journal.read()).toEqual([entry('att_1')]);
  });

  it('is readable by its owner alone, since it holds phone numbers', async () => {
    await createAttemptJournal(file).append(entry('att_1'));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
  });

  it('keeps a line on one line whatever the text holds', async () => {
    const journal = createAttemptJournal(file);
    const odd: AttemptEntry = { kind: 'unknown', attempt: 'att_1', at, why: 'a\nb\u2028c "d" ü' };
    await journal.append(odd);
    await journal.append(entry('att_2'));
    expect(await journal.read()).toEqual([odd, entry('att_2')]);
  });

  it('closes a line that a crash tore, passes over it, and keeps what comes after', async () => {
    const journal = createAttemptJournal(file);
    await journal.append(entry('att_1'));
    await appendFile(file, '{"kind":"dialing","attempt":"att_torn"');
    expect(await journal.read()).toEqual([entry('att_1')]);
    await journal.append(entry('att_2'));
    expect(await journal.read()).toEqual([entry('att_1'), entry('att_2')]);
    expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(5);
  });

  it.each(['[]', 'null', '{"kind":"new"}', 'garbage', '\xff'])(
    'refuses a journal with the line %s: it may have been a call that is still open',
    async (line) => {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(
        file,
        `${JSON.stringify(entry('att_1'))}\n${line}\n${JSON.stringify(entry('att_2'))}\n`,
      );
      await expect(createAttemptJournal(file).read()).rejects.toMatchObject({
        code: 'storage',
        message: expect.stringContaining(`${file}, line 2`),
        hint: expect.stringContaining('Nothing is dialled'),
      });
    },
  );

  it('names the file, and that nothing is dialled, when it cannot be used', async () => {
    await writeFile(path.join(directory, 'data'), 'a file where the directory should be');
    const journal = createAttemptJournal(file);
    for (const use of [() => journal.read(), () => journal.append(entry('att_1'))]) {
      await expect(use()).rejects.toMatchObject({
        code: 'storage',
        message: expect.stringContaining(file),
        hint: expect.stringContaining('Nothing is dialled'),
      });
    }
  });

  it('keeps every line whole that two processes append at the same time', async () => {
    const program = path.join(directory, 'appender.mjs');
    await build({
      stdin: {
        contents: `import { createAttemptJournal } from ${JSON.stringify(path.resolve('src/store/attempt-journal.ts'))};
          const [file, name] = process.argv.slice(2);
          const journal = createAttemptJournal(file);
          for (let i = 0; i < 40; i++) {
            await journal.append({ kind: 'unknown', attempt: name + i, at: ${JSON.stringify(at)}, why: 'x'.repeat(5000) });
          }`,
        resolveDir: process.cwd(),
      },
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
    const run = (name: string) =>
      new Promise<number | null>((resolve) =>
        spawn(process.execPath, [program, file, name], { stdio: 'inherit' }).on('exit', resolve),
      );
    expect(await Promise.all([run('a'), run('b')])).toEqual([0, 0]);
    const attempts = (await createAttemptJournal(file).read()).map(({ attempt }) => attempt);
    expect(attempts).toHaveLength(80);
    // Each process's own lines stay in their order.
    expect(attempts.filter((name) => name.startsWith('a'))).toEqual(
      Array.from({ length: 40 }, (_, index) => `a${index}`),
    );
  });
});
