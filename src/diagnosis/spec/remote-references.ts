export interface RemoteReferences {
  readonly count: number;
  /** The first few, each once, as they are written. */
  readonly first: readonly string[];
}

const SHOWN = 5;

/**
 * The `$ref` of a document that lead out of it, to other files or URLs. They are never fetched; what lies behind them is taken as
 * anything, and this says how much that is.
 */
export function remoteReferences(root: unknown): RemoteReferences {
  let count = 0;
  const first = new Set<string>();
  const seen = new Set<object>();
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const { $ref } = value as { $ref?: unknown };
    if (typeof $ref === 'string' && !$ref.startsWith('#')) {
      count += 1;
      if (first.size < SHOWN) first.add($ref.slice(0, 200));
    }
    // In the order of the document: what is put last is looked at first.
    for (const inner of Object.values(value).reverse()) waiting.push(inner);
  }
  return { count, first: [...first] };
}

/** A sentence for people; `undefined` where nothing leads out. */
export function remoteReferencesNote({ count, first }: RemoteReferences): string | undefined {
  if (count === 0) return undefined;
  const more = count > first.length ? ', …' : '';
  const parts = count === 1 ? '1 part of the document lies' : `${count} parts of the document lie`;
  return `${parts} elsewhere and ${count === 1 ? 'is' : 'are'} not read: ${first.join(', ')}${more}`;
}
