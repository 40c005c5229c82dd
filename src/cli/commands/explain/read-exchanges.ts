import { readFileSync, statSync } from 'node:fs';
import type { Exchange } from '../../../diagnosis/exchange/exchange.ts';
import { readCurl } from '../../../diagnosis/exchange/read-curl.ts';
import { AppError } from '../../../kernel/errors.ts';
import { readTextInput } from '../../read-input-file.ts';
import { type ExplainOptions, readStatus } from './explain-options.ts';

const MEGABYTE = 1024 * 1024;
const MAX_REQUEST_BYTES = 20 * MEGABYTE;
const MAX_HAR_BYTES = 100 * MEGABYTE;

export interface ReadExchanges {
  /** Several only of a HAR: its failing entries. */
  readonly exchanges: readonly Exchange[];
  /** `har`: a list, were it of one. */
  readonly kind: 'one' | 'har';
  /** What was left out or is not known, in sentences. */
  readonly notes: readonly string[];
}

/** The requests to explain, as the argument and options give them. Throws `bad-input` with what is missing or wrong. */
export async function readExchanges(
  argument: string | undefined,
  options: ExplainOptions,
): Promise<ReadExchanges> {
  const given = [argument, options.har, options.request].filter((one) => one !== undefined);
  if (given.length !== 1) throw givenWrong(given.length);
  if (given[0] === '-' && options.response === '-') {
    throw new AppError('bad-input', 'The request and the response cannot both come from stdin.', {
      hint: 'Give the response as a file: --response reply.json',
    });
  }
  if (options.har !== undefined) return fromHar(options.har, options);
  const read = await fromText(argument, options);
  return { kind: 'one', ...read, exchanges: [await withReply(read.exchange, options)] };
}

function givenWrong(count: number): AppError {
  return count === 0
    ? new AppError('bad-input', 'There is no request to explain.', {
        hint: "Give a curl command in single quotes, - for stdin, --har <file> or --request <file>: donna explain 'curl …'",
      })
    : new AppError('bad-input', 'A curl command, --har and --request are three ways to give one thing.', {
        hint: 'Give one of them.',
      });
}

async function fromHar(file: string, options: ExplainOptions): Promise<ReadExchanges> {
  if (options.status !== undefined || options.response !== undefined) {
    throw new AppError(
      'bad-input',
      'A HAR has its own responses: --status and --response say nothing there.',
    );
  }
  const { readHar, hasFailed } = await import('../../../diagnosis/exchange/read-har.ts');
  const entries = readHar(await readTextInput('--har', file, MAX_HAR_BYTES));
  const failing = entries.filter(hasFailed);
  const count = entries.length === 1 ? '1 entry' : `${entries.length} entries`;
  return { kind: 'har', exchanges: failing, notes: [`${count} in the HAR, ${failing.length} failed.`] };
}

async function fromText(argument: string | undefined, options: ExplainOptions) {
  if (options.request !== undefined) {
    const text = await readTextInput('--request', options.request, MAX_REQUEST_BYTES);
    return readText(text, options.response !== '-');
  }
  if (argument !== '-') return readText(argument ?? '', options.response !== '-');
  return readText(await readTextInput('', '-', MAX_REQUEST_BYTES), false);
}

/** A curl command, a URL alone, or one of the forms of a request that a file may have. `stdinIsFree`: nothing else is read from there. */
async function readText(
  text: string,
  stdinIsFree: boolean,
): Promise<{ exchange: Exchange; notes: readonly string[] }> {
  if (text.trim() === '') {
    throw new AppError('bad-input', 'The request is empty.', { hint: "Such as donna explain 'curl …'." });
  }
  if (/^\s*\{/.test(text) || /^\s*(?:#[^\n]*\n\s*)*[A-Z]+ +(?:https?:\/\/|\/)\S*/.test(text)) {
    const { readRequestFile } = await import('../../../diagnosis/exchange/read-request-file.ts');
    return { exchange: readRequestFile(text), notes: [] };
  }
  const command = /^\s*https?:\/\/[^\s'"]+\s*$/.test(text) ? `curl '${text.trim()}'` : text;
  const { request, notes } = readCurl(command, (name) => readBodyFile(name, stdinIsFree));
  return { exchange: { request }, notes: [...notes, ...(/\\\s*$/.test(text) ? [cutOff] : [])] };
}

const cutOff = 'The command ends with a backslash: the lines that follow it are missing.';

/** `@file` of a curl command. Files only: a pipe or a device may never end. */
function readBodyFile(name: string, stdinIsFree: boolean): string | undefined {
  try {
    if (name === '-') return stdinIsFree && !process.stdin.isTTY ? readFileSync(0, 'utf8') : undefined;
    const facts = statSync(name);
    return facts.isFile() && facts.size <= MAX_REQUEST_BYTES ? readFileSync(name, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** The reply that the options tell goes over the one that came with the request. */
async function withReply(exchange: Exchange, options: ExplainOptions): Promise<Exchange> {
  const status = readStatus(options);
  const text = await responseText(options.response);
  if (status === undefined && text === undefined) return exchange;
  const { readReply } = await import('../../../diagnosis/exchange/read-reply.ts');
  return { ...exchange, reply: { ...exchange.reply, ...readReply(status ?? exchange.reply?.status, text) } };
}

/** `-` is stdin; what begins as JSON, markup or a status line is the response itself; the rest names a file, or is text. */
async function responseText(given: string | undefined): Promise<string | undefined> {
  if (given === undefined || given === '') return undefined;
  if (given === '-') return readTextInput('--response', '-', MAX_REQUEST_BYTES);
  if (/^\s*(?:[{["<]|HTTP\/)/.test(given)) return given;
  const file = given.startsWith('@') ? given.slice(1) : given;
  const looksLikeFile = given.startsWith('@') || (!/\s/.test(given) && /[./\\]/.test(given)) || isFile(file);
  return looksLikeFile ? readTextInput('--response', file, MAX_REQUEST_BYTES) : given;
}

function isFile(name: string): boolean {
  try {
    return statSync(name).isFile();
  } catch {
    return false;
  }
}
