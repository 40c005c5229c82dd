import type { SyntaxNode } from '@lezer/common';
import type { Evaluator } from '../evaluate.ts';
import type { FoundBody, FoundCall, UnreadCall } from '../found-call.ts';
import { isAbsolute } from '../join-url.ts';
import { knownHost } from '../known-host.ts';
import { entryOf, type SourceValue, wholeText } from '../source-value.ts';
import { spanOf } from '../syntax.ts';
import { givenTo } from './javascript-call-values.ts';

/** `fetch(url, init)` and `new Request(url, init)`, as the Fetch standard has them. */
export function readFetchCall(
  evaluator: Evaluator,
  node: SyntaxNode,
  via: string,
): FoundCall | UnreadCall | undefined {
  const [first, second] = givenTo(node);
  if (!first) return undefined;
  const span = spanOf(evaluator.syntax, node);
  const written = evaluator.value(first);
  const url = written.kind === 'encoded' ? written.value : written;
  const init = second && evaluator.value(second);
  const unread = (why: string): UnreadCall => ({ via, span, why, host: knownHost(url) });
  if (url.kind !== 'text') return unread('its URL is not written in this file');
  // A path alone goes to the server that the page came from.
  if (url.parts[0]?.kind === 'literal' && !isAbsolute(url)) return undefined;
  if (init && init.kind !== 'object') return unread('its options are not written in this file');
  const given = entryOf(init, 'method');
  const method = given ? wholeText(given.value) : init?.open ? undefined : 'GET';
  if (method === undefined) return unread('its method is not written in this file');
  const headers = entryOf(init, 'headers')?.value;
  const body = entryOf(init, 'body')?.value;
  return {
    language: 'javascript',
    via,
    span,
    method: { name: method.toUpperCase(), span: given && insideQuotes(given.value) },
    url,
    query: undefined,
    headers,
    moreHeaders: init?.open === true,
    body: body ? readFetchBody(body) : openBody(init),
    // The standard sends text with this type when no header says otherwise.
    contentType: body && body.kind === 'encoded' && body.as === 'json' ? 'text/plain' : undefined,
    shared: evaluator.shared,
  };
}

export function readFetchBody(value: SourceValue): FoundBody {
  if (value.kind === 'encoded') return { as: value.as, value: value.value };
  return { as: 'text', value };
}

/** With a spread among the options there may be a body as well. */
export function openBody(init: SourceValue | undefined): FoundBody | undefined {
  if (init?.kind !== 'object' || !init.open) return undefined;
  return { as: 'text', value: { kind: 'unknown', expression: '…', span: init.span } };
}

/** Of a text that is one literal: what may be replaced by another text. */
export function insideQuotes(value: SourceValue): SourceValue['span'] | undefined {
  const [part] = value.kind === 'text' && value.parts.length === 1 ? value.parts : [];
  return part?.kind === 'literal' ? part.span : undefined;
}
