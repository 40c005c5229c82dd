import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { createFileLock } from '../kernel/file-lock.ts';
import { makeDirectory } from '../kernel/make-directory.ts';

const serverFile = z.object({
  /** Empty until the server listens. */
  url: z.string(),
  pid: z.int().positive(),
  host: z.string(),
  /** When the process began, as the kernel counts it: a process that has the number of one that ended began at another time. */
  began: z.string().optional(),
  /** Lets a program of this user do everything; made anew at each start. */
  token: z.string().min(32),
});

/** The server that has a data directory: its address, and the lock on the embedded database. */
export type ServerFile = z.output<typeof serverFile>;

/** A server touches its file this often, and one that has not done so for longer than `STALE_MS` may be gone. */
export const HEARTBEAT_MS = 5_000;
const STALE_MS = 20_000;

const fileIn = (directory: string) => path.join(directory, 'server.json');

/** The server that has this data directory, if one does; whether it answers is for the caller to find out. */
export async function readServerFile(directory: string): Promise<ServerFile | undefined> {
  try {
    return serverFile.safeParse(JSON.parse(await readFile(fileIn(directory), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

export interface HeldServerFile {
  /** Tells others where it listens. */
  listening(url: string): Promise<void>;
  /** Resolves when another server has taken the directory in spite of this one, as after a long pause of the machine. */
  readonly lost: Promise<Error>;
  release(): Promise<void>;
}

/**
 * Takes a data directory for a server: two at once would destroy the embedded database. It is free when there is no file, when the
 * process that wrote it has ended, or when it neither answers (`answers`, to its token) nor has touched the file for 20 s, as after the end
 * of a container. Throws `storage` when it is somebody's.
 */
export async function takeServerFile(
  directory: string,
  own: { readonly token: string; readonly pid: number },
  world: { readonly clock: Clock; readonly answers: (server: ServerFile) => Promise<boolean> },
): Promise<HeldServerFile> {
  await makeDirectory(directory).catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('storage', `The data directory ${directory} cannot be made (${cause.code}).`, {
      hint: 'Make the directory above it writable for you, or name another with DONNA_DATA_DIR.',
      cause,
    });
  });
  const file = fileIn(directory);
  const lock = createFileLock(`${file}.lock`);
  const write = async (url: string) => {
    const beside = `${file}.${own.pid}.new`;
    await writeFile(
      beside,
      JSON.stringify({ ...own, url, host: hostname(), began: await beganAt(own.pid) }),
      { mode: 0o600 },
    );
    await rename(beside, file);
  };
  const isOurs = async () => (await readServerFile(directory))?.token === own.token;

  await lock(async () => {
    const other = await readServerFile(directory);
    if (other && (await isTaken(other))) throw taken(other);
    await write('');
  });
  let tellLost: (error: Error) => void = () => {};
  const lost = new Promise<Error>((resolve) => {
    tellLost = resolve;
  });
  let released = false;
  const beat = async () => {
    const now = new Date(world.clock.now());
    const holder = await readServerFile(directory);
    if (holder && holder.token !== own.token) return tellLost(taken(holder));
    await utimes(file, now, now).catch(() => {});
    if (!released) stopBeat = world.clock.schedule(HEARTBEAT_MS, beat);
  };
  let stopBeat = world.clock.schedule(HEARTBEAT_MS, beat);

  return {
    listening: (url) => write(url),
    lost,
    async release() {
      released = true;
      stopBeat();
      await lock(async () => {
        if (await isOurs()) await rm(file, { force: true });
      });
    },
  };

  async function isTaken(other: ServerFile): Promise<boolean> {
    if (other.host === hostname()) {
      if (!isAlive(other.pid)) return false;
      // A server that hangs, or was paused, has its database open all the same.
      if (other.began !== undefined && other.began === (await beganAt(other.pid))) return true;
    }
    return (await ageMs()) < STALE_MS || (other.url !== '' && (await world.answers(other)));
  }

  async function ageMs(): Promise<number> {
    return world.clock.now() - (await stat(file)).mtimeMs;
  }

  function taken({ url, pid }: ServerFile): AppError {
    return new AppError(
      'storage',
      `A Donna server has this data directory already (process ${pid}${url ? `, ${url}` : ', just starting'}).`,
      { hint: 'Use that one, stop it first, or give DONNA_DATA_DIR another directory.' },
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Where the system tells it (Linux: proc(5), field 22 of stat, which follows a name in brackets). */
async function beganAt(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
