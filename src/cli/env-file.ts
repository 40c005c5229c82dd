import { open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { AppError } from '../kernel/errors.ts';
import { setInEnvText } from './env-text.ts';

/** A `.env` file that keys are read from and written to. */
export interface EnvFile {
  readonly path: string;
  /** What the file says; nothing when there is none. Throws `storage` when it cannot be read. */
  read(): Promise<Readonly<Record<string, string>>>;
  /** Proves that `set` can write, and leaves no trace. Throws `storage` when it cannot. */
  assertWritable(): Promise<void>;
  /** Sets these names and leaves the rest as it stands; the file is its owner's alone (0600) afterwards. */
  set(values: Readonly<Record<string, string>>): Promise<void>;
}

export function createEnvFile(path: string): EnvFile {
  const text = async () => {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw unusable('read', path, error);
    }
  };
  return {
    path,
    read: async () => parseEnv(await text()) as Record<string, string>,
    async assertWritable() {
      const { beside } = await writeBeside(path, `${await text()}${' '.repeat(ROOM)}`);
      await rm(beside, { force: true });
    },
    async set(values) {
      const changed = Object.entries(values).reduce(
        (before, [name, value]) => setInEnvText(before, name, value),
        await text(),
      );
      await replace(path, changed);
    },
  };
}

/** Characters that a disk must have left, besides what the file has. */
const ROOM = 1024;

/** Renames, so that a full disk cannot cost the keys that were there. */
async function replace(path: string, text: string): Promise<void> {
  const { beside, target } = await writeBeside(path, text);
  try {
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw unusable('written', path, error);
  }
}

async function writeBeside(path: string, text: string): Promise<{ beside: string; target: string }> {
  // A link stays a link: what it points to is replaced.
  const target = await realpath(path).catch(() => path);
  const beside = `${target}.${process.pid}.new`;
  try {
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    return { beside, target };
  } catch (error) {
    await rm(beside, { force: true });
    throw unusable('written', path, error);
  }
}

function unusable(verb: 'read' | 'written', path: string, cause: unknown): AppError {
  const { code } = cause as NodeJS.ErrnoException;
  return new AppError('storage', `${path} cannot be ${verb} (${code ?? String(cause)}).`, {
    hint: 'Make the file and its folder writable for you.',
    cause,
  });
}
