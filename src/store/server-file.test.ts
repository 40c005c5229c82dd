import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { devNull, hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { realClock } from '../kernel/clock.ts';
import { readServerFile, takeServerFile } from './server-file.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'donna-server-file-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const file = () => path.join(directory, 'server.json');
const token = (letter: string) => letter.repeat(40);
const take = (letter: string, answers = false) =>
  takeServerFile(
    directory,
    { token: token(letter), pid: process.pid },
    { clock: realClock, answers: async () => answers },
  );

async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

it('is read with the address once the server listens, by nobody else on the machine', async () => {
  const held = await take('a');
  expect(await readServerFile(directory)).toMatchObject({ url: '', token: token('a'), pid: process.pid });
  await held.listening('http://127.0.0.1:4000');
  expect(await readServerFile(directory)).toMatchObject({ url: 'http://127.0.0.1:4000' });
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  await held.release();
  expect(await readServerFile(directory)).toBeUndefined();
});

it('says of a directory that cannot be made or written which it is, and what to do', async () => {
  const below = path.join(devNull, 'data');
  await expect(
    takeServerFile(
      below,
      { token: token('a'), pid: process.pid },
      { clock: realClock, answers: async () => false },
    ),
  ).rejects.toMatchObject({
    code: 'storage',
    message: expect.stringContaining(`${below} cannot be made (ENOTDIR)`),
    hint: expect.stringContaining('DONNA_DATA_DIR'),
  });
});

it('belongs to one server at a time, also when two start at once', async () => {
  const both = await Promise.allSettled([take('a'), take('b')]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const [refused] = both.filter((one) => one.status === 'rejected');
  expect(refused?.reason).toMatchObject({
    code: 'storage',
    message: expect.stringMatching(/has this data directory already/),
  });
  for (const one of both) if (one.status === 'fulfilled') await one.value.release();
});

it('is free at once when its process has ended, as after kill -9', async () => {
  const dead = { url: 'http://127.0.0.1:1', pid: await endedPid(), host: hostname(), token: token('d') };
  await writeFile(file(), JSON.stringify(dead));
  const held = await take('a');
  expect(await readServerFile(directory)).toMatchObject({ token: token('a') });
  await held.release();
});

it('of another machine, or of a number that another process has now, is free when nothing answers and nobody touched it', async () => {
  const written = { url: 'http://127.0.0.1:1', pid: process.pid, host: 'elsewhere', token: token('d') };
  await writeFile(file(), JSON.stringify(written));
  await expect(take('a')).rejects.toThrow(/has this data directory/);
  const long = new Date(Date.now() - 60_000);
  await utimes(file(), long, long);
  await expect(take('a', true)).rejects.toThrow(/has this data directory/);
  await (await take('a')).release();
  await writeFile(file(), JSON.stringify({ ...written, host: hostname() }));
  await utimes(file(), long, long);
  await (await take('a')).release();
});

it('stays with a process that lives, however long it has been silent', async () => {
  const held = await take('a');
  const long = new Date(Date.now() - 60_000);
  await utimes(file(), long, long);
  await expect(take('b')).rejects.toThrow(/has this data directory/);
  await held.release();
});

it('that is no server file is passed over', async () => {
  await writeFile(file(), '{"url":');
  await (await take('a')).release();
  await writeFile(file(), '{"pid":1}');
  const held = await take('b');
  expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ token: token('b') });
  await held.release();
});

it('is left alone at release when it is somebody else’s by then', async () => {
  const held = await take('a');
  const other = { url: '', pid: process.pid, host: hostname(), token: token('z') };
  await writeFile(file(), JSON.stringify(other));
  await held.release();
  expect(await readServerFile(directory)).toMatchObject({ token: token('z') });
});
