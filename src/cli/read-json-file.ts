import { open } from 'node:fs/promises';
import { AppError } from '../kernel/errors.ts';
import { printable } from '../kernel/printable.ts';

const MEGABYTE = 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
};

/**
 * A file of JSON in UTF-8 that an option names, of at most `maxBytes`. Throws `bad-input` naming the option, the file and what is
 * wrong with it.
 */
export async function readJsonFile(option: string, file: string, maxBytes: number): Promise<unknown> {
  const refuse = (why: string, hint: string, cause?: unknown) =>
    new AppError('bad-input', `${option} ${file}: ${why}.`, { hint, cause });
  let bytes: Buffer;
  try {
    bytes = await readAtMost(file, maxBytes + 1);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw refuse(reasons[code] ?? code, 'Give the path of a JSON file.', error);
  }
  if (bytes.byteLength > maxBytes) {
    throw refuse('the file is too long', `At most ${maxBytes / MEGABYTE} MB.`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse('the file is not UTF-8', 'Save it as UTF-8.');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(`not JSON: ${printable((error as Error).message, 200)}`, 'The file holds one JSON object.');
  }
}

/** A pipe or a device tells no size, and may never end. */
async function readAtMost(file: string, most: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let total = 0; total < most; ) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, null);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      total += bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}
