import { chmod, lstat, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createEnvFile } from './env-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'donna-env-'));
});

describe('a .env file', () => {
  it('is made for its owner alone', async () => {
    const file = createEnvFile(path.join(folder, '.env'));
    expect(await file.read()).toEqual({});
    await file.set({ A: '1', B: 'two words' });
    expect(await readFile(file.path, 'utf8')).toBe("A=1\nB='two words'\n");
    expect((await stat(file.path)).mode & 0o777).toBe(0o600);
  });

  it('keeps its other lines and loses the rights of others', async () => {
    const file = createEnvFile(path.join(folder, '.env'));
    await writeFile(file.path, '# mine\nA=old\nOTHER=kept\n');
    await chmod(file.path, 0o644);
    await file.set({ A: 'new' });
    expect(await readFile(file.path, 'utf8')).toBe('# mine\nA=new\nOTHER=kept\n');
    expect((await stat(file.path)).mode & 0o777).toBe(0o600);
  });

  it('is proved to be writable without a trace', async () => {
    const file = createEnvFile(path.join(folder, '.env'));
    await file.assertWritable();
    expect(await readdir(folder)).toEqual([]);
    await writeFile(file.path, 'A=1\n', { mode: 0o644 });
    await file.assertWritable();
    expect(await readFile(file.path, 'utf8')).toBe('A=1\n');
    expect((await stat(file.path)).mode & 0o777).toBe(0o644);
    expect(await readdir(folder)).toEqual(['.env']);
  });

  it('stays a link when it is one', async () => {
    const target = path.join(folder, 'shared.env');
    await writeFile(target, 'A=old\n');
    const file = createEnvFile(path.join(folder, '.env'));
    await symlink(target, file.path);
    await file.set({ A: 'new' });
    expect((await lstat(file.path)).isSymbolicLink()).toBe(true);
    expect(await readFile(target, 'utf8')).toBe('A=new\n');
  });

  it('that cannot be written is an error of storage', async () => {
    const file = createEnvFile(path.join(folder, 'missing', '.env'));
    await expect(file.set({ A: '1' })).rejects.toMatchObject({ code: 'storage' });
    await expect(file.assertWritable()).rejects.toMatchObject({ code: 'storage' });
  });
});
