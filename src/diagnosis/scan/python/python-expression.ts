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
import { readPythonCall } from './python-call-values.ts';
import { percentFormat } from './python-format.ts';
import { readPythonText } from './python-text.ts';

const constants: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };

/** What an expression of Python comes to; `undefined` where the file does not say. */
export function readPythonExpression(evaluator: Evaluator, node: SyntaxNode): SourceValue | undefined {
  const { syntax } = evaluator;
  const span = spanOf(syntax, node);
  switch (node.name) {
    case 'String':
    case 'FormatString':
      return readPythonText(evaluator, node);
    case 'ContinuedString':
      return joinTexts(
        evaluator,
        partsOf(node).map((part) => evaluator.value(part)),
        span,
      );
    case 'Number': {
      const value = Number(textOf(syntax, node).replaceAll('_', ''));
      return Number.isNaN(value) ? undefined : { kind: 'plain', value, span };
    }
    case 'Boolean':
    case 'None':
      return { kind: 'plain', value: constants[textOf(syntax, node)] ?? null, span };
    case 'UnaryExpression':
      return negativeNumber(evaluator, node);
    case 'ParenthesizedExpression':
    case 'AwaitExpression': {
      const inner = partsOf(node).find((part) => part.name !== 'await');
      return inner && knownValue(evaluator.value(inner));
    }
    case 'BinaryExpression':
      return readBinary(evaluator, node);
    case 'VariableName':
      return evaluator.named(textOf(syntax, node), node);
    case 'MemberExpression':
      return readMember(evaluator, node);
    case 'ArrayExpression':
    case 'TupleExpression':
      return {
        kind: 'list',
        items: groupsOf(node).flatMap(([item]) => (item && item.name !== '*' ? [evaluator.value(item)] : [])),
        open: groupsOf(node).some(([item]) => item?.name === '*'),
        span,
      };
    case 'DictionaryExpression':
      return readDictionary(evaluator, node);
    case 'CallExpression':
      return readPythonCall(evaluator, node);
    default:
      return undefined;
  }
}

export const readPythonDefinition: ReadDefinition = (evaluator, definition) =>
  definition.from && {
    kind: 'library',
    ...definition.from,
    span: spanOf(evaluator.syntax, { from: definition.at, to: definition.at + definition.name.length }),
  };

/** Concatenation, `%`, and a default behind `or`. */
function readBinary(evaluator: Evaluator, node: SyntaxNode): SourceValue | undefined {
  const [left, operator, right] = partsOf(node);
  if (!left || !operator || !right || right.type.isError) return undefined;
  const sign = textOf(evaluator.syntax, operator);
  const span = spanOf(evaluator.syntax, node);
  if (sign === 'or') return knownValue(evaluator.value(left)) ?? knownValue(evaluator.value(right));
  if (sign === '%') return percentFormat(evaluator, evaluator.value(left), right, span);
  if (sign !== '+') return undefined;
  return joinTexts(evaluator, [evaluator.value(left), evaluator.value(right)], span);
}

function readMember(evaluator: Evaluator, node: SyntaxNode): SourceValue | undefined {
  const { syntax } = evaluator;
  const object = node.firstChild;
  const last = node.lastChild;
  if (!object || !last) return undefined;
  if (last.name === ']') {
    const key = last.prevSibling;
    const name = key ? wholeText(evaluator.value(key)) : undefined;
    return name === undefined ? undefined : entryOf(evaluator.value(object), name)?.value;
  }
  const name = textOf(syntax, last);
  if (/^(?:self|cls)$/.test(textOf(syntax, object))) return knownValue(evaluator.named(`self.${name}`, node));
  const owner = evaluator.value(object);
  if (owner.kind !== 'library') return undefined;
  return { ...owner, member: owner.member === undefined ? name : `${owner.member}.${name}` };
}

function readDictionary(evaluator: Evaluator, node: SyntaxNode): SourceObject {
  const { syntax } = evaluator;
  const entries: SourceEntry[] = [];
  let open = false;
  for (const group of groupsOf(node)) {
    const [key, , value] = group;
    if (key?.name === '**') {
      const spread = group[1] && evaluator.value(group[1]);
      if (spread?.kind === 'object' && !spread.open) entries.push(...spread.entries);
      else open = true;
      continue;
    }
    const name = key && wholeText(evaluator.value(key));
    if (!key || !value || name === undefined) {
      open = true;
      continue;
    }
    entries.push({
      name,
      key: spanOf(syntax, key),
      span: spanOf(syntax, { from: key.from, to: value.to }),
      shorthand: false,
      value: evaluator.value(value),
    });
  }
  return { kind: 'object', entries, open, span: spanOf(syntax, node) };
}
