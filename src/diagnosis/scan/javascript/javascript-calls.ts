import type { SyntaxNode } from '@lezer/common';
import { collectCalls } from '../collect-calls.ts';
import type { Evaluator } from '../evaluate.ts';
import type { FoundCall, Reading, UnreadCall } from '../found-call.ts';
import { knownHost } from '../known-host.ts';
import { resolve } from '../scopes.ts';
import { entryOf } from '../source-value.ts';
import { spanOf, textOf } from '../syntax.ts';
import { readAxiosCall } from './axios-call.ts';
import { readFetchCall } from './fetch-call.ts';
import { calleeOf, givenTo, isAxios } from './javascript-call-values.ts';

const verbs = new Set(['get', 'delete', 'head', 'options', 'post', 'put', 'patch', 'request']);
const fetchers = /^(?:(?:globalThis|window|self|global)\.)?fetch$/;
const fetchModules = new Set(['node-fetch', 'undici', 'cross-fetch', 'isomorphic-fetch', 'ofetch']);

/** Every call of a file that sends a request, as far as it can be told. */
export function javascriptCalls(evaluator: Evaluator): Reading {
  return collectCalls(evaluator, ['CallExpression', 'NewExpression'], readCall);
}

function readCall(evaluator: Evaluator, node: SyntaxNode): FoundCall | UnreadCall | undefined {
  const { syntax } = evaluator;
  const callee = calleeOf(node);
  if (!callee) return undefined;
  const written = textOf(syntax, callee);
  if (node.name === 'NewExpression') {
    return written === 'Request' ? readFetchCall(evaluator, node, 'new Request') : undefined;
  }
  if (fetchers.test(written) || isFetch(evaluator, callee)) {
    const [first] = givenTo(node);
    const request = first && requestBehind(evaluator, first);
    return request ? undefined : readFetchCall(evaluator, node, 'fetch');
  }
  if (wrapsFetch(evaluator, node, written)) return readFetchCall(evaluator, node, written);
  if (callee.name === 'VariableName') {
    const value = evaluator.value(callee);
    if (isAxios(value) || value.kind === 'client') return readAxiosCall(evaluator, node, value, undefined);
    return undefined;
  }
  if (callee.name !== 'MemberExpression' || !callee.firstChild || !callee.lastChild) return undefined;
  const verb = textOf(syntax, callee.lastChild);
  const owner = evaluator.value(callee.firstChild);
  if (owner.kind === 'library' && /^https?$/.test(owner.module))
    return unreadRequest(evaluator, node, written);
  if (!verbs.has(verb)) return undefined;
  if (isAxios(owner) || owner.kind === 'client') {
    return readAxiosCall(evaluator, node, owner, { name: verb, span: spanOf(syntax, callee.lastChild) });
  }
  return unreadRequest(evaluator, node, written);
}

/** A client by another name would be read wrongly: where its URL names a host, it is listed. */
function unreadRequest(evaluator: Evaluator, node: SyntaxNode, via: string): UnreadCall | undefined {
  const [first] = givenTo(node);
  const host = first && knownHost(evaluator.value(first));
  if (host === undefined) return undefined;
  return {
    via: via.replace(/\s+/g, '').slice(0, 60),
    span: spanOf(evaluator.syntax, node),
    why: 'how this client sends its payload is not known here',
    host,
  };
}

function isFetch(evaluator: Evaluator, callee: SyntaxNode): boolean {
  if (callee.name !== 'VariableName') return false;
  const value = evaluator.value(callee);
  return value.kind === 'library' && fetchModules.has(value.module) && value.member !== 'Headers';
}

/** `fetchWithRetry(url, init)`, `this.fetchImpl(url, init)`: by its name, and by options as fetch has them. */
function wrapsFetch(evaluator: Evaluator, node: SyntaxNode, written: string): boolean {
  if (!/^[\w$.]{0,60}fetch\w{0,30}$/i.test(written)) return false;
  const [, options] = givenTo(node);
  if (options?.name !== 'ObjectExpression') return false;
  const init = evaluator.value(options);
  return ['method', 'headers', 'body'].some((name) => entryOf(init, name) !== undefined);
}

/** `fetch(request)`: the `new Request(…)` is reported, and the call is not reported again. */
function requestBehind(evaluator: Evaluator, node: SyntaxNode): boolean {
  const { syntax, names } = evaluator;
  const made = node.name === 'VariableName' ? resolve(names, textOf(syntax, node), node.from)?.value : node;
  return made?.name === 'NewExpression' && /^new\s+Request\b/.test(textOf(syntax, made));
}
