import { parseEnv } from 'node:util';
import { AppError } from '../kernel/errors.ts';

/**
 * The text of a `.env` file with one name set to a value, and nothing else touched: comments, order, quotes of other lines and
 * the line endings stay. Where a name stands twice, the last line is changed, since that is the one that counts. Throws
 * `bad-input` for a value that the format cannot hold.
 */
export function setInEnvText(text: string, name: string, value: string): string {
  const written = `${name}=${quoted(name, value)}`;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const last = assignments(text)
    .filter((one) => one.name === name)
    .at(-1);
  const changed = last
    ? text.slice(0, last.nameAt) + written + text.slice(last.valueEnd)
    : `${text}${text === '' || text.endsWith('\n') ? '' : eol}${written}${eol}`;
  // The reader is Node's own: what it would not read back is not written.
  if (parseEnv(changed)[name] === value) return changed;
  throw new AppError('bad-input', `The .env file cannot take ${name}: a line in it cannot be read.`, {
    hint: 'Look for a quote that is not closed, or for a line without "=".',
  });
}

interface Assignment {
  readonly name: string;
  readonly nameAt: number;
  /** The offset after the value and its quotes: what follows (a comment, the line's end) stays. */
  readonly valueEnd: number;
}

const assignment = /^[ \t]*(?:export[ \t]+)?(?<name>[\w.-]+)[ \t]*=[ \t]*/;

function assignments(text: string): Assignment[] {
  const found: Assignment[] = [];
  for (let at = 0; at < text.length; ) {
    const lineEnd = endOfLine(text, at);
    const match = assignment.exec(text.slice(at, lineEnd));
    const name = match?.groups?.name;
    if (!match || !name) {
      at = lineEnd + 1;
      continue;
    }
    const valueAt = at + match[0].length;
    const valueEnd = endOfValue(text, valueAt, lineEnd);
    found.push({ name, nameAt: at + match[0].indexOf(name), valueEnd });
    at = endOfLine(text, valueEnd) + 1;
  }
  return found;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

function endOfValue(text: string, from: number, lineEnd: number): number {
  const quote = text[from] ?? '';
  const close = /["'`]/.test(quote) ? text.indexOf(quote, from + 1) : -1;
  // A quoted value may run over several lines.
  if (close !== -1) return close + 1;
  const line = text.slice(from, lineEnd);
  const comment = line.indexOf('#');
  return from + (comment === -1 ? line : line.slice(0, comment)).trimEnd().length;
}

function quoted(name: string, value: string): string {
  if (/^[\w./:+@,-]+$/.test(value)) return value;
  const quote = ["'", '"', '`'].find((mark) => !value.includes(mark));
  // Between double quotes `\n` would become a line feed.
  const safe = quote && !/[\r\n]/.test(value) && !(quote === '"' && value.includes('\\'));
  if (safe) return `${quote}${value}${quote}`;
  throw new AppError('bad-input', `The value of ${name} cannot be written to a .env file.`, {
    hint: 'It holds a line break or every kind of quote: set it in the environment instead.',
  });
}
