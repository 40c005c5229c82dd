import { AppError } from '../../kernel/errors.ts';
import { textPlace } from './text-place.ts';

/** Text as the shell takes it, and the offset after it. */
export interface Quoted {
  readonly text: string;
  readonly end: number;
}

/** What stands at `at` in quotes or as a substitution, or `undefined` where none begins. Throws AppError `bad-input` where it never ends. */
export function readQuoted(text: string, at: number): Quoted | undefined {
  const next = text[at + 1];
  switch (text[at]) {
    case "'":
      return single(text, at);
    case '"':
      return double(text, at);
    case '$':
      if (next === "'") return ansi(text, at);
      if (next === '"') return double(text, at + 1);
      return next === '(' || next === '{' ? substitution(text, at) : undefined;
    case '`': {
      const end = text.indexOf('`', at + 1);
      return end === -1 ? undefined : { text: text.slice(at, end + 1), end: end + 1 };
    }
    default:
      return undefined;
  }
}

function single(text: string, at: number): Quoted {
  const end = text.indexOf("'", at + 1);
  if (end === -1) throw neverClosed(text, at, 'single quote');
  return { text: text.slice(at + 1, end), end: end + 1 };
}

function double(text: string, open: number): Quoted {
  let out = '';
  let at = open + 1;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '"') return { text: out, end: at + 1 };
    if (char === '\\') {
      const [taken, length] = escapedInDouble(text, at);
      out += taken;
      at += length;
    } else if (char === '$' && (text[at + 1] === '(' || text[at + 1] === '{')) {
      const inner = substitution(text, at);
      out += inner.text;
      at = inner.end;
    } else {
      out += char;
      at++;
    }
  }
  throw neverClosed(text, open, 'double quote');
}

/** Between double quotes a backslash only counts before these (POSIX 2.2.3). */
function escapedInDouble(text: string, at: number): [taken: string, length: number] {
  const next = text[at + 1] ?? '';
  if (next === '\n') return ['', 2];
  if (next === '\r' && text[at + 2] === '\n') return ['', 3];
  return next !== '' && '$`"\\'.includes(next) ? [next, 2] : ['\\', 1];
}

/** `$(…)` and `${…}` stay as they are: what they stand for is not known here. */
function substitution(text: string, open: number): Quoted {
  const closers = [text[open + 1] === '(' ? ')' : '}'];
  let at = open + 2;
  while (at < text.length) {
    const char = text[at];
    const innermost = closers.at(-1);
    if (char === '\\') at++;
    else if (char === innermost) {
      closers.pop();
      if (closers.length === 0) return { text: text.slice(open, at + 1), end: at + 1 };
    } else if (char === "'" && innermost !== '"') at = single(text, at).end - 1;
    else if (char === '"') closers.push('"');
    else if (char === '$' && text[at + 1] === '{') closers.push('}');
    else if (char === '(' && innermost !== '"' && innermost !== '}') closers.push(')');
    else if (char === '$' && text[at + 1] === '(') {
      closers.push(')');
      at++;
    }
    at++;
  }
  throw neverClosed(text, open, text[open + 1] === '(' ? 'command substitution $(' : 'variable ${');
}

const simpleEscapes = new Map<string, number>(
  Object.entries({
    a: 7,
    b: 8,
    t: 9,
    n: 10,
    v: 11,
    f: 12,
    r: 13,
    e: 27,
    E: 27,
    '\\': 92,
    "'": 39,
    '"': 34,
    '?': 63,
  }),
);

const numbered = /(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|c([\s\S]))/y;

/** `$'…'` of bash and zsh: browsers write it for text with line breaks or an exclamation mark. */
function ansi(text: string, open: number): Quoted {
  const bytes = new TextEncoder();
  const parts: Uint8Array[] = [];
  let from = open + 2;
  let at = from;
  while (at < text.length && text[at] !== "'") {
    if (text[at] !== '\\') {
      at++;
      continue;
    }
    parts.push(bytes.encode(text.slice(from, at)));
    const [value, length] = ansiEscape(text, at + 1);
    parts.push(typeof value === 'string' ? bytes.encode(value) : Uint8Array.of(value));
    at += 1 + length;
    from = at;
  }
  if (at >= text.length) throw neverClosed(text, open, "quote $'");
  parts.push(bytes.encode(text.slice(from, at)));
  return { text: new TextDecoder().decode(Buffer.concat(parts)), end: at + 1 };
}

/** A byte, or text; several bytes in a row can be one character of UTF-8. */
function ansiEscape(text: string, at: number): [value: number | string, length: number] {
  const char = text[at] ?? '';
  const simple = simpleEscapes.get(char);
  if (simple !== undefined) return [simple, 1];
  numbered.lastIndex = at;
  const found = numbered.exec(text);
  if (!found) return [`\\${char}`, char.length];
  const [whole, hex, short, long, octal, control] = found;
  const point = short ?? long;
  if (point !== undefined) return [character(Number.parseInt(point, 16)), whole.length];
  if (control !== undefined) return [control.charCodeAt(0) & 0x1f, whole.length];
  const byte = hex === undefined ? Number.parseInt(octal ?? '0', 8) : Number.parseInt(hex, 16);
  return [byte & 0xff, whole.length];
}

function character(point: number): string {
  return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
}

function neverClosed(text: string, at: number, what: string): AppError {
  return new AppError('bad-input', `The ${what} opened at ${textPlace(text, at)} is never closed.`, {
    hint: 'Was the command pasted whole? Copy it again, from "curl" to its last character.',
  });
}
