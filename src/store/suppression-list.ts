import type { SuppressionList } from '../calls/service-ports.ts';
import type { Suppression, SuppressionReason } from '../calls/suppression.ts';
import { cleanText } from './json-text.ts';
import { pageOf, readCursor } from './page-cursor.ts';
import type { Session, Statement } from './session.ts';
import { isoOf } from './write-row.ts';

export interface SuppressionRow {
  readonly hash: string;
  readonly masked: string;
  readonly reason: SuppressionReason;
  readonly note: string;
  readonly added_at: Date;
  readonly added_by: string;
  readonly expires_at: Date | null;
}

const columns = 'hash, masked, reason, note, added_at, added_by, expires_at';

const putOne: Statement = {
  text: `
insert into suppressions (${columns}) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (hash) do update set masked = excluded.masked, reason = excluded.reason, note = excluded.note,
  added_at = excluded.added_at, added_by = excluded.added_by, expires_at = excluded.expires_at`,
};

const getOne: Statement = {
  name: 'get-suppression',
  text: `select ${columns} from suppressions where hash = $1`,
};

export function createSuppressionList(session: Session): SuppressionList {
  return {
    async put({ hash, masked, reason, note, addedAt, addedBy, expiresAt }) {
      const values = [hash, masked, reason, cleanText(note), addedAt, cleanText(addedBy), expiresAt ?? null];
      await session.query(putOne, values);
    },
    async get(hash) {
      const [row] = await session.query<SuppressionRow>(getOne, [hash]);
      return row && suppressionOf(row);
    },
    async remove(hash) {
      const text = 'delete from suppressions where hash = $1 returning hash';
      return (await session.query({ text }, [hash])).length > 0;
    },
    async list({ limit, cursor }) {
      const after = cursor === undefined ? undefined : readCursor(cursor);
      const text = `select ${columns} from suppressions ${after ? 'where (added_at, hash) < ($2, $3)' : ''}
        order by added_at desc, hash desc limit $1`;
      const values = after ? [limit + 1, isoOf(after.atMs), after.key] : [limit + 1];
      const rows = await session.query<SuppressionRow>({ text }, values);
      const { items, nextCursor } = pageOf(rows, limit, ({ added_at, hash }) => ({
        atMs: added_at.getTime(),
        key: hash,
      }));
      return { items: items.map(suppressionOf), nextCursor };
    },
  };
}

export function suppressionOf(row: SuppressionRow): Suppression {
  return {
    hash: row.hash,
    masked: row.masked,
    reason: row.reason,
    note: row.note,
    addedAt: row.added_at,
    addedBy: row.added_by,
    expiresAt: row.expires_at ?? undefined,
  };
}
