import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Explanation } from '../explanation.ts';
import type { ApiDocument } from '../spec/api-document.ts';
import { createConcern } from './concern.ts';
import type { Judge } from './judge-call.ts';
import { listFiles } from './list-files.ts';
import { mayCall, openSourceReader, type SourceReader } from './read-source.ts';
import { type Mending, scanFile } from './scan-file.ts';
import type { ScannedCall, ScanReport, UnreadPlace } from './scan-report.ts';

/** Bytes. A source file that someone writes is smaller. */
const largest = 1_000_000;

export interface ScannedFolder {
  readonly report: ScanReport;
  /** Of the files that can be mended: the text that the edits are for. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Finds the HTTP calls below a folder that concern the documents, explains each and plans how it is mended. Reads files and changes
 * none. `onFile` hears of each file before it is read; the scan ends early when it answers false. Throws AppError `bad-input` where
 * the folder cannot be read.
 */
export async function scanFolder(
  folder: string,
  documents: readonly ApiDocument[],
  explain: Judge['explain'],
  onFile: (file: string) => boolean = () => true,
): Promise<ScannedFolder> {
  const judge: Judge = { concern: createConcern(documents), explain };
  const readers = new Map<string, SourceReader>();
  const calls: ScannedCall[] = [];
  const unread: UnreadPlace[] = [];
  const skipped: string[] = [];
  const texts = new Map<string, string>();
  let read = 0;
  for await (const name of listFiles(folder)) {
    const file = name === '' ? path.basename(folder) : name;
    if (!onFile(file)) break;
    const text = await sourceText(path.join(folder, name));
    if (text === undefined) {
      skipped.push(file);
      continue;
    }
    read += 1;
    if (!mayCall(text) && !judge.concern.isNamedIn(text)) continue;
    const extension = path.extname(file).slice(1).toLowerCase();
    const reader = readers.get(extension) ?? (await openSourceReader(extension));
    readers.set(extension, reader);
    const found = await scanFile(file, text, reader, judge, mending);
    if (found.calls.some(({ mend }) => mend.kind === 'certain')) texts.set(file, text);
    calls.push(...found.calls);
    unread.push(...found.unread);
  }
  const told = documents.map(toldDocument);
  return {
    texts,
    report: { format: 'donna-scan-1', folder, documents: told, files: { read, skipped }, calls, unread },
  };
}

function toldDocument({ title, version, origin }: ApiDocument): Explanation['documents'][number] {
  return { title, ...(version === undefined ? {} : { version }), origin };
}

/** What is in another encoding could not be written back as it was. The mark at the beginning of a file is a part of it. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `undefined` for what nobody wrote by hand, too large or minified, and for what is no text in UTF-8. */
async function sourceText(file: string): Promise<string | undefined> {
  try {
    if ((await stat(file)).size > largest) return undefined;
    const text = decoder.decode(await readFile(file));
    return text.includes('\0') || isMinified(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function isMinified(text: string): boolean {
  if (text.length < 5000) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return text.length / lines > 500;
}

let loaded: Promise<Mending> | undefined;

/** Reads JavaScript inside curl commands, so it loads a parser. */
function mending(): Promise<Mending> {
  loaded ??= Promise.all([import('./mend/plan-mend.ts'), import('./mend/corrected-snippet.ts')]).then(
    ([{ planMend }, { correctedSnippet }]) => ({ planMend, snippet: correctedSnippet }),
  );
  return loaded;
}
