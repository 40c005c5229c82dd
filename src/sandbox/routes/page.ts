import { type Reply, refusals } from '../http/refusals.ts';

export type Page<Item> =
  | { readonly kind: 'page'; readonly items: readonly Item[]; readonly nextCursor: string | null }
  | { readonly kind: 'refused'; readonly reply: Reply };

/** Cuts a list into pages. A cursor names the last item before the page, so that a new first item moves nothing. */
export function pageOf<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  asked: { readonly cursor?: string | undefined; readonly page_size?: number | undefined },
  defaultSize = 30,
): Page<Item> {
  const after = asked.cursor === undefined ? undefined : Buffer.from(asked.cursor, 'base64url').toString();
  const start = after === undefined ? 0 : items.findIndex((item) => idOf(item) === after) + 1;
  if (after !== undefined && start === 0) {
    return { kind: 'refused', reply: refusals.invalidParameters('cursor', 'Invalid cursor.') };
  }
  const page = items.slice(start, start + (asked.page_size ?? defaultSize));
  const last = page.at(-1);
  const more = last !== undefined && start + page.length < items.length;
  return {
    kind: 'page',
    items: page,
    nextCursor: more ? Buffer.from(idOf(last)).toString('base64url') : null,
  };
}
