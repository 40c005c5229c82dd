import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { MendedFile } from './mended-files.ts';
import type { ScanReport } from './scan-report.ts';

/**
 * Writes one file, whole or not at all, and only if it is still what was read; says whether it did. The file keeps its rights. Throws
 * what the file system throws.
 */
export async function writeMended({ folder }: ScanReport, mended: MendedFile): Promise<boolean> {
  const file = await fileIn(folder, mended.file);
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    await writeFile(beside, mended.after, { mode: (await stat(file)).mode, flag: 'wx' });
    if ((await readFile(file, 'utf8')) !== mended.before) return false;
    await rename(beside, file);
    return true;
  } finally {
    await rm(beside, { force: true });
  }
}

/** What was scanned may have been one file. */
async function fileIn(folder: string, name: string): Promise<string> {
  return (await stat(folder)).isDirectory() ? path.join(folder, name) : folder;
}
