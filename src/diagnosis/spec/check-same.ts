/** Deeper values are taken as different. */
const DEEPEST = 64;
const MOST_STEPS = 10_000;

/** Whether two JSON values are the same, whatever the order of their names. */
export function checkSame(left: unknown, right: unknown): boolean {
  return compare(left, right, 0, { left: MOST_STEPS });
}

function compare(one: unknown, other: unknown, depth: number, steps: { left: number }): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (depth > DEEPEST || steps.left-- <= 0 || Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every(
    (name) =>
      Object.hasOwn(other, name) &&
      compare(Reflect.get(one, name), Reflect.get(other, name), depth + 1, steps),
  );
}

/** Lists longer than this are compared by their plain values only. */
const MOST_OBJECTS = 200;

/** The index of the first item that came before, or -1. */
export function firstRepeat(items: readonly unknown[]): number {
  const plain = new Set<unknown>();
  const objects: unknown[] = [];
  for (const [index, item] of items.entries()) {
    if (typeof item !== 'object' || item === null) {
      if (plain.has(item)) return index;
      plain.add(item);
    } else if (objects.length < MOST_OBJECTS) {
      if (objects.some((before) => checkSame(before, item))) return index;
      objects.push(item);
    }
  }
  return -1;
}
