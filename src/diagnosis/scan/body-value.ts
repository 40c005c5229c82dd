import type { SourceText, SourceValue } from './source-value.ts';
import { type UnknownNames, unknownValue } from './unknown-value.ts';

const deepest = 50;

/** The JSON value that is sent, with `<name>` for what is not known; `undefined`: nothing is sent. */
export function bodyValue(value: SourceValue, names: UnknownNames, depth = 0): unknown {
  if (depth > deepest) return unknownValue(names.nameOf('…'));
  switch (value.kind) {
    case 'text':
      return textValue(value, names);
    case 'plain':
      return value.value;
    case 'list':
      return value.items.map((item) => bodyValue(item, names, depth + 1) ?? null);
    case 'object':
      return Object.fromEntries(
        value.entries.flatMap((entry) => {
          const sent = bodyValue(entry.value, names, depth + 1);
          return sent === undefined ? [] : [[entry.name, sent]];
        }),
      );
    case 'unknown':
      return value.expression === 'undefined' ? undefined : unknownValue(names.nameOf(value.expression));
    default:
      return unknownValue(names.nameOf('text'));
  }
}

/** A text of which a part is not known is not known: what it looks like says nothing of its value. */
export function textValue(value: SourceText, names: UnknownNames): string {
  const isKnown = value.parts.every(({ kind }) => kind === 'literal');
  return isKnown ? mixedText(value, names, String) : unknownValue(names.nameOf(expressionOf(value)));
}

/** With each part that is not known under its name. */
export function mixedText(value: SourceText, names: UnknownNames, write: (name: string) => string): string {
  return value.parts
    .map((part) => (part.kind === 'literal' ? part.text : write(names.nameOf(part.expression))))
    .join('');
}

/** The text as an expression of its own; a single expression is itself. */
function expressionOf({ parts }: SourceText): string {
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'expression') return only.expression;
  const inside = parts.map((part) => (part.kind === 'literal' ? part.text : `\${${part.expression}}`));
  return `\`${inside.join('')}\``;
}

/** Fields of a form; `undefined` where they are not written out. */
export function formValue(
  value: SourceValue,
  names: UnknownNames,
): Readonly<Record<string, unknown>> | undefined {
  if (value.kind !== 'object') return undefined;
  return bodyValue(value, names) as Record<string, unknown>;
}
