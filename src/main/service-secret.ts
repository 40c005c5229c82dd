import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../kernel/errors.ts';
import { type RandomBytes, realRandomBytes } from '../kernel/ids.ts';
import { makeDirectory } from '../kernel/make-directory.ts';
import type { Settings } from './config.ts';

/**
 * The key of the hashes of numbers: the setting, else one that is made once into the data directory. Nodes that share a database must share it,
 * or none would recognise the numbers that another one suppressed. Throws `bad-config` where it is missing then.
 */
export async function serviceSecret(
  settings: Pick<Settings, 'DONNA_SECRET' | 'DATABASE_URL' | 'DONNA_DATA_DIR'>,
  randomBytes: RandomBytes = realRandomBytes,
): Promise<string> {
  if (settings.DONNA_SECRET) return settings.DONNA_SECRET;
  if (settings.DATABASE_URL) {
    const suggestion = Buffer.from(randomBytes(32)).toString('base64url');
    throw new AppError('bad-config', 'DATABASE_URL is set and DONNA_SECRET is not.', {
      hint: `Give every node of this database the same secret, such as DONNA_SECRET=${suggestion} (made for you now), and keep it: the hashes of numbers hang on it.`,
    });
  }
  const file = path.join(settings.DONNA_DATA_DIR, 'secret');
  try {
    await makeDirectory(settings.DONNA_DATA_DIR);
    // Created exclusively: of two that start at once, the second reads what the first wrote.
    const created = await open(file, 'wx', 0o600);
    try {
      const secret = Buffer.from(randomBytes(32)).toString('base64url');
      await created.writeFile(`${secret}\n`);
      await created.sync();
      return secret;
    } finally {
      await created.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new AppError('storage', `The secret cannot be written: ${(error as Error).message}.`, {
        hint: `The file is ${file}; give DONNA_DATA_DIR a directory that can be written.`,
        cause: error,
      });
    }
  }
  const kept = (await readFile(file, 'utf8')).trim();
  if (kept.length >= 16) return kept;
  throw new AppError('storage', `${file} holds no secret: it was cut short.`, {
    hint: 'Restore it from a backup, since suppressions are found by it; or delete it, and they will not be found any more.',
  });
}
