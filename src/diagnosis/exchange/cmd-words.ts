/** Words of a command line of Windows' cmd.exe, up to the first operator. */
export interface CmdCommand {
  readonly words: readonly string[];
  /** Text after an operator, which does not belong to the command. Empty: there was none. */
  readonly rest: string;
}

/** As POSIX shells quote, and as C does inside double quotes. */
const quotedText = /\\[\s\S]|\$'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|'[^']*'/g;

/** Written for cmd.exe: a caret in front of the first quote, or at the end of a line and outside quotes. */
export function isCmd(text: string): boolean {
  if (!text.includes('^') || /^\s*#/.test(text)) return false;
  return /^[^'"]*\s\^"/.test(text) || /\s\^[ \t]*\r?\n/.test(text.replace(quotedText, "''"));
}

/**
 * Reads a command as cmd.exe and then the C runtime do: carets first, then quotes and backslashes.
 * Browsers ("Copy as cURL (cmd)") double every backslash, where the C runtime only looks at those before a quote; in
 * their form (`^"`) each pair is one, since that is what the page had sent.
 */
export function cmdWords(text: string): CmdCommand {
  const { line, rest } = withoutCarets(text.replaceAll('\r\n', '\n').trim());
  return { words: splitArguments(line, text.includes('^"')), rest };
}

function withoutCarets(text: string): { line: string; rest: string } {
  let line = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '^' && !quoted) {
      const gap = /^[ \t]*\n/.exec(text.slice(at + 1, at + 100));
      at += gap ? gap[0].length : 0;
      // What follows the caret, or the line break after it, stands for itself.
      const next = text[at + 1];
      if (next !== undefined && !(gap && /[ \t^"]/.test(next))) {
        line += next;
        at++;
      } else if (gap) line += ' ';
    } else if (!quoted && /[\n&|<>]/.test(char)) {
      return { line, rest: text.slice(at) };
    } else {
      if (char === '"') quoted = !quoted;
      line += char;
    }
  }
  return { line, rest: '' };
}

function splitArguments(line: string, pairs: boolean): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (char === '\\') {
      let count = 1;
      while (line[at + count] === '\\') count++;
      const beforeQuote = line[at + count] === '"';
      word =
        (word ?? '') +
        '\\'.repeat(beforeQuote || pairs ? Math.ceil((count - (beforeQuote ? 1 : 0)) / 2) : count);
      at += count - 1;
      if (beforeQuote && count % 2 === 1) {
        word += '"';
        at++;
      }
    } else if (char === '"') {
      word ??= '';
      if (quoted && line[at + 1] === '"') {
        word += '"';
        at++;
      } else quoted = !quoted;
    } else if (!quoted && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  return word === undefined ? words : [...words, word];
}
