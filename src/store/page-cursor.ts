import { AppError } from '../kernel/errors.ts';

/** Where a page ended: the moment and the key of its last row. Newest first, rows of one moment by their key. */
export interface PageEnd {
  readonly atMs: number;
  readonly key: string;
}

/** Opaque to whoever carries it. */
export function cursorOf({ atMs, key }: PageEnd): string {
  return Buffer.from(`${atMs} ${key}`).toString('base64url');
}

/** @throws AppError `bad-input` for text that is no cursor */
export function readCursor(cursor: string): PageEnd {
  const [, at, key] =
    /^(-?\d{1,15}) ([^\0]{1,500})$/su.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  const atMs = Number(at);
  if (at === undefined || key === undefined || Number.isNaN(new Date(atMs).getTime()))
    throw new AppError('bad-input', 'The cursor is none.', {
      hint: 'Give back what the last page had as its next cursor, unchanged; or leave it out to begin with the newest.',
    });
  return { atMs, key };
}

/** The page of `limit` of one row more than that, so that the last page is known as the last. */
export function pageOf<Row>(rows: readonly Row[], limit: number, endOf: (row: Row) => PageEnd) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(endOf(last)) : undefined,
  };
}
