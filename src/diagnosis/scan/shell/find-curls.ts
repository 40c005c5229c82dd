import { shellWords } from '../../exchange/shell-words.ts';
import type { Span } from '../source-value.ts';

const longest = 20_000;

/** In one text; each may be looked through to its longest. */
const most = 2000;

/** A command that begins with curl; `to` is undefined where a quote in it is never closed. */
export interface FoundCurl {
  readonly from: number;
  readonly to: number | undefined;
}

/** Where the curl commands of a shell script, or of a block of documentation, stand: with their here-documents, without what follows. */
export function findCurls(text: string): FoundCurl[] {
  const found: FoundCurl[] = [];
  const word = /(?<=^|[\s;&|(`{!])curl(?:\.exe)?(?=[ \t\\])/gm;
  for (let match = word.exec(text); match && found.length < most; match = word.exec(text)) {
    const from = match.index;
    if (!isCommand(text, from)) continue;
    const to = endOfCommand(text, from);
    found.push({ from, to });
    word.lastIndex = Math.max(to ?? 0, from + 4);
  }
  return found;
}

export function spanOfCurl(found: FoundCurl, text: string): Span {
  const to = found.to ?? lineEnd(text, found.from);
  return { from: found.from, to: found.from + text.slice(found.from, to).trimEnd().length };
}

/** What may stand in front of a command on its line: a prompt, an assignment, a keyword, the start of a pipe. */
function isCommand(text: string, from: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', from - 1) + 1, from - 500), from);
  if (/^\s*#/.test(line)) return false;
  const before = line.replace(/^\s*(?:[$>%❯]\s+|\S+@\S+[$#]\s+)/, '').trimEnd();
  return (
    before.trim() === '' ||
    /(?:^|\s)(?:!|then|do|else|elif|if|while|until|time|sudo|exec|command|\w+=\S*)$/.test(before) ||
    /[;|&(`{]$/.test(before)
  );
}

function endOfCommand(text: string, from: number): number | undefined {
  try {
    // In backquotes the command ends at the second one.
    const close = text[from - 1] === '`' ? text.indexOf('`', from) : -1;
    const piece = text.slice(from, close < 0 ? from + longest : close);
    const command = shellWords(piece);
    return from + (command.input && 'text' in command.input ? command.end : command.stopAt);
  } catch {
    return undefined;
  }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
