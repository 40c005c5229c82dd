import { parser } from '@lezer/javascript';
import { createEvaluator } from '../evaluate.ts';
import { parseSource } from '../parse-source.ts';
import { createScope } from '../scopes.ts';
import type { SourceValue } from '../source-value.ts';
import { readJavascriptDefinition, readJavascriptExpression } from './javascript-expression.ts';

/** One expression that begins at an offset of its file, such as the JSON of a request. Throws RangeError where it is nested too deep. */
export function readJavascriptValue(text: string, offset: number): SourceValue | undefined {
  // In parentheses a brace begins an object and not a block.
  const padded = `(${text})`;
  const syntax = { tree: parseSource(parser, padded), text: padded, offset: offset - 1 };
  const names = {
    root: createScope('module', 0, padded.length),
    additions: new Map(),
    mentions: new Map(),
    loops: [],
  };
  const evaluator = createEvaluator(syntax, names, {
    expression: readJavascriptExpression,
    definition: readJavascriptDefinition,
  });
  const expression = syntax.tree.topNode.firstChild?.firstChild;
  return expression ? evaluator.value(expression) : undefined;
}
