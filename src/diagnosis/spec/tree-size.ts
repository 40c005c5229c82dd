export interface TreeSize {
  /** Values, each counted as often as a walk from the root meets it. */
  readonly values: number;
  readonly depth: number;
}

/**
 * How large a value is to one who walks it as a tree, where parts of it are shared; `endless` where it holds itself. Each object is
 * looked at once, whatever the answer.
 */
export function treeSize(root: unknown): TreeSize | 'endless' {
  if (!isObject(root)) return { values: 1, depth: 0 };
  const known = new Map<object, TreeSize>();
  const open = new Set<object>();
  const stack: object[] = [root];
  while (stack.length > 0) {
    const top = stack[stack.length - 1] as object;
    if (known.has(top)) {
      stack.pop();
      continue;
    }
    if (!open.has(top)) {
      open.add(top);
      for (const child of Object.values(top)) {
        if (!isObject(child) || known.has(child)) continue;
        if (open.has(child)) return 'endless';
        stack.push(child);
      }
      continue;
    }
    let values = 1;
    let depth = 0;
    for (const child of Object.values(top)) {
      const size = isObject(child) ? known.get(child) : undefined;
      values += size?.values ?? 1;
      depth = Math.max(depth, size?.depth ?? 0);
    }
    known.set(top, { values, depth: depth + 1 });
    open.delete(top);
    stack.pop();
  }
  return known.get(root) ?? 'endless';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
