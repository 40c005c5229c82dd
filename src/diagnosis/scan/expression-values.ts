import type { SyntaxNode } from '@lezer/common';
import type { Evaluator } from './evaluate.ts';
import type { SourceValue } from './source-value.ts';
import { partsOf, spanOf, textOf } from './syntax.ts';

/** A number with a minus in front; nothing else is told from its sign. */
export function negativeNumber(evaluator: Evaluator, node: SyntaxNode): SourceValue | undefined {
  const [operator, operand] = partsOf(node);
  if (!operator || operand?.name !== 'Number' || textOf(evaluator.syntax, operator) !== '-') return undefined;
  const value = evaluator.value(operand);
  if (value.kind !== 'plain' || typeof value.value !== 'number') return undefined;
  return { kind: 'plain', value: -value.value, span: spanOf(evaluator.syntax, node) };
}

export function knownValue(value: SourceValue): SourceValue | undefined {
  return value.kind === 'unknown' ? undefined : value;
}
