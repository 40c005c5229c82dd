import type { SyntaxNode } from '@lezer/common';
import { type Evaluator, joinTexts } from '../evaluate.ts';
import { joinUrl } from '../join-url.ts';
import { entryOf, type SourceValue, wholeText } from '../source-value.ts';
import { groupsOf, spanOf, textOf } from '../syntax.ts';

const sameText = new Set(['toString', 'trim', 'replace', 'toLowerCase', 'trimEnd']);

/** What a call gives that a request may be made of: JSON.stringify(…), new URL(…), axios.create(…). */
export function readCallExpression(evaluator: Evaluator, node: SyntaxNode): SourceValue | undefined {
  const { syntax } = evaluator;
  const span = spanOf(syntax, node);
  const callee = calleeOf(node);
  const given = givenTo(node).map((argument) => evaluator.value(argument));
  if (!callee) return undefined;
  const [first, second] = given;
  const written = textOf(syntax, callee);
  if (node.name === 'NewExpression') {
    if (written === 'URL' && first) return second ? joinUrl(originFor(second, first), first, span) : first;
    if (written === 'URLSearchParams' && first) return { kind: 'encoded', as: 'form', value: first, span };
    if (written === 'Headers' && first) return first;
    return undefined;
  }
  if (written === 'JSON.stringify' && first) return { kind: 'encoded', as: 'json', value: first, span };
  if (written === 'String' && first) return first.kind === 'unknown' ? undefined : first;
  if (written === 'require' && first?.kind === 'text') {
    const [part] = first.parts;
    const module = part?.kind === 'literal' ? part.text.replace(/^node:/, '') : '';
    return { kind: 'library', module, member: undefined, span };
  }
  if (written === 'Object.freeze' && first) return first;
  if (callee.name !== 'MemberExpression' || !callee.firstChild || !callee.lastChild) return undefined;
  const method = textOf(syntax, callee.lastChild);
  const owner = evaluator.value(callee.firstChild);
  if (method === 'create' && isAxios(owner)) {
    return {
      kind: 'client',
      base: entryOf(first, 'baseURL')?.value,
      headers: entryOf(first, 'headers')?.value,
      query: entryOf(first, 'params')?.value,
      span,
    };
  }
  if (method === 'concat' && first) return joinTexts(evaluator, [owner, ...given], span);
  if (method === 'join') return joined(evaluator, owner, first, span);
  return sameText.has(method) && owner.kind === 'text' ? owner : undefined;
}

/** `new URL('/a', base)` leaves the path of the base behind. */
function originFor(base: SourceValue, url: SourceValue): SourceValue {
  const [first] = url.kind === 'text' ? url.parts : [];
  const origin = /^[a-z]+:\/\/[^/?#]+/i.exec(wholeText(base) ?? '')?.[0];
  if (origin === undefined || first?.kind !== 'literal' || !first.text.startsWith('/')) return base;
  return { kind: 'text', parts: [{ kind: 'literal', text: origin, span: undefined }], span: base.span };
}

/** `['a', b].join('/')`. */
function joined(
  evaluator: Evaluator,
  owner: SourceValue,
  separator: SourceValue | undefined,
  span: SourceValue['span'],
): SourceValue | undefined {
  if (owner.kind !== 'list' || owner.open || separator?.kind !== 'text') return undefined;
  const pieces = owner.items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
  return joinTexts(evaluator, pieces, span);
}

/** What is called, without type arguments. */
export function calleeOf(node: SyntaxNode): SyntaxNode | undefined {
  let callee = node.firstChild;
  if (callee?.name === 'new') callee = callee.nextSibling;
  while (callee?.name === 'InstantiationExpression' || callee?.name === 'ParenthesizedExpression') {
    callee =
      callee.name === 'ParenthesizedExpression'
        ? (callee.firstChild?.nextSibling ?? null)
        : callee.firstChild;
  }
  return callee ?? undefined;
}

/** Arguments by position; what a spread brings is left out. */
export function givenTo(node: SyntaxNode): SyntaxNode[] {
  const list = node.getChild('ArgList');
  return list ? groupsOf(list).flatMap(([first]) => (first && first.name !== 'Spread' ? [first] : [])) : [];
}

/** The library itself, however it was imported. */
export function isAxios(value: SourceValue): boolean {
  return value.kind === 'library' && value.module === 'axios' && value.member !== 'isAxiosError';
}
