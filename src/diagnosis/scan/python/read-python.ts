import { parser } from '@lezer/python';
import { createEvaluator } from '../evaluate.ts';
import type { Reading } from '../found-call.ts';
import { parseSource } from '../parse-source.ts';
import { pythonCalls } from './python-calls.ts';
import { readPythonDefinition, readPythonExpression } from './python-expression.ts';
import { pythonNames } from './python-names.ts';

/** The HTTP calls of a piece of Python that begins at an offset of its file. Nothing of it is run. Throws RangeError where it is nested too deep. */
export function readPython(text: string, offset: number): Reading {
  const syntax = { tree: parseSource(parser, text), text, offset };
  const evaluator = createEvaluator(syntax, pythonNames(syntax), {
    expression: readPythonExpression,
    definition: readPythonDefinition,
  });
  return pythonCalls(evaluator);
}
