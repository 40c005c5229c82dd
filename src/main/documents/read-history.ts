import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readInputFile } from '../../cli/read-input-file.ts';
import { createHistory, type DatedDocument, type DocumentHistory } from '../../diagnosis/spec/history.ts';
import { parseDocument } from '../../diagnosis/spec/parse-document.ts';
import { readApiDocument } from '../../diagnosis/spec/read-api-document.ts';
import { AppError } from '../../kernel/errors.ts';
import { printable } from '../../kernel/printable.ts';

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const dated = /^(\d{4}-\d\d-\d\d)\.(?:json|ya?ml)$/;

/** Together; all of them are in memory at once. */
const MAX_TOTAL_BYTES = 256 * 1024 * 1024;

/**
 * The dated documents of a folder: `2026-03-09.json` or `.yaml`. Other files are passed over, and documents that cannot be read are left
 * out, which `say` tells. Throws `bad-input` where none is left.
 */
export async function readHistory(folder: string, say: (line: string) => void): Promise<DocumentHistory> {
  const documents: DatedDocument[] = [];
  let total = 0;
  for (const { file, date } of await datedFiles(folder)) {
    const bytes = await readInputFile('--history', file, MAX_FILE_BYTES);
    total += bytes.byteLength;
    if (total > MAX_TOTAL_BYTES) {
      throw refusal(
        folder,
        `the documents have more than ${MAX_TOTAL_BYTES / 1024 / 1024} MB`,
        'Keep fewer of them.',
      );
    }
    try {
      const root = await parseDocument(bytes, file);
      documents.push({ date, document: readApiDocument(root, { kind: 'file', name: file, date }) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      say(`Left out of the history: ${error.message}`);
    }
  }
  if (documents.length === 0) {
    throw refusal(
      folder,
      'there is no dated document in it',
      'Name them by their days: 2026-03-09.json or .yaml',
    );
  }
  return createHistory(documents);
}

async function datedFiles(folder: string): Promise<{ file: string; date: string }[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT' ? 'there is no such folder' : code === 'ENOTDIR' ? 'it is no folder' : String(code);
    throw refusal(folder, why, 'Give a folder of dated documents.');
  }
  return names.sort().flatMap((name) => {
    const date = dated.exec(name)?.[1];
    return date === undefined ? [] : [{ file: path.join(folder, name), date }];
  });
}

function refusal(folder: string, why: string, hint: string): AppError {
  return new AppError('bad-input', `--history ${printable(folder, 200)}: ${why}.`, { hint });
}
