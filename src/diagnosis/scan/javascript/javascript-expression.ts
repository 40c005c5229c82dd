import type { SyntaxNode } from '@lezer/common';
import { type Evaluator, joinTexts, type ReadDefinition } from '../evaluate.ts';
import { knownValue, negativeNumber } from '../expression-values.ts';
import {
  entryOf,
  type SourceEntry,
  type SourceObject,
  type SourceValue,
  wholeText,
} from '../source-value.ts';
import { groupsOf, partsOf, spanOf, textOf } from '../syntax.ts';
import { readCallExpression } from './javascript-call-values.ts';
import { stringText } from './javascript-strings.ts';
import { readTemplate } from './javascript-template.ts';

/** What an expression of JavaScript or TypeScript comes to; `undefined` where the file does not say. */
export function readJavascriptExpression(evaluator: Evaluator, node: SyntaxNode): SourceValue | undefined {
  const { syntax } = evaluator;
  const span = spanOf(syntax, node);
  switch (node.name) {
    case 'String':
      return { kind: 'text', parts: [literalPart(evaluator, node)], span };
    case 'TemplateString':
      return readTemplate(evaluator, node);
    case 'Number': {
      const value = Number(textOf(syntax, node).replaceAll('_', ''));
      return Number.isNaN(value) ? undefined : { kind: 'plain', value, span };
    }
    case 'BooleanLiteral':
      return { kind: 'plain', value: textOf(syntax, node) === 'true', span };
    case 'null':
      return { kind: 'plain', value: null, span };
    case 'UnaryExpression':
      return negativeNumber(evaluator, node);
    case 'ParenthesizedExpression':
    case 'AwaitExpression':
    case 'PostfixExpression':
    case 'InstantiationExpression':
      return unwrapped(evaluator, node);
    case 'BinaryExpression':
      return readBinary(evaluator, node);
    case 'VariableName':
      return evaluator.named(textOf(syntax, node), node);
    case 'MemberExpression':
      return readMember(evaluator, node);
    case 'ArrayExpression':
      return readList(evaluator, node);
    case 'ObjectExpression':
      return readObject(evaluator, node);
    case 'CallExpression':
    case 'NewExpression':
      return readCallExpression(evaluator, node);
    default:
      return undefined;
  }
}

/** An import is its module; a parameter of a known type is an instance of which nothing else is known. */
export const readJavascriptDefinition: ReadDefinition = (evaluator, definition) => {
  const span = spanOf(evaluator.syntax, { from: definition.at, to: definition.at + definition.name.length });
  if (definition.from) return { kind: 'library', ...definition.from, span };
  if (definition.type && /^Axios(?:Instance|Static)?\b/.test(definition.type)) {
    return { kind: 'client', base: undefined, headers: undefined, query: undefined, span };
  }
  return undefined;
};

function literalPart(evaluator: Evaluator, node: SyntaxNode) {
  const written = textOf(evaluator.syntax, node);
  const text = stringText(written);
  const verbatim = written.slice(1, -1) === text;
  const inside = { from: node.from + 1, to: node.to - 1 };
  return { kind: 'literal', text, span: verbatim ? spanOf(evaluator.syntax, inside) : undefined } as const;
}

function unwrapped(evaluator: Evaluator, node: SyntaxNode): SourceValue | undefined {
  const inner = partsOf(node).find((part) => part.name !== 'await');
  if (!inner) return undefined;
  if (node.name === 'PostfixExpression' && textOf(evaluator.syntax, node).at(-1) !== '!') return undefined;
  return knownValue(evaluator.value(inner));
}

/** Concatenation; a default behind `??` or `||`; `as` and `satisfies` change nothing. */
function readBinary(evaluator: Evaluator, node: SyntaxNode): SourceValue | undefined {
  const [left, operator, right] = partsOf(node);
  if (!left || !operator || !right || right.type.isError) return undefined;
  const sign = textOf(evaluator.syntax, operator);
  if (sign === 'as' || sign === 'satisfies') return knownValue(evaluator.value(left));
  if (sign === '??' || sign === '||')
    return knownValue(evaluator.value(left)) ?? knownValue(evaluator.value(right));
  if (sign !== '+') return undefined;
  return joinTexts(
    evaluator,
    [evaluator.value(left), evaluator.value(right)],
    spanOf(evaluator.syntax, node),
  );
}

function readMember(evaluator: Evaluator, node: SyntaxNode): SourceValue | undefined {
  const object = node.firstChild;
  const last = node.lastChild;
  if (!object || !last) return undefined;
  const inner = last.name === ']' ? last.prevSibling : last;
  if (!inner) return undefined;
  const name = inner.name === 'String' ? stringText(textOf(evaluator.syntax, inner)) : undefined;
  const property = name ?? (/PropertyName$/.test(inner.name) ? textOf(evaluator.syntax, inner) : undefined);
  if (property === undefined) return undefined;
  if (object.name === 'this') return knownValue(evaluator.named(`this.${property}`, node));
  const owner = evaluator.value(object);
  // `url.href` of a URL is the URL.
  if (owner.kind === 'text' && property === 'href') return owner;
  if (owner.kind === 'library' && property === 'default') return owner;
  return entryOf(owner, property)?.value;
}

function readList(evaluator: Evaluator, node: SyntaxNode): SourceValue {
  const groups = groupsOf(node);
  const plain = groups.filter((group) => group[0]?.name !== 'Spread');
  return {
    kind: 'list',
    items: plain.flatMap(([item]) => (item ? [evaluator.value(item)] : [])),
    open: plain.length < groups.length,
    span: spanOf(evaluator.syntax, node),
  };
}

function readObject(evaluator: Evaluator, node: SyntaxNode): SourceObject {
  const entries: SourceEntry[] = [];
  let open = false;
  for (const property of node.getChildren('Property')) {
    const read = readProperty(evaluator, property);
    if (read === 'open') open = true;
    else entries.push(...read);
  }
  return { kind: 'object', entries, open, span: spanOf(evaluator.syntax, node) };
}

/** `open`: what is spread or computed here is not known. */
function readProperty(evaluator: Evaluator, node: SyntaxNode): readonly SourceEntry[] | 'open' {
  const { syntax } = evaluator;
  const [first, second] = partsOf(node);
  // A method is never sent.
  if (!first || node.getChild('ParamList')) return [];
  if (first.name === 'Spread') {
    const value = second && evaluator.value(second);
    return value?.kind === 'object' && !value.open ? value.entries : 'open';
  }
  const key = spanOf(syntax, first);
  const span = spanOf(syntax, node);
  const name = nameOf(evaluator, node, first);
  if (name === undefined) return 'open';
  if (first.name === 'PropertyDefinition' && !second) {
    return [{ name, key, span, shorthand: true, value: evaluator.named(name, first) }];
  }
  return second ? [{ name, key, span, shorthand: false, value: evaluator.value(second) }] : [];
}

/** `[NAME]` is a name where the file says which. */
function nameOf(evaluator: Evaluator, property: SyntaxNode, first: SyntaxNode): string | undefined {
  if (property.firstChild?.name === '[') return wholeText(evaluator.value(first));
  const written = textOf(evaluator.syntax, first);
  return first.name === 'String' ? stringText(written) : written;
}
