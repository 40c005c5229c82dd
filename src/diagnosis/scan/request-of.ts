import { AppError } from '../../kernel/errors.ts';
import { bodyOf, mediaType } from '../exchange/body-of.ts';
import type { SentBody, SentRequest } from '../exchange/exchange.ts';
import { readQuery, readUrl } from '../exchange/read-url.ts';
import { bodyValue, formValue, mixedText } from './body-value.ts';
import type { FoundCall } from './found-call.ts';
import type { SourceText, SourceValue } from './source-value.ts';
import { createUnknownNames, type UnknownNames, unknownHeader, unknownValue } from './unknown-value.ts';

/** The request that a call sends, as far as its source says it. */
export interface SourceRequest {
  readonly request: SentRequest;
  readonly names: UnknownNames;
  /** The URL begins with something that is not written in the file: the host is not known. */
  readonly baseUnknown: boolean;
  /** More may be sent than is written. */
  readonly open: { readonly headers: boolean; readonly query: boolean; readonly body: boolean };
}

/** Throws AppError `bad-input` where the URL is none. */
export function requestOf(call: FoundCall): SourceRequest {
  const names = createUnknownNames();
  const url = urlText(call.url, names);
  const parts = readUrl(url);
  const hostUnknown = parts.host === '' || /[<>{}$]/.test(parts.host);
  const query = call.query ? queryPairs(call.query, names) : [];
  const headers = readHeaders(call, names);
  const body = readBody(call, names);
  return {
    names,
    baseUnknown: hostUnknown,
    open: {
      headers: headers.open,
      query: isOpen(call.query),
      body: isOpen(call.body?.value),
    },
    request: {
      method: call.method.name,
      scheme: parts.scheme ?? 'https',
      host: hostUnknown ? '' : parts.host,
      path: parts.path,
      query: [...parts.query, ...query],
      headers: headers.open && headers.list.length === 0 ? undefined : headers.list,
      contentType: headers.contentType,
      body,
    },
  };
}

/** With `<name>` for what is not known. */
function urlText(url: SourceText, names: UnknownNames): string {
  const text = mixedText(url, names, unknownValue);
  if (text === '') throw new AppError('bad-input', 'The URL is empty.');
  return text;
}

function queryPairs(value: SourceValue, names: UnknownNames): [string, string][] {
  if (value.kind === 'encoded') return queryPairs(value.value, names);
  if (value.kind === 'text') return readQuery(mixedText(value, names, unknownValue).replace(/^\?/, ''));
  if (value.kind !== 'object') return [];
  return value.entries.flatMap(({ name, value: own }): [string, string][] => {
    if (own.kind === 'plain' && own.value === null) return [];
    if (own.kind === 'list') return own.items.map((item) => [name, String(bodyValue(item, names))]);
    const sent = bodyValue(own, names);
    return sent === undefined ? [] : [[name, typeof sent === 'object' ? JSON.stringify(sent) : String(sent)]];
  });
}

function readHeaders(call: FoundCall, names: UnknownNames) {
  const { headers } = call;
  const entries = headers?.kind === 'object' ? headers.entries : [];
  const open = call.moreHeaders || (headers !== undefined && (headers.kind !== 'object' || headers.open));
  const list = entries.flatMap(({ name, value }): [string, string][] => {
    const sent =
      value.kind === 'text'
        ? mixedText(value, names, unknownHeader)
        : value.kind === 'unknown'
          ? unknownHeader(names.nameOf(value.expression))
          : bodyValue(value, names);
    return sent === undefined || sent === null ? [] : [[name, String(sent)]];
  });
  const given = list.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  // With headers that are not written here the library's own type may not be the last word.
  const implied = open && call.contentType === 'text/plain' ? undefined : call.contentType;
  return { list, open, contentType: mediaType(given ?? implied) };
}

function readBody(call: FoundCall, names: UnknownNames): SentBody {
  const { body } = call;
  if (!body) return { kind: 'none' };
  const { value } = body;
  if (value.kind === 'unknown') {
    if (value.expression === 'undefined') return { kind: 'none' };
    return { kind: 'unread', why: 'it is not written in this file' };
  }
  if (value.kind === 'plain' && value.value === null) return { kind: 'none' };
  if (body.as === 'form') {
    const form = formValue(value, names);
    return form
      ? { kind: 'form', encoding: 'urlencoded', value: form }
      : { kind: 'unread', why: 'it is not written in this file' };
  }
  if (body.as === 'json') return { kind: 'json', value: bodyValue(value, names) };
  if (value.kind !== 'text') return { kind: 'unread', why: 'what it is made of is not written in this file' };
  return bodyOf(mixedText(value, names, unknownValue), call.contentType);
}

/** Anywhere in it there may be more than is written. */
function isOpen(value: SourceValue | undefined, depth = 0): boolean {
  if (!value || depth > 50) return false;
  if (value.kind === 'encoded') return isOpen(value.value, depth + 1);
  if (value.kind === 'unknown') return true;
  if (value.kind === 'list') return value.open || value.items.some((item) => isOpenObject(item, depth));
  if (value.kind === 'object') {
    return value.open || value.entries.some((entry) => isOpenObject(entry.value, depth));
  }
  return false;
}

function isOpenObject(value: SourceValue, depth: number): boolean {
  return (value.kind === 'object' || value.kind === 'list') && isOpen(value, depth + 1);
}
