import type { SyntaxNode } from '@lezer/common';
import type { Evaluator } from '../evaluate.ts';
import type { SourceText, SourceValue, Span, TextPart } from '../source-value.ts';
import { textParts } from '../source-value.ts';
import { groupsOf, textAt } from '../syntax.ts';

/** `'…%s…' % value`, with a tuple for several. */
export function percentFormat(
  evaluator: Evaluator,
  pattern: SourceValue,
  right: SyntaxNode,
  span: Span,
): SourceText | undefined {
  const values =
    right.name === 'TupleExpression'
      ? groupsOf(right).flatMap(([item]) => (item ? [evaluator.value(item)] : []))
      : [evaluator.value(right)];
  let next = 0;
  return fill(evaluator, pattern, span, /%(?:\((\w+)\))?[-+ #0-9.]*([sdrif%])/g, (found) => {
    if (found[2] === '%') return '%';
    if (found[1] !== undefined) {
      const [only] = values;
      return only?.kind === 'object' ? only.entries.find(({ name }) => name === found[1])?.value : undefined;
    }
    next += 1;
    return values[next - 1];
  });
}

/** `'…{}…{name}…'.format(value, name=value)`. */
export function braceFormat(
  evaluator: Evaluator,
  pattern: SourceValue,
  positional: readonly SourceValue[],
  named: ReadonlyMap<string, SourceValue>,
  span: Span,
): SourceText | undefined {
  let next = 0;
  return fill(evaluator, pattern, span, /\{\{|\}\}|\{(\w*)[^{}]*\}/g, (found) => {
    if (found[0] === '{{') return '{';
    if (found[0] === '}}') return '}';
    const name = found[1] ?? '';
    if (/^\d+$/.test(name)) return positional[Number(name)];
    if (name !== '') return named.get(name);
    next += 1;
    return positional[next - 1];
  });
}

/** Puts a value where the pattern has a place; the value is written elsewhere, so the place is none to edit. */
function fill(
  evaluator: Evaluator,
  pattern: SourceValue,
  span: Span,
  places: RegExp,
  filledIn: (found: RegExpMatchArray) => SourceValue | string | undefined,
): SourceText | undefined {
  if (pattern.kind !== 'text') return undefined;
  const parts: TextPart[] = [];
  for (const part of pattern.parts) {
    if (part.kind === 'expression') {
      parts.push(part);
      continue;
    }
    let at = 0;
    const literal = (to: number) => {
      if (to <= at) return;
      const from = part.span && { from: part.span.from + at, to: part.span.from + to };
      parts.push({ kind: 'literal', text: part.text.slice(at, to), span: from });
    };
    for (const found of part.text.matchAll(places)) {
      const value = filledIn(found);
      if (value === undefined) return undefined;
      literal(found.index);
      at = found.index + found[0].length;
      if (typeof value === 'string') parts.push({ kind: 'literal', text: value, span: undefined });
      else parts.push(...withoutPlace(textParts(value, (where) => textAt(evaluator.syntax, where))));
    }
    literal(part.text.length);
  }
  return { kind: 'text', parts, span };
}

function withoutPlace(parts: readonly TextPart[]): TextPart[] {
  return parts.map((part) => (part.kind === 'expression' ? { ...part, outer: undefined } : part));
}
