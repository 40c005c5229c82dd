import type { SyntaxNode } from '@lezer/common';
import type { Evaluator } from '../evaluate.ts';
import type { SourceText, TextPart } from '../source-value.ts';
import { partsOf, spanOf, textOf } from '../syntax.ts';
import { pythonString, pythonUnescaped } from './python-strings.ts';

/** A string or f-string: what stands in `{…}` is put in where it is a text or a number, and is an expression otherwise. */
export function readPythonText(evaluator: Evaluator, node: SyntaxNode): SourceText | undefined {
  const { syntax } = evaluator;
  const written = textOf(syntax, node);
  const quotes = pythonString(written);
  if (!quotes) return undefined;
  const isFormat = node.name === 'FormatString';
  const parts: TextPart[] = [];
  let at = node.from + quotes.before;
  const literal = (to: number) => {
    if (to <= at) return;
    const raw = syntax.text.slice(at, to);
    const plain = quotes.raw ? raw : pythonUnescaped(raw);
    const text = isFormat ? plain.replaceAll('{{', '{').replaceAll('}}', '}') : plain;
    parts.push({
      kind: 'literal',
      text,
      span: text === raw ? spanOf(syntax, { from: at, to }) : undefined,
    });
  };
  for (const hole of node.getChildren('FormatReplacement')) {
    literal(hole.from);
    at = hole.to;
    parts.push(...holeParts(evaluator, hole));
  }
  literal(node.to - quotes.behind);
  return { kind: 'text', parts, span: spanOf(syntax, node) };
}

function holeParts(evaluator: Evaluator, hole: SyntaxNode): readonly TextPart[] {
  const { syntax } = evaluator;
  const [inner] = partsOf(hole);
  if (!inner) return [];
  const value = evaluator.value(inner);
  if (value.kind === 'text' && !hole.getChild('FormatSpec')) return value.parts;
  return [
    {
      kind: 'expression',
      inner: spanOf(syntax, inner),
      outer: spanOf(syntax, hole),
      expression: textOf(syntax, inner),
    },
  ];
}
