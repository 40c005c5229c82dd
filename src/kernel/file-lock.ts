import { open, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { type Clock, realClock, sleep } from './clock.ts';
import { AppError } from './errors.ts';
import { type RandomBytes, realRandomBytes } from './ids.ts';

/**
 * Runs a task while no other process that takes the same lock runs one. `assertHeld` is for right before what
 * cannot be undone: a process that slept too long may have lost the lock. Throws AppError `storage` when the lock
 * cannot be had or was lost; what the task throws passes through.
 */
export type FileLock = <T>(task: (assertHeld: () => Promise<void>) => Promise<T>) => Promise<T>;

export interface LockParts {
  /** Wall time is compared with the file system's. */
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

// A holder reads, edits and writes one file: milliseconds. Older than this it hangs, or its pid went to another.
const STALE_MS = 5_000;
const MOST_WAIT_MS = 20_000;

/** A lock between processes: a file at `path` that only one of them can create, and that its holder removes. */
export function createFileLock(
  path: string,
  { clock, randomBytes }: LockParts = { clock: realClock, randomBytes: realRandomBytes },
): FileLock {
  const isStale = async (file: string) => {
    const [mark, facts] = await Promise.all([contents(file), stat(file).catch(() => undefined)]);
    if (mark === undefined || !facts) return false;
    return isAbandoned(mark) || clock.now() - facts.mtimeMs > STALE_MS;
  };

  // Two that find the same stale lock must not both remove it: the slower would remove the faster one's new lock.
  // So removing is itself locked, and judges again. A guard is stale only when its owner died in between.
  const removeStale = async (mark: string) => {
    const guard = `${path}.break`;
    if (!(await create(guard, mark))) {
      if (await isStale(guard)) await rm(guard, { force: true });
      return;
    }
    try {
      if (await isStale(path)) await rm(path, { force: true });
    } finally {
      await rm(guard, { force: true });
    }
  };

  const take = async (mark: string) => {
    const until = clock.monotonic() + MOST_WAIT_MS;
    while (!(await create(path, mark))) {
      if (await isStale(path)) await removeStale(mark);
      if (clock.monotonic() >= until) {
        throw new AppError('storage', `Other processes kept ${path} for ${MOST_WAIT_MS / 1000} seconds.`, {
          hint: 'Let the other commands on it end, then run this one again.',
        });
      }
      await sleep(clock, 2 + (randomBytes(1)[0] ?? 0) / 16);
    }
  };

  return async (task) => {
    const mark = `${process.pid} ${hostname()} ${Buffer.from(randomBytes(8)).toString('hex')}`;
    const isOurs = async () => (await contents(path)) === mark;
    await take(mark).catch((cause) => {
      if (cause instanceof AppError) throw cause;
      throw new AppError('storage', `Could not lock ${path} (${(cause as NodeJS.ErrnoException).code}).`, {
        hint: 'Make its directory writable for you, or name another with DONNA_DATA_DIR.',
        cause,
      });
    });
    try {
      return await task(async () => {
        if (!(await isOurs())) throw new AppError('storage', `The lock ${path} was lost to another process.`);
      });
    } finally {
      // A lock that cannot be removed goes stale; what the task gave or threw is what counts.
      if (await isOurs().catch(() => false)) await rm(path, { force: true }).catch(() => undefined);
    }
  };
}

async function create(path: string, mark: string): Promise<boolean> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return undefined;
    throw error;
  });
  if (!file) return false;
  try {
    await file.writeFile(mark);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return true;
}

async function contents(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** Whether the process that made the mark has ended. Of another host's, or a half-written mark, only age can tell. */
function isAbandoned(mark: string): boolean {
  const [pid, host, token] = mark.split(' ');
  if (host !== hostname() || !token || !/^[1-9]\d*$/.test(pid ?? '')) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
