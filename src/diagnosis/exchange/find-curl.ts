import { AppError } from '../../kernel/errors.ts';
import { printable } from '../../kernel/printable.ts';
import { cmdWords, isCmd } from './cmd-words.ts';
import { hideLoose } from './hide-loose.ts';
import { createSecretVariables } from './secret-variables.ts';
import { type ShellCommand, shellWords } from './shell-words.ts';

/** Text of a file by its name; `undefined` where it cannot be read from here. */
export type ReadFile = (name: string) => string | undefined;

/** The one curl command of a text. */
export interface FoundCurl {
  /** What follows `curl`. */
  readonly words: readonly string[];
  /** What the command reads on standard input, where the text says so; else `undefined`. */
  readonly input: string | undefined;
  /** Sentences: what was left out, and where the shell would read it otherwise. */
  readonly notes: readonly string[];
}

/** Characters. A longer command is none that a shell takes. */
const LONGEST_COMMAND = 20 * 1024 * 1024;
/** Commands within commands. */
const DEEPEST = 5;
const curlName = /(?:^|[\\/])curl(?:\.exe)?$/i;
const powerShell = /^(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)$/i;
const beforeCurl = /^(?:[A-Za-z_]\w*=.*|sudo|time|command|exec|env|nohup|if|then|else|do|while|until|!|\{)$/s;
const innerCurl = /^(?:[A-Za-z_]\w*=)?\$\(([\s\S]*)\)$/;

/** Finds it in what was pasted: with prompts, comments, assignments, pipes around it. Throws AppError `bad-input` where there is none. */
export function findCurl(pasted: string, readFile: ReadFile): FoundCurl {
  if (pasted.length > LONGEST_COMMAND) throw new AppError('bad-input', 'The command is longer than 20 MiB.');
  const text = withoutPrompts(pasted.replace(/^\ufeff/, ''));
  if (isCmd(text)) return cmdCurl(text);
  const found = search(text, readFile, undefined, DEEPEST);
  if (typeof found === 'object') return found;
  throw new AppError(
    'bad-input',
    found === ''
      ? 'There is no command.'
      : `The command begins with "${printable(found, 40)}", not with curl.`,
    {
      hint: "Give a curl command in single quotes, such as 'curl https://api.example.com/v1/things'. Code is read by donna scan <file>.",
    },
  );
}

/** `piped`: what comes in on standard input. Gives the name of the first command where none is curl. */
function search(
  text: string,
  readFile: ReadFile,
  piped: string | undefined,
  depth: number,
): FoundCurl | string {
  let input = piped;
  let first = '';
  for (let at = 0; at < text.length; ) {
    const command = shellWords(text, at);
    const names = command.words.map((word) => word.text);
    const skipped = names.findIndex((name) => !beforeCurl.test(name) || innerCurl.test(name));
    const program = names[skipped] ?? '';
    if (powerShell.test(program)) throw notPowerShell(program);
    const own = commandInput(command, readFile);
    if (curlName.test(program)) return read(text, command, skipped + 1, input ?? own);
    const inner = innerCurl.exec(program)?.[1];
    if (inner !== undefined && depth > 0) {
      const found = search(inner, readFile, undefined, depth - 1);
      if (typeof found === 'object') return found;
    }
    input = command.stop === '|' ? pipedText(program, names.slice(skipped + 1), own, readFile) : undefined;
    if (first === '') first = names[0] ?? '';
    if (command.stop === '|' && command.input && 'text' in command.input && depth > 0) {
      // The text of a here-document begins on the next line; this one goes on.
      const line = /^[^\n]*/.exec(text.slice(command.stopAt + 1))?.[0] ?? '';
      const found = search(line, readFile, input, depth - 1);
      if (typeof found === 'object') return found;
    }
    at = command.end;
  }
  return first;
}

function read(text: string, command: ShellCommand, from: number, input: string | undefined): FoundCurl {
  const notes: string[] = [];
  const words = command.words.slice(from);
  if (words.some((word) => /[\u2018\u2019\u201c\u201d]/.test(text[word.start] ?? '')))
    throw typographicQuotes();
  let last = command;
  while (
    last.stop === '\n' &&
    /^\s*(?:-{1,2}[A-Za-z]|'?"?https?:\/\/)/.test(text.slice(last.end, last.end + 200))
  ) {
    if (notes.length === 0) {
      const line = text.slice(0, last.stopAt).split('\n').length;
      notes.push(
        `Line ${line} does not end with a backslash, so a shell ends the command there; the lines after it are read as part of it.`,
      );
    }
    last = shellWords(text, last.end);
    words.push(...last.words);
  }
  // An escaped space at the end of a line: meant as the backslash that continues the command.
  const kept = words.filter((word) => text.slice(word.start, word.end) !== '\\ ');
  // Cut after what is secret in it, of which a part would show else.
  const left = hideLoose(text.slice(last.stopAt + last.stop.length).slice(0, 1000), createSecretVariables());
  const rest = printable(left, 60);
  if (last.stop === '&' && rest !== '' && /\S/.test(text[last.stopAt - 1] ?? '')) {
    notes.push(`The shell ends the command at "&", so "${rest}" is not sent: the URL belongs in quotes.`);
  } else if (last.stop !== '' && rest !== '') {
    const stop = last.stop === '\n' ? 'the end of the line' : `"${last.stop}"`;
    notes.push(`Read up to ${stop}; "${rest}" is left out.`);
  }
  for (const word of kept) {
    const raw = text.slice(word.start, word.end);
    if (/^\{\s*"/.test(raw)) {
      notes.push('The shell takes the double quotes of the body away: the body belongs in single quotes.');
    }
  }
  return { words: kept.map((word) => word.text), input, notes };
}

function cmdCurl(text: string): FoundCurl {
  const { words, rest } = cmdWords(text);
  if (!curlName.test(words[0] ?? '')) {
    throw new AppError(
      'bad-input',
      `The command begins with "${printable(words[0] ?? '', 40)}", not with curl.`,
    );
  }
  const left = printable(rest, 60);
  const notes = left === '' ? [] : [`Read as a command of Windows' cmd up to "${left}", which is left out.`];
  return { words: words.slice(1), input: undefined, notes };
}

function commandInput(command: ShellCommand, readFile: ReadFile): string | undefined {
  if (!command.input) return undefined;
  return 'text' in command.input ? command.input.text : readFile(command.input.file);
}

/** What `echo`, `printf` and `cat` write, in the forms in which people feed curl. */
function pipedText(
  program: string,
  rest: readonly string[],
  input: string | undefined,
  readFile: ReadFile,
): string | undefined {
  const values = rest.filter((word) => !/^-[neE]+$/.test(word));
  if (program === 'echo') return `${values.join(' ')}\n`;
  if (program === 'printf' && values.length === 1) return values[0];
  if (program !== 'cat' || values.length > 1) return undefined;
  return values[0] === undefined || values[0] === '-' ? input : readFile(values[0]);
}

/** Takes off the prompt of a terminal, `> ` of its further lines, and the fence of a Markdown block. */
function withoutPrompts(pasted: string): string {
  const fenced = /^\s*```[\w-]*\r?\n([\s\S]*?)\r?\n\s*```\s*$/.exec(pasted)?.[1] ?? pasted;
  const prompt = /^\s*(?:[^\s@]{1,64}@[\w.-]{1,64}[:~/\w .-]{0,200})?[$%❯#][ \t]+(?=\S)/.exec(fenced)?.[0];
  if (prompt === undefined || (/^\s*#/.test(prompt) && !/^\s*#[ \t]+curl\s/.test(fenced))) return fenced;
  const lines = fenced.slice(prompt.length).split('\n');
  const plain = lines.findIndex((line, index) => index > 0 && !line.startsWith('>'));
  const until = plain === -1 ? lines.length : plain;
  return lines
    .map((line, index) => (index > 0 && index < until ? line.replace(/^> ?/, '') : line))
    .join('\n');
}

function notPowerShell(program: string): AppError {
  return new AppError('bad-input', `${program} is PowerShell, which is not read here.`, {
    hint: 'In the browser choose "Copy as cURL (bash)", or write the request as a curl command.',
  });
}

function typographicQuotes(): AppError {
  return new AppError(
    'bad-input',
    'The command has typographic quotes, which a shell does not know as quotes.',
    {
      hint: 'Write \' or " instead of \u2018 \u2019 \u201c \u201d: a word processor or a web page has changed them.',
    },
  );
}
