import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import { isIgnored, readIgnoreRules } from './ignore-rules.ts';
import { isReadable } from './read-source.ts';

/** What is built, fetched or kept by a tool, and not written by hand. */
const skippedFolders = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  'vendored',
  'third_party',
  'site-packages',
  'dist',
  'build',
  'out',
  'target',
  'coverage',
  '__pycache__',
  'venv',
]);

interface Ignoring {
  readonly depth: number;
  readonly rules: ReturnType<typeof readIgnoreRules>;
}

/**
 * The source files below a folder, by their paths relative to it with slashes, in the order of their names. Folders that are built or
 * fetched, hidden ones but `.github`, symbolic links and what a .gitignore in the folder names are left out. A file is itself.
 * Throws AppError `bad-input` where there is no such folder or it cannot be read.
 */
export async function* listFiles(folder: string): AsyncGenerator<string> {
  if (!(await isFolder(folder))) {
    yield '';
    return;
  }
  const open: { steps: readonly string[]; ignoring: readonly Ignoring[] }[] = [{ steps: [], ignoring: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { steps } = next;
    const entries = await entriesOf(path.join(folder, ...steps), steps.length === 0);
    const own = entries.find((entry) => entry.name === '.gitignore' && entry.isFile());
    const rules = own ? readIgnoreRules(await textOf(path.join(folder, ...steps, own.name))) : [];
    const ignoring = rules.length > 0 ? [...next.ignoring, { depth: steps.length, rules }] : next.ignoring;
    const folders: string[] = [];
    for (const entry of entries) {
      const inner = [...steps, entry.name];
      if (entry.isDirectory()) {
        if (!skips(entry.name) && !leftOut(ignoring, inner, true)) folders.push(entry.name);
      } else if (entry.isFile() && isSource(entry.name) && !leftOut(ignoring, inner, false)) {
        yield inner.join('/');
      }
    }
    for (const name of folders.reverse()) open.push({ steps: [...steps, name], ignoring });
  }
}

async function isFolder(folder: string): Promise<boolean> {
  try {
    // The folder that was named may be a link; what lies in it may not.
    return (await stat(folder)).isDirectory();
  } catch (error) {
    throw new AppError('bad-input', `${folder} cannot be read: ${(error as NodeJS.ErrnoException).code}.`, {
      hint: 'Name a folder, or a file, that exists.',
      cause: error,
    });
  }
}

async function entriesOf(folder: string, isFirst: boolean): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    // A folder below that nobody may read has no calls for us.
    if (!isFirst) return [];
    throw new AppError('bad-input', `${folder} cannot be read.`, { cause: error });
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}

function skips(name: string): boolean {
  return skippedFolders.has(name) || (name.startsWith('.') && name !== '.github');
}

function isSource(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return dot > 0 && isReadable(name.slice(dot + 1).toLowerCase()) && !/\.min\.\w+$|\.d\.ts$/.test(name);
}

/** The innermost .gitignore that speaks of it decides. */
function leftOut(ignoring: readonly Ignoring[], steps: readonly string[], folder: boolean): boolean {
  for (const { depth, rules } of ignoring.toReversed()) {
    const said = isIgnored(rules, steps.slice(depth), folder);
    if (said !== undefined) return said;
  }
  return false;
}
