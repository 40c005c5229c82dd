import { AppError } from '../kernel/errors.ts';
import { printable } from '../kernel/printable.ts';
import { readTextInput } from './read-input-file.ts';

/**
 * A file of JSON in UTF-8 that an option names, of at most `maxBytes`. Throws `bad-input` naming the option, the file and what is
 * wrong with it.
 */
export async function readJsonFile(option: string, file: string, maxBytes: number): Promise<unknown> {
  const text = await readTextInput(option, file, maxBytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = printable((error as Error).message, 200);
    throw new AppError('bad-input', `${option} ${file}: not JSON: ${why}.`, {
      hint: 'The file holds one JSON object.',
      cause: error,
    });
  }
}
