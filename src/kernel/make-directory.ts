import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a directory with those above it, for this user alone (mode 0700). Node's own recursive mkdir never returns where the kernel
 * answers ENOENT below a directory that exists, as in /proc.
 */
export async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    const above = path.dirname(directory);
    if (code !== 'ENOENT' || above === directory) throw error;
    await makeDirectory(above);
    await mkdir(directory, { mode: 0o700 }).catch((second: NodeJS.ErrnoException) => {
      if (second.code !== 'EEXIST') throw second;
    });
  }
}
