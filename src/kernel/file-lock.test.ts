import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileLock } from './file-lock.ts';
import { realRandomBytes } from './ids.ts';
import { createVirtualClock } from './virtual-clock.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The mark of a process that has ended. */
const endedMark = () => `${spawnSync(process.execPath, ['-e', '']).pid} ${hostname()} 00`;
const livingMark = `${process.pid} ${hostname()} 00`;

describe('a file lock', () => {
  it('lets one task run at a time, and leaves nothing behind', async () => {
    let running = 0;
    let most = 0;
    const task = async () => {
      most = Math.max(most, ++running);
      await readdir(folder);
      running--;
    };
    await Promise.all(Array.from({ length: 20 }, () => createFileLock(path)(task)));
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('names its process while it is held, and goes when the task throws', async () => {
    const held = createFileLock(path)(async () => {
      throw new Error(await readFile(path, 'utf8'));
    });
    await expect(held).rejects.toThrow(new RegExp(`^${process.pid} `));
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken over once from a process that has ended, however many wait', async () => {
    await writeFile(path, endedMark());
    let running = 0;
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 10 }, () =>
        createFileLock(path)(async () => {
          order.push(++running);
          await readdir(folder);
          running--;
        }),
      ),
    );
    expect(order).toEqual(Array.from({ length: 10 }, () => 1));
  });

  it('is taken over when a process died while it took over', async () => {
    await writeFile(path, endedMark());
    await writeFile(`${path}.break`, endedMark());
    expect(await createFileLock(path)(async () => 'done')).toBe('done');
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['of a living process', livingMark],
    ['of another host', '1 elsewhere.invalid 00'],
    ['without a mark', ''],
  ])('is taken over when it is old: one %s', async (_, mark) => {
    await writeFile(path, mark);
    const minuteAgo = new Date(Date.now() - 60_000);
    await utimes(path, minuteAgo, minuteAgo);
    expect(await createFileLock(path)(async () => 'done')).toBe('done');
  });

  it('gives up after twenty seconds on a lock that others keep renewing', async () => {
    const clock = createVirtualClock();
    const lock = createFileLock(path, { clock, randomBytes: realRandomBytes });
    await writeFile(path, livingMark);
    // Far ahead of the clock, so that it never grows old.
    const ahead = new Date(clock.now() + 1e10);
    await utimes(path, ahead, ahead);
    let ended = false;
    const waiting = lock(async () => 'never').finally(() => {
      ended = true;
    });
    const refused = expect(waiting).rejects.toMatchObject({
      code: 'storage',
      hint: expect.stringContaining('again'),
    });
    while (!ended) await clock.advance(1_000);
    await refused;
    expect(await readFile(path, 'utf8')).toBe(livingMark);
  });

  it('tells a task that lost it, and leaves the new holder alone', async () => {
    const lost = createFileLock(path)(async (assertHeld) => {
      await writeFile(path, livingMark);
      await assertHeld();
    });
    await expect(lost).rejects.toMatchObject({ code: 'storage' });
    expect(await readFile(path, 'utf8')).toBe(livingMark);
  });

  it('fails as storage where no file can be made', async () => {
    const nowhere = createFileLock(join(folder, 'missing', 'lock'))(async () => 'never');
    await expect(nowhere).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringContaining('(ENOENT)'),
      hint: expect.stringContaining('DONNA_DATA_DIR'),
    });
  });
});
