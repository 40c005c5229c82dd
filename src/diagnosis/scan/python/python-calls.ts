import type { SyntaxNode } from '@lezer/common';
import { collectCalls } from '../collect-calls.ts';
import type { Evaluator } from '../evaluate.ts';
import type { FoundBody, FoundCall, Reading, UnreadCall } from '../found-call.ts';
import { isAbsolute, joinUrl } from '../join-url.ts';
import { knownHost } from '../known-host.ts';
import { mergeObjects } from '../merge-objects.ts';
import { type SourceValue, type Span, wholeText } from '../source-value.ts';
import { spanOf, textOf } from '../syntax.ts';
import { type Arguments, readArguments } from './python-call-values.ts';

const verbs = new Set(['get', 'delete', 'head', 'options', 'post', 'put', 'patch']);
/** The method is their first argument. */
const asking = new Set(['request', 'stream', 'Request', 'build_request']);

/** Every call of a Python file that sends a request, as far as it can be told. */
export function pythonCalls(evaluator: Evaluator): Reading {
  return collectCalls(evaluator, ['CallExpression'], readCall);
}

function readCall(evaluator: Evaluator, node: SyntaxNode): FoundCall | UnreadCall | undefined {
  const { syntax } = evaluator;
  const callee = node.firstChild;
  if (!callee) return undefined;
  const target = evaluator.value(callee);
  const last = callee.name === 'MemberExpression' ? callee.lastChild : callee;
  if (!last) return undefined;
  const via = textOf(syntax, callee).replace(/\s+/g, '').slice(0, 60);
  const verb = { name: textOf(syntax, last), span: spanOf(syntax, last) };
  if (target.kind === 'library') {
    const name = target.member?.split('.').at(-1);
    const known = /^(?:requests|httpx)(?:\.|$)/.test(target.module);
    if (known && name && (verbs.has(name) || asking.has(name))) {
      return readRequest(evaluator, node, via, { ...verb, name }, undefined);
    }
    if (/^urllib/.test(target.module) && name && /^(?:Request|urlopen)$/.test(name)) {
      return unreadRequest(evaluator, node, via);
    }
    return undefined;
  }
  if (callee.name !== 'MemberExpression' || !callee.firstChild) return undefined;
  if (!verbs.has(verb.name) && !asking.has(verb.name)) return undefined;
  const owner = evaluator.value(callee.firstChild);
  if (owner.kind === 'client') return readRequest(evaluator, node, via, verb, owner);
  // Requests, HTTPX and aiohttp name their arguments alike; whose session it is does not matter then.
  const given = readArguments(evaluator, node);
  const url = given.positional[asking.has(verb.name) ? 1 : 0] ?? given.named.get('url');
  if (owner.kind !== 'unknown' || knownHost(url) === undefined) return undefined;
  return readRequest(evaluator, node, via, verb, { kind: 'client', ...nothing, span: owner.span });
}

const nothing = { base: undefined, headers: undefined, query: undefined };

function unreadRequest(evaluator: Evaluator, node: SyntaxNode, via: string): UnreadCall | undefined {
  const host = knownHost(readArguments(evaluator, node).positional[0]);
  if (host === undefined) return undefined;
  const span = spanOf(evaluator.syntax, node);
  return { via, span, why: 'how this client sends its payload is not known here', host };
}

function readRequest(
  evaluator: Evaluator,
  node: SyntaxNode,
  via: string,
  verb: { readonly name: string; readonly span: Span },
  client: (SourceValue & { kind: 'client' }) | undefined,
): FoundCall | UnreadCall | undefined {
  const given = readArguments(evaluator, node);
  const asks = asking.has(verb.name);
  const span = spanOf(evaluator.syntax, node);
  const positional = [...given.positional];
  const asked = asks ? (given.named.get('method') ?? positional.shift()) : undefined;
  const written = given.named.get('url') ?? positional.shift();
  const url = written && joinUrl(client?.base, written, span);
  const unread = (why: string): UnreadCall => ({ via, span, why, host: knownHost(url ?? client?.base) });
  if (!url) return unread('its URL is not written in this file');
  if (client?.base === undefined && !isAbsolute(url) && url.parts[0]?.kind === 'literal') return undefined;
  const method = asks ? wholeText(asked) : verb.name;
  if (method === undefined) return unread('its method is not written in this file');
  const headers = mergeObjects(client?.headers, given.named.get('headers'));
  const withData = /^(?:post|put|patch)$/.test(verb.name);
  const body = readBody(given, withData ? positional : [], span);
  return {
    language: 'python',
    via,
    span,
    method: { name: method.toUpperCase(), span: asks ? quoted(asked) : verb.span },
    url,
    query: mergeObjects(client?.query, given.named.get('params') ?? (withData ? undefined : positional[0])),
    headers: given.named.has('auth') ? undefined : headers,
    // A session may have been given headers elsewhere, and `auth` makes one.
    moreHeaders: client !== undefined || given.open || given.named.has('auth'),
    body: body?.body,
    contentType: body?.contentType,
    shared: evaluator.shared,
  };
}

/** `json=` travels as JSON, a dictionary as `data=` as a form, everything else as it is. */
function readBody(
  given: Arguments,
  positional: readonly SourceValue[],
  span: Span,
): { body: FoundBody; contentType: string | undefined } | undefined {
  const json = given.named.get('json');
  if (json) return { body: { as: 'json', value: json }, contentType: 'application/json' };
  if (given.named.has('files')) {
    return { body: { as: 'text', value: unknownBody(span) }, contentType: 'multipart/form-data' };
  }
  const data = given.named.get('data') ?? given.named.get('content') ?? positional[0];
  if (data?.kind === 'encoded') return { body: { as: data.as, value: data.value }, contentType: undefined };
  if (data?.kind === 'object') {
    return { body: { as: 'form', value: data }, contentType: 'application/x-www-form-urlencoded' };
  }
  if (data) return { body: { as: 'text', value: data }, contentType: undefined };
  return given.open ? { body: { as: 'text', value: unknownBody(span) }, contentType: undefined } : undefined;
}

function unknownBody(span: Span): SourceValue {
  return { kind: 'unknown', expression: '…', span };
}

function quoted(value: SourceValue | undefined): Span | undefined {
  const [part] = value?.kind === 'text' && value.parts.length === 1 ? value.parts : [];
  return part?.kind === 'literal' ? part.span : undefined;
}
