import type { SyntaxNode } from '@lezer/common';
import type { Evaluator } from '../evaluate.ts';
import { interpolatedText } from '../interpolated-text.ts';
import type { SourceText } from '../source-value.ts';
import { partsOf, textOf } from '../syntax.ts';
import { unescaped } from './javascript-strings.ts';

/** A template literal: what stands in `${…}` is put in where it is a text or a number, and is an expression otherwise. */
export function readTemplate(evaluator: Evaluator, node: SyntaxNode): SourceText {
  const from = node.from + 1;
  const lastHole = node.getChildren('Interpolation').at(-1);
  const closed = textOf(evaluator.syntax, node).endsWith('`') && node.to > (lastHole?.to ?? from);
  return interpolatedText(evaluator, node, {
    from,
    to: closed ? node.to - 1 : node.to,
    holes: 'Interpolation',
    unescape: unescaped,
    innerOf: (hole) => partsOf(hole).find((part) => !part.name.startsWith('Interpolation')),
    partsOfValue(value) {
      if (value.kind === 'text') return value.parts;
      return value.kind === 'plain'
        ? [{ kind: 'literal', text: String(value.value), span: undefined }]
        : undefined;
    },
  });
}
