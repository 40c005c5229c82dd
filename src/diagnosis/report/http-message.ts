import type { ReceivedReply, SentRequest } from '../exchange/exchange.ts';
import { valueText } from './value-text.ts';

/** Longer than any request that a person reads. */
const maxBody = 20_000;

/** A request as HTTP/1.1 writes it, its body as indented JSON or as the pairs of a form. For people: nobody sends it. */
export function requestMessage(request: SentRequest): string {
  const { method, scheme, host, path, query, headers, contentType } = request;
  const target = path + queryText(query);
  const origin = host === '' ? '' : `${scheme}://${host}`;
  const shown = (headers ?? []).filter(([name]) => !/^(?:host|content-length|content-type)$/i.test(name));
  return [
    `${method} ${origin}${target}`,
    ...(contentType === undefined ? [] : [`content-type: ${contentType}`]),
    ...shown.map(([name, value]) => `${name}: ${value}`),
    ...bodyText(request),
  ].join('\n');
}

/** `404` and the body on a line, as far as they are known. */
export function replyText({ status, body }: ReceivedReply, maxLength = 300): string {
  const text = body === undefined ? '' : typeof body === 'string' ? body : valueText(body, maxLength);
  return [status === undefined ? '' : String(status), text].filter((part) => part !== '').join(' ');
}

function queryText(query: SentRequest['query']): string {
  if (query.length === 0) return '';
  // Only what would end the name or the value is encoded: this is for reading.
  const encoded = (text: string) =>
    text.toWellFormed().replace(/[\s&=#%+]/g, (mark) => encodeURIComponent(mark));
  return `?${query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')}`;
}

function bodyText({ body }: SentRequest): string[] {
  switch (body.kind) {
    case 'none':
      return [];
    case 'json':
      return ['', indented(body.value)];
    case 'form':
      return ['', ...Object.entries(body.value).map(([name, value]) => `${name}=${formText(value)}`)];
    case 'text':
      return ['', body.text.slice(0, maxBody)];
    case 'unread':
      return ['', `(not read: ${body.why})`];
  }
}

function formText(value: unknown): string {
  return typeof value === 'string' ? value : valueText(value);
}

function indented(value: unknown): string {
  const short = valueText(value, maxBody);
  // The short form is whole unless it was cut: only then does it no longer read as the same JSON.
  try {
    return JSON.stringify(JSON.parse(short), undefined, 2) ?? short;
  } catch {
    return short;
  }
}
