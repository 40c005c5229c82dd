import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../kernel/errors.ts';

const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** A file of JSON that an option names. Throws `bad-input` naming the option, the file and what is wrong with it. */
export async function readJsonFile(option: string, file: string): Promise<unknown> {
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > MAX_FILE_BYTES)
      throw new AppError('bad-input', `${option} ${file}: ${size} bytes is too long.`);
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new AppError('bad-input', `${option} ${file}: it cannot be read (${code ?? String(error)}).`, {
      hint: 'Give the path of a JSON file.',
      cause: error,
    });
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new AppError('bad-input', `${option} ${file}: not JSON in UTF-8: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
