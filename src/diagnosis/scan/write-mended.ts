import { randomUUID } from 'node:crypto';
import { chmod, lstat, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { MendedFile } from './mended-files.ts';
import type { ScanReport } from './scan-report.ts';

/**
 * Writes one file, whole or not at all, and only if it is still what was read; says whether it did. The file keeps its rights, and a link
 * that was named stays one. Nothing is written outside the folder, also where a link has come into it meanwhile. Throws what the file
 * system throws.
 */
export async function writeMended({ folder }: ScanReport, mended: MendedFile): Promise<boolean> {
  const file = await fileIn(folder, mended.file);
  const found = file === undefined ? undefined : await lstat(file);
  if (file === undefined || !found?.isFile()) return false;
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    await writeFile(beside, mended.after, { mode: 0o600, flag: 'wx' });
    // Not given at its making, where the mask of the process would take some of it away.
    await chmod(beside, found.mode & 0o7777);
    // By its bytes: text that is no UTF-8 reads the same as another.
    if (!(await readFile(file)).equals(Buffer.from(mended.before))) return false;
    await rename(beside, file);
    return true;
  } finally {
    await rm(beside, { force: true });
  }
}

/** What was scanned may have been one file. `undefined`: the way to it leads elsewhere by now. */
async function fileIn(folder: string, name: string): Promise<string | undefined> {
  const real = await realpath(folder);
  if (!(await stat(real)).isDirectory()) return real;
  const file = path.join(real, name);
  return (await realpath(file)) === file ? file : undefined;
}
