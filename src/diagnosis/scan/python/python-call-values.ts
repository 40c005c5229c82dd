import type { SyntaxNode } from '@lezer/common';
import { type Evaluator, joinTexts } from '../evaluate.ts';
import type { SourceEntry, SourceValue } from '../source-value.ts';
import { groupsOf, spanOf, textOf } from '../syntax.ts';
import { braceFormat } from './python-format.ts';

const clients = /^(?:Client|AsyncClient|Session|ClientSession|session)$/;
const sameText = new Set(['strip', 'rstrip', 'lstrip', 'lower', 'removesuffix']);

export interface Arguments {
  readonly positional: readonly SourceValue[];
  readonly named: ReadonlyMap<string, SourceValue>;
  /** `**options`: more may be given than is written. */
  readonly open: boolean;
}

export function readArguments(evaluator: Evaluator, node: SyntaxNode): Arguments {
  const positional: SourceValue[] = [];
  const named = new Map<string, SourceValue>();
  let open = false;
  const list = node.getChild('ArgList');
  for (const group of list ? groupsOf(list) : []) {
    const [first, sign, third] = group;
    if (!first) continue;
    if (first.name === '**' || first.name === '*') {
      const spread = sign && evaluator.value(sign);
      if (first.name === '**' && spread?.kind === 'object' && !spread.open) {
        for (const { name, value } of spread.entries) named.set(name, value);
      } else open = true;
    } else if (sign?.name === 'AssignOp' && third) {
      named.set(textOf(evaluator.syntax, first), evaluator.value(third));
    } else positional.push(evaluator.value(first));
  }
  return { positional, named, open };
}

/** What a call gives that a request may be made of: json.dumps(…), os.getenv(…, '…'), httpx.Client(…), '…'.format(…). */
export function readPythonCall(evaluator: Evaluator, node: SyntaxNode): SourceValue | undefined {
  const { syntax } = evaluator;
  const callee = node.firstChild;
  if (!callee) return undefined;
  const span = spanOf(syntax, node);
  const given = readArguments(evaluator, node);
  const [first, second] = given.positional;
  const written = textOf(syntax, callee);
  if (/^(?:json\.)?dumps$/.test(written) && first) return { kind: 'encoded', as: 'json', value: first, span };
  if (/urlencode$/.test(written) && first) return { kind: 'encoded', as: 'form', value: first, span };
  if (/(?:getenv|environ\.get|config\.get)$/.test(written)) {
    const fallback = second ?? given.named.get('default');
    return fallback?.kind === 'text' ? fallback : undefined;
  }
  if (/urljoin$/.test(written) && first && second) return joinTexts(evaluator, [first, second], span);
  if (written === 'dict' && given.positional.length === 0) {
    return { kind: 'object', entries: namedEntries(node, evaluator), open: given.open, span };
  }
  if (written === 'str' && first) return first.kind === 'text' ? first : undefined;
  const made = evaluator.value(callee);
  if (made.kind === 'library' && isClient(made.module, made.member)) {
    return {
      kind: 'client',
      base: given.named.get('base_url') ?? (made.module === 'aiohttp' ? first : undefined),
      headers: given.named.get('headers'),
      query: given.named.get('params'),
      span,
    };
  }
  if (callee.name !== 'MemberExpression' || !callee.firstChild || !callee.lastChild) return undefined;
  const method = textOf(syntax, callee.lastChild);
  const owner = evaluator.value(callee.firstChild);
  if (method === 'format') return braceFormat(evaluator, owner, given.positional, given.named, span);
  if (method === 'encode' || method === 'copy') return owner.kind === 'unknown' ? undefined : owner;
  return sameText.has(method) && owner.kind === 'text' ? owner : undefined;
}

function isClient(module: string, member: string | undefined): boolean {
  return /^(?:httpx|requests|aiohttp)(?:\.|$)/.test(module) && member !== undefined && clients.test(member);
}

function namedEntries(node: SyntaxNode, evaluator: Evaluator): SourceEntry[] {
  const list = node.getChild('ArgList');
  return (list ? groupsOf(list) : []).flatMap(([name, sign, value]): SourceEntry[] => {
    if (!name || sign?.name !== 'AssignOp' || !value) return [];
    const key = spanOf(evaluator.syntax, name);
    return [
      {
        name: textOf(evaluator.syntax, name),
        key,
        span: { from: key.from, to: spanOf(evaluator.syntax, value).to },
        shorthand: false,
        value: evaluator.value(value),
      },
    ];
  });
}
