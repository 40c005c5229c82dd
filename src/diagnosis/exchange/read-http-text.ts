import { AppError } from '../../kernel/errors.ts';
import { printable } from '../../kernel/printable.ts';
import { bodyOf, mediaType } from './body-of.ts';
import type { SentBody, SentRequest } from './exchange.ts';
import { headerValue, readHeaderLines } from './header-lines.ts';
import { readUrl } from './read-url.ts';

const requestLine =
  /^(?:([A-Za-z]+)[ \t]+)?((?:https?:\/\/|\/|\{\{|\$)\S*)(?:[ \t]+HTTP\/\d(?:\.\d)?)?[ \t]*$/;

/**
 * Reads a request as text: as it goes over the wire (`POST /path HTTP/1.1`, headers, an empty line, the body), or as editors keep it in
 * .http files (`POST https://…`, comments, `@name = value` for `{{name}}`, a query over several lines). Throws AppError `bad-input` where
 * it is none, or holds several.
 */
export function readHttpText(text: string): SentRequest {
  const filled = withVariables(text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'));
  const requests = filled.split(/^###.*$/m).filter((one) => withoutComments(one).trim() !== '');
  if (requests.length > 1) {
    throw new AppError('bad-input', `The text holds ${requests.length} requests (between ###).`, {
      hint: 'Give one of them.',
    });
  }
  const lines = withoutComments(requests[0] ?? '').replace(/^\s+/, '');
  const lineEnd = lines.search(/\n|$/);
  const line = requestLine.exec(lines.slice(0, lineEnd).trimEnd());
  if (!line) {
    throw new AppError('bad-input', `"${printable(lines.slice(0, lineEnd), 60)}" is no request line.`, {
      hint: 'Such as: POST https://api.example.com/v1/things',
    });
  }
  const more = /^(?:\n[ \t]+[?&][^\n]*)*/.exec(lines.slice(lineEnd))?.[0] ?? '';
  const { headers, end } = readHeaderLines(lines, lineEnd + more.length + 1);
  const url = readUrl((line[2] ?? '') + more.replace(/\s+/g, ''));
  const type = headerValue(headers, 'content-type');
  return {
    method: (line[1] ?? 'GET').toUpperCase(),
    scheme: url.scheme ?? 'https',
    host: headerValue(headers, 'host')?.toLowerCase() ?? url.host,
    path: url.path,
    query: url.query,
    headers,
    contentType: mediaType(type),
    body: readBody(lines.slice(end), type),
  };
}

function readBody(text: string, type: string | undefined): SentBody {
  // A script for the reply, and a reference to one that was kept: they belong to the editor.
  const plain = text.replace(/^(?:>\s*\{%|<>\s)[\s\S]*/m, '').replace(/\n+$/, '');
  const file = /^<@?\s+(\S.*)$/.exec(plain.trim())?.[1];
  return file === undefined
    ? bodyOf(plain, type)
    : { kind: 'unread', why: `it comes from the file ${printable(file, 80)}` };
}

/** Those before the body: a line of the body may begin as it likes. */
function withoutComments(text: string): string {
  const trimmed = text.replace(/^\s+/, '');
  const lines = trimmed.split('\n');
  let inHead = true;
  let begun = false;
  return lines
    .filter((line) => {
      if (!inHead) return true;
      const comment = /^(?:#|\/\/)/.test(line) || /^@[\w.-]+\s*=/.test(line);
      if (begun && line.trim() === '') inHead = false;
      if (!comment && line.trim() !== '') begun = true;
      return !comment && (begun || line.trim() !== '');
    })
    .join('\n');
}

function withVariables(text: string): string {
  const values = new Map(
    [...text.matchAll(/^@([\w.-]+)\s*=\s*(.*)$/gm)].map(([, name, value]) => [name, value?.trim()]),
  );
  if (values.size === 0) return text;
  // One variable may be made of others; three rounds are more than anyone writes.
  let filled = text;
  for (let round = 0; round < 3 && filled.length < text.length * 10; round++) {
    filled = filled.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name) => values.get(name) ?? whole);
  }
  return filled;
}
