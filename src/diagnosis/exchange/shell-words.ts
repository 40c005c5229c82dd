import { readQuoted } from './shell-quotes.ts';

export interface ShellWord {
  /** Without its quotes. Variables and substitutions stay as they are written: `$NAME`, `$(…)`. */
  readonly text: string;
  /** Offsets in the text that was read. */
  readonly start: number;
  readonly end: number;
}

/** One command of a shell script or a terminal. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** What ended it: an operator, a line break, or nothing (the end of the text). */
  readonly stop: '' | '\n' | '|' | '||' | '&&' | '&' | ';' | ')';
  /** Offset of the operator. */
  readonly stopAt: number;
  /** Offset at which the next command begins: after the operator and after the text of a here-document. */
  readonly end: number;
  /** What it reads on its standard input, where the command says so itself. */
  readonly input?: { readonly text: string } | { readonly file: string };
}

/** The text a placeholder of documentation has: the shell would take it as a redirection, nobody means that. */
const placeholder = /<[A-Za-z][\w -]{0,60}>/y;
const hereWord = /<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|\\?([^\s;|&<>()]+))/y;
const space = /[ \t\r]/;

/**
 * Reads one command as a POSIX shell does, with bash's `$'…'` and `<<<`; no expansion takes place. Blank lines, comments and
 * empty commands before it are skipped. Throws AppError `bad-input` where a quote is never closed.
 */
export function shellWords(text: string, from = 0): ShellCommand {
  const words: ShellWord[] = [];
  const hereDocuments: { readonly mark: string; readonly tabs: boolean }[] = [];
  let input: ShellCommand['input'];
  let open: { text: string; readonly start: number } | undefined;
  let redirect: '<' | '<<<' | '>' | undefined;
  let at = from;

  function close(end: number): void {
    if (!open) return;
    if (redirect === '<') input = { file: open.text };
    else if (redirect === '<<<') input = { text: `${open.text}\n` };
    else if (redirect === undefined) words.push({ text: open.text, start: open.start, end });
    redirect = undefined;
    open = undefined;
  }

  function add(part: string, length: number): void {
    open ??= { text: '', start: at };
    open.text += part;
    at += length;
  }

  function finish(stop: ShellCommand['stop']): ShellCommand {
    close(at);
    let end = at + stop.length;
    for (const { mark, tabs } of hereDocuments) {
      const body = hereDocument(text, text[end - 1] === '\n' ? end : afterLine(text, end), mark, tabs);
      input = { text: body.text };
      end = body.end;
    }
    return { words, stop, stopAt: at, end, ...(input && { input }) };
  }

  while (at < text.length) {
    const char = text[at] ?? '';
    const next = text[at + 1] ?? '';
    const broken = lineBreakAfter(text, at);
    if ((char === '\\' || char === '`') && broken > 0) {
      at += 1 + broken;
    } else if (char === '\\') {
      add(next, 2);
    } else if (space.test(char)) {
      close(at);
      at++;
    } else if (char === '#' && !open) {
      at = afterLine(text, at) - (text.includes('\n', at) ? 1 : 0);
    } else if (char === '\n') {
      if (words.length > 0 || open) return finish('\n');
      at++;
    } else if (char === '<' || char === '>' || (char === '&' && next === '>')) {
      const shown = match(placeholder, text, at);
      const here = match(hereWord, text, at);
      if (shown) add(shown[0], shown[0].length);
      else if (here && text[at + 2] !== '<') {
        close(at);
        hereDocuments.push({ mark: here[2] ?? here[3] ?? here[4] ?? '', tabs: here[1] === '-' });
        at += here[0].length;
      } else {
        // The number of a file descriptor is no word.
        if (open && /^\d+$/.test(open.text)) open = undefined;
        close(at);
        redirect = char === '<' ? (text.startsWith('<<<', at) ? '<<<' : '<') : '>';
        at += match(/<<<|<&?|&?>>?[&|]?/y, text, at)?.[0].length ?? 1;
      }
    } else if (char === '|' || char === '&' || char === ';' || char === ')') {
      const double = char === next && (char === '|' || char === '&');
      const stop = (double ? char + next : char) as ShellCommand['stop'];
      if (words.length > 0 || open) return finish(stop);
      at += stop.length;
    } else if (char === '(' && !open) {
      at++;
    } else {
      const quoted = readQuoted(text, at);
      if (quoted) add(quoted.text, quoted.end - at);
      // One alone closes a substitution that began before `from`.
      else if (char === '`') return finish(')');
      else add(char, 1);
    }
  }
  return finish('');
}

/** Length of the line break that follows, 0 for none. */
function lineBreakAfter(text: string, at: number): number {
  if (text[at + 1] === '\n') return 1;
  return text[at + 1] === '\r' && text[at + 2] === '\n' ? 2 : 0;
}

function afterLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

function hereDocument(
  text: string,
  from: number,
  mark: string,
  tabs: boolean,
): { text: string; end: number } {
  const lines: string[] = [];
  for (let at = from; at < text.length; ) {
    const end = afterLine(text, at);
    const raw = text.slice(at, end).replace(/\r?\n$/, '');
    const line = tabs ? raw.replace(/^\t+/, '') : raw;
    at = end;
    if (line === mark) return { text: lines.map((one) => `${one}\n`).join(''), end };
    lines.push(line);
  }
  return { text: lines.map((one) => `${one}\n`).join(''), end: text.length };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
