import type { SyntaxNode } from '@lezer/common';
import type { Evaluator } from './evaluate.ts';
import type { SourceText, SourceValue, TextPart } from './source-value.ts';
import { spanOf, textOf } from './syntax.ts';

/** How a language writes a text with expressions in it. */
interface Interpolation {
  /** Where the text between its quotes begins and ends. */
  readonly from: number;
  readonly to: number;
  /** What the grammar calls an expression with its brackets. */
  readonly holes: string;
  readonly unescape: (written: string) => string;
  readonly innerOf: (hole: SyntaxNode) => SyntaxNode | undefined;
  /** What a known value puts in its place; `undefined`: it stays an expression. */
  readonly partsOfValue: (value: SourceValue, hole: SyntaxNode) => readonly TextPart[] | undefined;
}

/** The parts of a text: what is written, and what its expressions come to. */
export function interpolatedText(evaluator: Evaluator, node: SyntaxNode, how: Interpolation): SourceText {
  const { syntax } = evaluator;
  const parts: TextPart[] = [];
  let at = how.from;
  const literal = (to: number) => {
    if (to <= at) return;
    const written = syntax.text.slice(at, to);
    const text = how.unescape(written);
    parts.push({
      kind: 'literal',
      text,
      span: text === written ? spanOf(syntax, { from: at, to }) : undefined,
    });
  };
  for (const hole of node.getChildren(how.holes)) {
    literal(hole.from);
    at = hole.to;
    parts.push(...holeParts(evaluator, hole, how));
  }
  literal(how.to);
  return { kind: 'text', parts, span: spanOf(syntax, node) };
}

function holeParts(evaluator: Evaluator, hole: SyntaxNode, how: Interpolation): readonly TextPart[] {
  const { syntax } = evaluator;
  const inner = how.innerOf(hole);
  if (!inner) return [];
  const put = how.partsOfValue(evaluator.value(inner), hole);
  if (put) return put;
  const expression = textOf(syntax, inner);
  return [{ kind: 'expression', inner: spanOf(syntax, inner), outer: spanOf(syntax, hole), expression }];
}
