import type { Page } from './ports.ts';

/** The items of each page until the last. A `next` that does not move ends it: it would turn the list round for ever. */
export async function* eachPage<Item>(
  ask: (after?: string) => Promise<Page<Item>>,
): AsyncGenerator<readonly Item[]> {
  let after: string | undefined;
  for (;;) {
    const { items, next } = await ask(after);
    yield items;
    if (next === undefined || next === after) return;
    after = next;
  }
}
