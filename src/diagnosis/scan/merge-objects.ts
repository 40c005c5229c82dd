import type { SourceValue } from './source-value.ts';

/** Two sets of names, of a client and of a call; the second wins. What is not known makes the whole open. */
export function mergeObjects(
  first: SourceValue | undefined,
  second: SourceValue | undefined,
): SourceValue | undefined {
  if (!first) return second;
  if (!second) return first;
  const entries = (value: SourceValue) => (value.kind === 'object' ? value.entries : []);
  const isOpen = (value: SourceValue) => value.kind !== 'object' || value.open;
  const own = new Set(entries(second).map(({ name }) => name.toLowerCase()));
  return {
    kind: 'object',
    entries: [...entries(first).filter(({ name }) => !own.has(name.toLowerCase())), ...entries(second)],
    open: isOpen(first) || isOpen(second),
    span: second.span,
  };
}
