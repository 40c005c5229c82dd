import { sizeProblem } from './check-bounds.ts';
import { firstRepeat } from './check-same.ts';
import type { ArrayRules, SchemaNode } from './check-schema.ts';
import { fitsBelow, refuse, type Walk } from './check-state.ts';

/** Whether a list is as its schema says. */
export function itemsHold(
  node: SchemaNode,
  rules: ArrayRules,
  value: readonly unknown[],
  walk: Walk,
): boolean {
  let fits = true;
  const size = sizeProblem(rules.size, value.length, 'items', 'item');
  if (size) fits = refuse(node, value, walk, size);
  if (rules.unique && (fits || walk.issues) && firstRepeat(value) >= 0) {
    fits = refuse(node, value, walk, {
      keyword: 'unique',
      expected: 'different items',
      message: 'No item may come twice.',
    });
  }
  if (rules.items === undefined && rules.first.length === 0) return fits;
  for (let index = 0; index < value.length && walk.stepsLeft > 0; index++) {
    if (!fits && !walk.issues) return false;
    const item = rules.first[index] ?? rules.items;
    if (item === undefined) break;
    fits = fitsBelow(item, value[index], index, walk) && fits;
  }
  return fits;
}
