import type { SyntaxNode } from '@lezer/common';
import type { Evaluator } from '../evaluate.ts';
import { interpolatedText } from '../interpolated-text.ts';
import type { SourceText } from '../source-value.ts';
import { partsOf, textOf } from '../syntax.ts';
import { pythonString, pythonUnescaped } from './python-strings.ts';

/** A string or f-string: what stands in `{…}` is put in where it is a text, and is an expression otherwise. */
export function readPythonText(evaluator: Evaluator, node: SyntaxNode): SourceText | undefined {
  const quotes = pythonString(textOf(evaluator.syntax, node));
  if (!quotes) return undefined;
  const isFormat = node.name === 'FormatString';
  return interpolatedText(evaluator, node, {
    from: node.from + quotes.before,
    to: node.to - quotes.behind,
    holes: 'FormatReplacement',
    unescape(written) {
      const plain = quotes.raw ? written : pythonUnescaped(written);
      return isFormat ? plain.replaceAll('{{', '{').replaceAll('}}', '}') : plain;
    },
    innerOf: (hole) => partsOf(hole)[0],
    partsOfValue: (value, hole) =>
      value.kind === 'text' && !hole.getChild('FormatSpec') ? value.parts : undefined,
  });
}
