import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { untar } from './untar.ts';

/**
 * Puts what is in a tar archive of a database at `directory`, whole or not at all however the process ends: written beside it, then renamed.
 * The files are not synced one by one: PostgreSQL does that itself before it starts on a database that was not shut down, as one in a
 * dump was not. `directory` must not exist, or be empty.
 *
 * @throws NodeJS.ErrnoException (disk full, not writable, not empty), or Error when the archive is damaged.
 */
export function putDirectory(archive: Uint8Array, directory: string): void {
  const beside = `${directory}.new`;
  // Left by one that was killed: the data directory has one process.
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true, mode: 0o700 });
  try {
    for (const { name, kind, content } of untar(archive)) {
      const target = path.join(beside, name);
      if (!`${target}${path.sep}`.startsWith(`${beside}${path.sep}`))
        throw new Error(`the archive has an entry outside of it: ${name}`);
      if (kind === 'file') writeFileSync(target, content, { flag: 'wx', mode: 0o600 });
      else mkdirSync(target, { recursive: true, mode: 0o700 });
    }
    renameSync(beside, directory);
    syncFolder(path.dirname(directory));
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw error;
  }
}

/** A new name is on the disk only when its folder is. */
function syncFolder(folder: string): void {
  // Windows has no sync for folders, and needs none for their names.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
