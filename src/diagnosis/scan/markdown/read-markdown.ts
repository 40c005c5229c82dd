import type { Reading } from '../found-call.ts';
import type { SourceReader } from '../read-source.ts';
import { fencedBlocks } from './fenced-blocks.ts';

const extensions: Readonly<Record<string, string>> = {
  sh: 'sh',
  bash: 'sh',
  zsh: 'sh',
  shell: 'sh',
  console: 'sh',
  terminal: 'sh',
  curl: 'sh',
  js: 'js',
  javascript: 'js',
  jsx: 'jsx',
  mjs: 'js',
  ts: 'ts',
  typescript: 'ts',
  tsx: 'tsx',
  py: 'py',
  python: 'py',
};

/** The HTTP calls in the fenced blocks of a Markdown file. Each block is a program of its own. */
export function readMarkdown(text: string, readerFor: (extension: string) => SourceReader): Reading {
  const readings = fencedBlocks(text).map(({ language, from, to }): Reading => {
    const extension = Object.hasOwn(extensions, language) ? extensions[language] : undefined;
    const block = text.slice(from, to);
    // A block without a language is read for curl alone.
    if (extension === undefined && language !== '') return { calls: [], unread: [] };
    return readerFor(extension ?? 'sh')(block, from);
  });
  return {
    calls: readings.flatMap((reading) => reading.calls),
    unread: readings.flatMap((reading) => reading.unread),
  };
}
