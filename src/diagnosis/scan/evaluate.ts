import type { SyntaxNode } from '@lezer/common';
import { type Definition, type Names, resolve } from './scopes.ts';
import type { SourceEntry, SourceObject, SourceText, SourceValue, Span, TextPart } from './source-value.ts';
import { textParts } from './source-value.ts';
import { type Syntax, spanOf, textAt, textOf } from './syntax.ts';

/** Reads expressions of one file. The same expression is read once. */
export interface Evaluator {
  readonly syntax: Syntax;
  readonly names: Names;
  /** Definitions that were followed and that other places use as well. */
  readonly shared: Span[];
  value(node: SyntaxNode): SourceValue;
  /** What the name stands for at an offset of the piece. */
  named(name: string, at: SyntaxNode): SourceValue;
}

/** What a language adds: its own kinds of nodes. `undefined` where the expression says nothing. */
export type ReadExpression = (evaluator: Evaluator, node: SyntaxNode) => SourceValue | undefined;

/** What a language makes of a definition that has no value in the file: an import, a typed parameter. */
export type ReadDefinition = (evaluator: Evaluator, definition: Definition) => SourceValue | undefined;

const deepest = 60;
const mostSteps = 400_000;
const mostParts = 500;
const mostAdditions = 500;

export function createEvaluator(
  syntax: Syntax,
  names: Names,
  read: { readonly expression: ReadExpression; readonly definition: ReadDefinition },
): Evaluator {
  const done = new Map<string, SourceValue>();
  const open = new Set<string>();
  const shared: Span[] = [];
  let steps = 0;
  const unknown = (node: { from: number; to: number }): SourceValue => ({
    kind: 'unknown',
    expression: textOf(syntax, node),
    span: spanOf(syntax, node),
  });
  const evaluator: Evaluator = {
    syntax,
    names,
    shared,
    value(node) {
      const key = `${node.name}:${node.from}:${node.to}`;
      const known = done.get(key);
      if (known) return known;
      steps += 1;
      if (open.has(key) || open.size > deepest || steps > mostSteps) return unknown(node);
      open.add(key);
      const read_ = read.expression(evaluator, node) ?? unknown(node);
      open.delete(key);
      const value = read_.kind === 'text' && read_.parts.length > mostParts ? unknown(node) : read_;
      done.set(key, value);
      return value;
    },
    named(name, at) {
      const definition = resolve(names, name, at.from);
      if (!definition) return unknown(at);
      const own = definition.from || !definition.value ? read.definition(evaluator, definition) : undefined;
      const value = own ?? (definition.value && evaluator.value(definition.value));
      if (!value || value.kind === 'unknown') return own ?? unknown(at);
      if (usedElsewhere(names, definition) && definition.value) shared.push(spanOf(syntax, definition.value));
      return value.kind === 'object' ? withAdditions(evaluator, name, value, at) : value;
    },
  };
  return evaluator;
}

function usedElsewhere(names: Names, definition: Definition): boolean {
  let declaration = definition.value?.parent ?? null;
  if (declaration?.name === 'VariableDeclaration') declaration = declaration.parent;
  return declaration?.name === 'ExportDeclaration' || names.mentions.get(definition.name) !== 2;
}

/** `payload.name = …` after the literal: known by its name, and the object may have more than is written. */
function withAdditions(
  evaluator: Evaluator,
  name: string,
  value: SourceObject,
  use: SyntaxNode,
): SourceObject {
  const { syntax, names } = evaluator;
  const all = names.additions.get(name) ?? [];
  if (all.length > mostAdditions) return { ...value, open: true };
  const additions = all.filter(({ at }) => at < use.from);
  if (additions.length === 0) return value;
  const entries = additions.flatMap((addition): SourceEntry[] => {
    if (addition.name === undefined || !addition.value) return [];
    const span = spanOf(syntax, addition.key);
    return [
      {
        name: addition.name,
        key: span,
        span,
        shorthand: false,
        value: evaluator.value(addition.value),
      },
    ];
  });
  const named = additions.every((addition) => addition.name !== undefined);
  return { ...value, entries: [...value.entries, ...entries], open: value.open || !named };
}

/** Several values as one text; `undefined` where none of them is a text. */
export function joinTexts(
  evaluator: Evaluator,
  values: readonly SourceValue[],
  span: Span,
): SourceText | undefined {
  if (!values.some((value) => value.kind === 'text')) return undefined;
  const parts: TextPart[] = values.flatMap((value) => textParts(value, (at) => textAt(evaluator.syntax, at)));
  return { kind: 'text', parts, span };
}
