import type { Reading } from './found-call.ts';

/** Reads a piece of source that begins at an offset of its file. */
export type SourceReader = (text: string, offset: number) => Reading;

const nothing: SourceReader = () => ({ calls: [], unread: [] });
const shell = new Set(['sh', 'bash', 'zsh']);
const scripts = new Set(['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx']);
const markdown = new Set(['md', 'mdx', 'markdown']);

/** Whether files with this extension are read at all. */
export function isReadable(extension: string): boolean {
  return extension === 'py' || shell.has(extension) || scripts.has(extension) || markdown.has(extension);
}

/** A word of a client is in the text; without one, and without a host of the documents, no parser is asked. */
export function mayCall(text: string): boolean {
  return /\bfetch\s*[(<]|\bRequest\s*\(|axios|requests|httpx|aiohttp|urllib|\bcurl\b/.test(text);
}

/** Reads files by their extension. The parsers are large, so each is loaded when the first file needs it. */
export async function openSourceReader(extension: string): Promise<SourceReader> {
  if (markdown.has(extension)) return openMarkdownReader();
  if (shell.has(extension)) return (await import('./shell/read-shell.ts')).readShell;
  if (extension === 'py') return bounded((await import('./python/read-python.ts')).readPython);
  if (!scripts.has(extension)) return nothing;
  const { readJavascript } = await import('./javascript/read-javascript.ts');
  const dialect = /^[mc]?ts$/.test(extension) ? 'ts' : extension === 'tsx' ? 'tsx' : 'js';
  return bounded((text, offset) => readJavascript(text, offset, dialect));
}

async function openMarkdownReader(): Promise<SourceReader> {
  const { readMarkdown } = await import('./markdown/read-markdown.ts');
  const readers = new Map<string, SourceReader>();
  for (const extension of ['sh', 'js', 'jsx', 'ts', 'tsx', 'py']) {
    readers.set(extension, await openSourceReader(extension));
  }
  return (text) => readMarkdown(text, (extension) => readers.get(extension) ?? nothing);
}

/** A tree too deep for the parser or the stack is a file that cannot be read, not the end of the scan. */
function bounded(read: SourceReader): SourceReader {
  return (text, offset) => {
    try {
      return read(text, offset);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const span = { from: offset, to: offset };
      return {
        calls: [],
        unread: [
          { via: 'file', span, why: 'it is nested too deep to be read, or is no code', host: undefined },
        ],
      };
    }
  };
}
