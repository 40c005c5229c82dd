import type { SyntaxNode } from '@lezer/common';
import type { Evaluator } from '../evaluate.ts';
import type { SourceText, TextPart } from '../source-value.ts';
import { partsOf, spanOf, textOf } from '../syntax.ts';
import { unescaped } from './javascript-strings.ts';

/** A template literal: what stands in `${…}` is put in where it is a text or a number, and is an expression otherwise. */
export function readTemplate(evaluator: Evaluator, node: SyntaxNode): SourceText {
  const { syntax } = evaluator;
  const parts: TextPart[] = [];
  let at = node.from + 1;
  const literal = (to: number) => {
    if (to <= at) return;
    const written = syntax.text.slice(at, to);
    const text = unescaped(written);
    parts.push({
      kind: 'literal',
      text,
      span: text === written ? spanOf(syntax, { from: at, to }) : undefined,
    });
  };
  for (const hole of node.getChildren('Interpolation')) {
    literal(hole.from);
    at = hole.to;
    parts.push(...holeParts(evaluator, hole));
  }
  literal(textOf(syntax, node).endsWith('`') && node.to > at ? node.to - 1 : node.to);
  return { kind: 'text', parts, span: spanOf(syntax, node) };
}

function holeParts(evaluator: Evaluator, hole: SyntaxNode): readonly TextPart[] {
  const { syntax } = evaluator;
  const inner = partsOf(hole).find((part) => !part.name.startsWith('Interpolation'));
  if (!inner) return [];
  const value = evaluator.value(inner);
  if (value.kind === 'text') return value.parts;
  if (value.kind === 'plain') return [{ kind: 'literal', text: String(value.value), span: undefined }];
  return [
    {
      kind: 'expression',
      inner: spanOf(syntax, inner),
      outer: spanOf(syntax, hole),
      expression: textOf(syntax, inner),
    },
  ];
}
