import type { SourceText, SourceValue } from './source-value.ts';
import { type UnknownNames, unknownValue } from './unknown-value.ts';

const deepest = 50;

/** The JSON value that is sent, with `${name}` for what is not known; `undefined`: nothing is sent. */
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

export function textValue(value: SourceText, names: UnknownNames): string {
  let text = '';
  for (const part of value.parts) {
    text += part.kind === 'literal' ? part.text : unknownValue(names.nameOf(part.expression));
  }
  return text;
}

/** Fields of a form; `undefined` where they are not written out. */
export function formValue(
  value: SourceValue,
  names: UnknownNames,
): Readonly<Record<string, unknown>> | undefined {
  if (value.kind !== 'object') return undefined;
  return bodyValue(value, names) as Record<string, unknown>;
}
