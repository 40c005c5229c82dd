import { printable } from '../../kernel/printable.ts';
import { codeLine } from './code-line.ts';

// Beside what CommonMark gives a meaning to: the colon and the full stop, by which GitHub's flavour finds bare addresses.
const markup = /[\\`*_~[\]<>#|&!$]|(?<=https?|ftp|mailto|xmpp):|(?<=www)\./gi;

/** Text of others as text of a page, on one line: no link, image, HTML, emphasis, table cell or mention comes of it. */
export function pageText(text: string, maxLength = 1000): string {
  return lineStart(escaped(printable(text, maxLength)));
}

/** A sentence of ours, in which backticks set off names of others: those become code, also in a cell, and the rest text. */
export function pageSentence(text: string, maxLength = 1000): string {
  const parts = printable(text, maxLength).split(/(?<!`)`([^`]+)`(?!`)/);
  return lineStart(
    parts.map((part, index) => (index % 2 === 1 ? cellCode(part, maxLength) : escaped(part))).join(''),
  );
}

function escaped(line: string): string {
  return line.replace(markup, '\\$&').replaceAll('@', '@\u200b');
}

/** At the beginning of a line a number or a dash would make a list, and `=` or `-` a heading of the line above. */
function lineStart(line: string): string {
  return line.replace(/^([-+=])/, '\\$1').replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Text of others as code inside a line. */
export function pageCode(text: string, maxLength = 1000): string {
  const line = printable(text, maxLength);
  if (line === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  // A space inside keeps a backtick at the edge apart from the fence; readers take one off on each side.
  const room = /^`|`$/.test(line) ? ' ' : '';
  return `${fence}${room}${line}${room}${fence}`;
}

/** `pageCode` for a cell of a table. */
export function cellCode(text: string, maxLength = 300): string {
  // Behind a backslash the pipe of GitHub's flavour is a pipe again, in code too; one that is there already would undo it.
  // What is not shown is taken out first: it may stand between the two.
  const line = printable(text, maxLength).replaceAll('\\|', '\\ |');
  return pageCode(line, maxLength).replaceAll('|', '\\|');
}

/** Lines as a block of code, whatever stands in them. */
export function codeBlock(language: string, text: string): string[] {
  const lines = text
    .trimEnd()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(codeLine);
  // Of the lines as they are shown: what is taken out of them may bring backticks together.
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}${language}`, ...lines, fence];
}

/** A table. Each cell is Markdown already, on one line and with its pipes escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
