import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeDirectory } from './make-directory.ts';

it('makes what is missing, once or twice, for this user alone', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'donna-make-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const deep = path.join(folder, 'a', 'b', 'c');
  await makeDirectory(deep);
  await makeDirectory(deep);
  expect((await stat(deep)).mode & 0o777).toBe(0o700);
});

it('fails where nothing can be made, and does not wait for ever', async () => {
  await expect(makeDirectory(path.join(os.devNull, 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});
