import type { SyntaxNode } from '@lezer/common';
import type { Evaluator } from '../evaluate.ts';
import type { FoundBody, FoundCall, UnreadCall } from '../found-call.ts';
import { isAbsolute, joinUrl } from '../join-url.ts';
import { knownHost } from '../known-host.ts';
import { mergeObjects } from '../merge-objects.ts';
import { entryOf, type SourceValue, type Span, wholeText } from '../source-value.ts';
import { spanOf } from '../syntax.ts';
import { insideQuotes } from './fetch-call.ts';
import { givenTo } from './javascript-call-values.ts';

const withData = new Set(['post', 'put', 'patch']);

/** `axios(url, config)`, `axios(config)`, `axios.request(config)`, `axios.post(url, data, config)` and those of an instance. */
export function readAxiosCall(
  evaluator: Evaluator,
  node: SyntaxNode,
  owner: SourceValue,
  verb: { readonly name: string; readonly span: Span } | undefined,
): FoundCall | UnreadCall | undefined {
  const given = givenTo(node).map((argument) => evaluator.value(argument));
  const span = spanOf(evaluator.syntax, node);
  const own = verb?.name === 'request' ? undefined : verb;
  const via = `axios${verb ? `.${verb.name}` : ''}`;
  const [first] = given;
  if (!first) return undefined;
  const whole = own === undefined && first.kind !== 'text';
  const sendsData = own !== undefined && withData.has(own.name);
  const config = whole ? first : given[sendsData ? 2 : 1];
  const client = owner.kind === 'client' ? owner : undefined;
  const base = entryOf(config, 'baseURL')?.value ?? client?.base;
  const url = joinUrl(base, (whole ? entryOf(config, 'url')?.value : first) ?? first, span);
  const unread = (why: string): UnreadCall => ({ via, span, why, host: knownHost(url ?? base) });
  if (!url) return unread('its URL is not written in this file');
  if (base === undefined && !isAbsolute(url) && url.parts[0]?.kind === 'literal') return undefined;
  if (config && config.kind !== 'object') return unread('its configuration is not written in this file');
  const asked = own ? undefined : entryOf(config, 'method');
  const method = own?.name ?? (asked ? wholeText(asked.value) : config?.open ? undefined : 'get');
  if (method === undefined) return unread('its method is not written in this file');
  const data = sendsData ? given[1] : entryOf(config, 'data')?.value;
  const headers = mergeObjects(client?.headers, entryOf(config, 'headers')?.value);
  return {
    language: 'javascript',
    via,
    span,
    method: { name: method.toUpperCase(), span: own?.span ?? (asked && insideQuotes(asked.value)) },
    url,
    query: mergeObjects(client?.query, entryOf(config, 'params')?.value),
    headers: entryOf(config, 'auth') ? undefined : headers,
    // An instance may have interceptors, the library defaults of the process.
    moreHeaders: client !== undefined || config?.open === true || setsDefaults(evaluator),
    body: data && readAxiosBody(data),
    contentType: data?.kind === 'object' ? 'application/json' : undefined,
    shared: evaluator.shared,
  };
}

/** An object travels as JSON. */
function readAxiosBody(data: SourceValue): FoundBody {
  if (data.kind === 'encoded') return { as: data.as, value: data.value };
  return { as: data.kind === 'object' || data.kind === 'list' ? 'json' : 'text', value: data };
}

const withDefaults = new WeakMap<Evaluator, boolean>();

/** The file sets headers for all its requests, or changes them on their way. */
function setsDefaults(evaluator: Evaluator): boolean {
  const known = withDefaults.get(evaluator);
  if (known !== undefined) return known;
  const found = /\.defaults\b|\.interceptors\b/.test(evaluator.syntax.text);
  withDefaults.set(evaluator, found);
  return found;
}
