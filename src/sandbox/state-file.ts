import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../kernel/errors.ts';
import { createFileLock, type LockParts } from '../kernel/file-lock.ts';
import { makeDirectory } from '../kernel/make-directory.ts';
import type { SandboxState } from './state.ts';
import { readStateDocument } from './state-document.ts';

/** Where a sandbox keeps its state between two processes. */
export interface StateStore {
  load(): Promise<SandboxState | undefined>;
  /** Saves what `edit` makes of the saved state and gives it back; no other process saves in between. */
  change(edit: (saved: SandboxState | undefined) => SandboxState): Promise<SandboxState>;
}

/**
 * The state as a JSON file that only its owner may read. A save writes beside it and renames, so that a reader
 * sees the old state or the new one, never half of one; a lock beside it lets one process save at a time. Throws
 * AppError `storage`, or `bad-input` for a file that is not a sandbox state.
 */
export function createStateFile(path: string, lockParts?: LockParts): StateStore {
  const locked = createFileLock(`${path}.lock`, lockParts);
  // Most readings find the file as it was left: its inode, time and size tell.
  let known: { readonly mark: string; readonly state: SandboxState } | undefined;
  const load = async () => {
    const found = await stat(path, { bigint: true }).catch(() => undefined);
    const mark = found ? `${found.ino} ${found.mtimeNs} ${found.size}` : '';
    if (known && known.mark === mark) return known.state;
    const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return undefined;
      throw failure('read', path, cause);
    });
    if (text === undefined) return undefined;
    const state = readStateDocument(parse(text, path));
    known = { mark, state };
    return state;
  };
  return {
    load,
    async change(edit) {
      await makeDirectory(dirname(path)).catch((cause) => {
        throw failure('write', path, cause);
      });
      return locked(async (assertHeld) => {
        const next = edit(await load());
        await replaceFile(path, `${JSON.stringify(next)}\n`, assertHeld);
        return next;
      });
    },
  };
}

async function replaceFile(path: string, text: string, assertHeld: () => Promise<void>): Promise<void> {
  const beside = `${path}.${process.pid}.new`;
  try {
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await assertHeld();
    await rename(beside, path);
  } catch (cause) {
    // Whether that works or not, the first error is the one to tell.
    await rm(beside, { force: true }).catch(() => undefined);
    throw cause instanceof AppError ? cause : failure('write', path, cause);
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('bad-input', `The sandbox state in ${path} is not JSON.`, {
      cause,
      hint: 'Remove the file to start from the demo account again.',
    });
  }
}

function failure(verb: string, path: string, cause: unknown): AppError {
  const { code } = cause as NodeJS.ErrnoException;
  return new AppError(
    'storage',
    `Could not ${verb} the sandbox state in ${path}${code ? ` (${code})` : ''}.`,
    {
      cause,
      hint: 'Make the data directory readable and writable for you, or name another with DONNA_DATA_DIR.',
    },
  );
}
