import { bodyOf, mediaType, readJson } from './body-of.ts';
import type { SentBody } from './exchange.ts';
import type { ReadFile } from './find-curl.ts';
import { formFields } from './form-text.ts';

/** A part of what `-d` and its kin put together, or why it is not known. */
type Piece = { readonly text: string; readonly glued: boolean } | { readonly why: string };

/** Gathers the body options of a curl command, and sends them as curl does. */
export interface CurlBody {
  /** Whether this option is about the body; if so it is taken in. */
  take(name: string, value: string): boolean;
  readonly kind: 'none' | 'data' | 'form';
  /** Of `--json`. */
  readonly json: boolean;
  /** Of `-T`: curl gives it no content type. */
  readonly uploaded: boolean;
  /** What is put into the URL with `-G`; `undefined` where a part is not known. */
  text(): string | undefined;
  /** `contentType`: the header's value, as it is sent. */
  body(contentType: string | undefined): SentBody;
}

export function createCurlBody(readFile: ReadFile): CurlBody {
  const pieces: Piece[] = [];
  const parts: [name: string, value: unknown][] = [];
  let json = false;
  let uploaded = false;

  function file(name: string): Piece {
    const text = readFile(name);
    return text === undefined ? { why: unread(name) } : { text, glued: false };
  }

  function add(name: string, value: string): boolean {
    switch (name) {
      case 'data':
      case 'data-ascii': {
        const piece = value.startsWith('@') ? file(value.slice(1)) : { text: value, glued: false };
        // curl strips these from files, not from what is given on its command line.
        return push(
          'text' in piece && value.startsWith('@')
            ? { ...piece, text: piece.text.replace(/[\r\n\0]/g, '') }
            : piece,
        );
      }
      case 'data-raw':
        return push({ text: value, glued: false });
      case 'data-binary':
        return push(value.startsWith('@') ? file(value.slice(1)) : { text: value, glued: false });
      case 'json': {
        json = true;
        const piece = value.startsWith('@') ? file(value.slice(1)) : { text: value, glued: true };
        return push('text' in piece ? { ...piece, glued: true } : piece);
      }
      case 'data-urlencode':
        return push(urlencoded(value, readFile));
      case 'upload-file':
        uploaded = true;
        return push(value === '.' ? file('-') : file(value));
      case 'form':
      case 'form-string':
        parts.push(formPart(value, name === 'form-string', readFile));
        return true;
      default:
        return false;
    }
  }

  function push(piece: Piece): true {
    pieces.push(piece);
    return true;
  }

  function text(): string | undefined {
    let joined = '';
    for (const [index, piece] of pieces.entries()) {
      if (!('text' in piece)) return undefined;
      joined += index === 0 || piece.glued ? piece.text : `&${piece.text}`;
    }
    return joined;
  }

  return {
    take: add,
    get kind() {
      return parts.length > 0 ? 'form' : pieces.length > 0 ? 'data' : 'none';
    },
    get json() {
      return json;
    },
    get uploaded() {
      return uploaded;
    },
    text,
    body(contentType) {
      if (parts.length > 0) return { kind: 'form', encoding: 'multipart', value: formFields(parts) };
      const whole = text();
      const why = pieces.find((piece) => 'why' in piece);
      if (whole === undefined) return { kind: 'unread', why: why && 'why' in why ? why.why : 'not known' };
      return bodyOf(whole, contentType);
    },
  };
}

/** `--data-urlencode` and `--url-query`: content, =content, name=content, @file, name@file; `name` counts as encoded already. */
export function urlencoded(value: string, readFile: ReadFile): Piece {
  const equals = value.indexOf('=');
  const split = equals === -1 ? value.indexOf('@') : equals;
  const name = split === -1 ? '' : value.slice(0, split);
  const rest = value.slice(split + 1);
  const content = equals === -1 && split !== -1 ? readFile(rest) : rest;
  if (content === undefined) return { why: unread(rest) };
  const encoded = encodeURIComponent(content.toWellFormed());
  return { text: name === '' ? encoded : `${name}=${encoded}`, glued: false };
}

/** `-F name=content`, `name=@file;type=…;filename=…`, `name=<file`. */
function formPart(value: string, literal: boolean, readFile: ReadFile): [name: string, value: unknown] {
  const equals = value.indexOf('=');
  const name = equals === -1 ? value : value.slice(0, equals);
  const content = equals === -1 ? '' : value.slice(equals + 1);
  if (literal) return [name, content];
  const source = /^[@<]/.exec(content)?.[0];
  const { text, parameters } = formContent((source === undefined ? content : content.slice(1)).trimStart());
  if (source === '@') return [name, { file: parameters.get('filename') ?? text }];
  const known = source === '<' ? (readFile(text) ?? `<${text}>`) : text;
  const parsed = /\bjson$/.test(mediaType(parameters.get('type')) ?? '') ? readJson(known) : undefined;
  return [name, parsed?.kind === 'json' ? parsed.value : known];
}

/** A semicolon ends the content, unless it stands in double quotes; quotes and backslashes in those have a backslash. */
function formContent(text: string): { text: string; parameters: ReadonlyMap<string, string> } {
  const quoted = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(text);
  const end = quoted ? quoted[0].length : text.indexOf(';');
  const content = quoted
    ? (quoted[1] ?? '').replace(/\\(["\\])/g, '$1')
    : text.slice(0, end === -1 ? undefined : end);
  const rest = end === -1 ? '' : text.slice(end);
  const parameters = [...rest.matchAll(/;\s*([a-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g)].map(
    ([, name = '', inQuotes, plain = '']) => [name, inQuotes ?? plain.trim()] as const,
  );
  return { text: content, parameters: new Map(parameters) };
}

function unread(name: string): string {
  return name === '-'
    ? 'it comes from standard input'
    : `it comes from the file ${name}, which cannot be read here`;
}
