import { AppError } from '../../kernel/errors.ts';
import { printable } from '../../kernel/printable.ts';
import { shownUrl } from '../doctor/shown-url.ts';
import { mediaType } from './body-of.ts';
import { type CurlArguments, curlArguments } from './curl-arguments.ts';
import { type CurlBody, createCurlBody, urlencoded } from './curl-body.ts';
import { createCurlHeaders } from './curl-headers.ts';
import type { SentRequest } from './exchange.ts';
import { findCurl, type ReadFile } from './find-curl.ts';
import { readQuery, readUrl, type UrlParts, wirePath } from './read-url.ts';
import { looksRandom, looksSecret } from './secret-look.ts';

export interface ReadCurl {
  readonly request: SentRequest;
  /** Sentences for the user: what was left out of the text, what is not known, what the shell or curl make of it. */
  readonly notes: readonly string[];
}

/**
 * Reads a curl command as it is copied from a terminal, from documentation or from a browser (bash or cmd), and says which request
 * curl sends by it (facts: curl's manual, 7.88). `$NAME` and `$(…)` stay as they are. `readFile` gives the text of `@file`, and
 * of `-`, standard input; without it such a body is `unread`. Headers that curl adds by itself are not listed. Throws AppError
 * `bad-input` with what is expected where the text holds no single curl request.
 */
export function readCurl(text: string, readFile: ReadFile = () => undefined): ReadCurl {
  const found = findCurl(text, readFile);
  const notes = [...found.notes];
  const readInput: ReadFile = (name) =>
    name === '-' && found.input !== undefined ? found.input : readFile(name);
  const { options, urls } = curlArguments(found.words);
  const last = new Map(options.map(({ name, value }) => [name, value]));
  const body = createCurlBody(readInput);
  const headers = createCurlHeaders(readInput, notes);
  const query: string[] = [];
  for (const { name, value } of options) {
    if (body.take(name, value) || headers.take(name, value)) continue;
    if (name === 'url-query') query.push(...addedQuery(value, readInput, notes));
    const left = leftOut.get(name);
    if (left) notes.push(`${left} (--${name}) is not read.`);
  }
  const assumed = last.get('proto-default') === 'https' ? 'https' : 'http';
  const url = theUrl(urls, last, assumed, notes);
  if (url.scheme === undefined && url.host !== '') {
    notes.push(`The URL has no scheme: curl takes ${assumed}://.`);
  }
  if (url.host === '' && urls.some((one) => !one.startsWith('/')))
    notes.push('The host is a variable: it is not known.');
  const inUrl = last.has('get') && body.kind === 'data';
  if (inUrl) {
    const data = body.text();
    if (data === undefined) notes.push('A part of the query comes from a file that cannot be read here.');
    else query.push(data);
  }
  headers.addCredentials(url.userinfo, last);
  const type = contentType(headers.contentType(), body, inUrl);
  return {
    request: {
      method: method(last, body, notes),
      scheme: url.scheme ?? (url.host === '' ? 'https' : assumed),
      host: headers.host() ?? url.host,
      path: wirePath(sentPath(url.path, last)),
      query: [...url.query, ...query.flatMap(readQuery)],
      headers: headers.list(),
      contentType: mediaType(type),
      body: inUrl || last.has('head') ? { kind: 'none' } : body.body(type),
    },
    notes,
  };
}

/** Options that can change what is sent, by means that are not in the command. */
const leftOut: ReadonlyMap<string, string> = new Map([
  ['config', 'The configuration file'],
  ['netrc', 'The file .netrc with credentials'],
  ['netrc-file', 'The file with credentials'],
  ['netrc-optional', 'The file .netrc with credentials'],
  ['variable', 'The variable'],
]);

function theUrl(
  urls: readonly string[],
  options: CurlOptions,
  assumed: 'http' | 'https',
  notes: string[],
): UrlParts {
  const [url] = urls;
  if (url === undefined) {
    throw new AppError('bad-input', 'The curl command has no URL.', {
      hint: 'Was the command pasted whole? An unquoted "&", ";" or "#" ends it early.',
    });
  }
  if (urls.length > 1) {
    const shown = urls.slice(0, 4).map((one) => `"${printable(shownWord(one), 60)}"`);
    throw new AppError(
      'bad-input',
      `curl takes ${urls.length} words of the command for URLs: ${shown.join(', ')}.`,
      {
        hint: 'Put values with spaces in quotes, and give one request at a time.',
      },
    );
  }
  const parts = readUrl(url, assumed);
  if (/\s/.test(url.trim())) notes.push('The URL has a space: curl refuses such a URL and sends nothing.');
  const target = options.get('request-target');
  if (target !== undefined) {
    const { path, query } = readUrl(target.startsWith('/') ? target : `/${target}`);
    return { ...parts, path, query };
  }
  const file = options.get('upload-file');
  // curl names the upload after its file where the URL ends with a slash.
  const named = file !== undefined && file !== '-' && file !== '.' && parts.path.endsWith('/');
  return named ? { ...parts, path: parts.path + encodeURIComponent(file.split('/').at(-1) ?? '') } : parts;
}

function method(options: CurlOptions, body: CurlBody, notes: string[]): string {
  const given = options.get('request');
  if (given !== undefined && !/^[A-Za-z][\w-]*$/.test(given) && !given.startsWith('$')) {
    throw new AppError('bad-input', `"${printable(given, 40)}" (-X) is no method of HTTP.`, {
      hint: 'Such as -X POST.',
    });
  }
  if (given !== undefined && given !== given.toUpperCase()) {
    notes.push(
      `curl sends the method as it is written, ${printable(given, 20)}; HTTP knows methods in capitals.`,
    );
  }
  if (given !== undefined) return given.toUpperCase();
  if (options.has('head')) return 'HEAD';
  if (options.has('upload-file')) return 'PUT';
  return options.has('get') || body.kind === 'none' ? 'GET' : 'POST';
}

type CurlOptions = ReadonlyMap<CurlArguments['options'][number]['name'], string>;

/** `given`: of the header; null where it is taken off with `-H 'Content-Type:'`. */
function contentType(given: string | null | undefined, body: CurlBody, inUrl: boolean): string | undefined {
  if (given !== undefined) return given ?? undefined;
  if (body.json) return 'application/json';
  if (inUrl || body.kind === 'none') return undefined;
  return body.kind === 'form'
    ? 'multipart/form-data'
    : body.uploaded
      ? undefined
      : 'application/x-www-form-urlencoded';
}

function addedQuery(value: string, readFile: ReadFile, notes: string[]): string[] {
  if (value.startsWith('+')) return [value.slice(1)];
  const piece = urlencoded(value, readFile);
  if ('text' in piece) return [piece.text];
  notes.push(`A part of the query is not known: ${piece.why}.`);
  return [];
}

/** curl removes dot segments (RFC 3986 5.2.4) unless it is told to leave them. */
function sentPath(path: string, options: CurlOptions): string {
  if (options.has('path-as-is') || !/\/\.\.?(?:\/|$)/.test(path)) return path;
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  const directory = /\/\.\.?$/.test(path);
  return `/${kept.join('/')}${directory && kept.length > 0 ? '/' : ''}`;
}

/** A key that stands apart from its header is taken for a URL, too. */
function shownWord(word: string): string {
  const isUrl = word.includes('://') || (/[./]/.test(word) && !looksSecret(word) && !looksRandom(word));
  return isUrl ? shownUrl(word) : `${word.slice(0, 3)}…`;
}
