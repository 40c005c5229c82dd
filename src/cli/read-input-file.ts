import { open } from 'node:fs/promises';
import { AppError } from '../kernel/errors.ts';

const MEGABYTE = 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
  ENOTDIR: 'there is no such file',
  ENAMETOOLONG: 'there is no such file',
};

/** A file that an option names, or stdin where it is `-`. Throws `bad-input` naming the option, the file and what is wrong with it. */
export async function readInputFile(option: string, file: string, maxBytes: number): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = file === '-' ? await readStdin(maxBytes + 1) : await readAtMost(file, maxBytes + 1);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw refusal(option, file, reasons[code] ?? code, 'Give the path of a file.', error);
  }
  if (bytes.byteLength <= maxBytes) return bytes;
  throw refusal(option, file, 'the file is too long', `At most ${maxBytes / MEGABYTE} MB.`);
}

/** The same as text, without a byte order mark; it has to be UTF-8. */
export async function readTextInput(option: string, file: string, maxBytes: number): Promise<string> {
  const bytes = await readInputFile(option, file, maxBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refusal(option, file, 'the file is not UTF-8', 'Save it as UTF-8.');
  }
}

function refusal(option: string, file: string, why: string, hint: string, cause?: unknown): AppError {
  const name = file === '-' ? 'stdin' : file;
  return new AppError('bad-input', `${[option, name].filter(Boolean).join(' ')}: ${why}.`, { hint, cause });
}

/** A pipe or a device tells no size, and may never end. */
async function readAtMost(file: string, most: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    // One byte more than the file has, so that the first read sees its end.
    const step = Math.min(Math.max(size + 1, 64 * 1024), most);
    const chunks: Buffer[] = [];
    for (let total = 0; total < most; ) {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(step), 0, step, null);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      total += bytesRead;
      if (size > 0 && total === size) break;
    }
    return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}

async function readStdin(most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    total += (chunk as Buffer).byteLength;
    if (total >= most) break;
  }
  return Buffer.concat(chunks);
}
