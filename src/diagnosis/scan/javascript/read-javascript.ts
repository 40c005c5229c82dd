import { parser } from '@lezer/javascript';
import { createEvaluator } from '../evaluate.ts';
import type { Reading } from '../found-call.ts';
import { parseSource } from '../parse-source.ts';
import { javascriptCalls } from './javascript-calls.ts';
import { readJavascriptDefinition, readJavascriptExpression } from './javascript-expression.ts';
import { javascriptNames } from './javascript-names.ts';

/** `tsx` reads markup, and so no `<T>value` as a type assertion. */
export type JavascriptDialect = 'js' | 'ts' | 'tsx';

const parsers = {
  js: parser.configure({ dialect: 'jsx' }),
  ts: parser.configure({ dialect: 'ts' }),
  tsx: parser.configure({ dialect: 'ts jsx' }),
};

/** The HTTP calls of a piece of JavaScript or TypeScript that begins at an offset of its file. Nothing of it is run. Throws RangeError where it is nested too deep. */
export function readJavascript(text: string, offset: number, dialect: JavascriptDialect): Reading {
  const syntax = { tree: parseSource(parsers[dialect], text), text, offset };
  const evaluator = createEvaluator(syntax, javascriptNames(syntax), {
    expression: readJavascriptExpression,
    definition: readJavascriptDefinition,
  });
  return javascriptCalls(evaluator);
}
