import type { Budget } from '../calls/budget.ts';
import type { AccessKey, AccessKeys, Role } from '../calls/service-ports.ts';
import { cleanText, jsonText } from './json-text.ts';
import type { Session, Statement } from './session.ts';
import { isoOf } from './write-row.ts';

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly last_four: string;
  readonly role: Role;
  readonly created_at: Date;
  readonly created_by: string;
  readonly revoked_at: Date | null;
  readonly last_used_at: Date | null;
  readonly rate_per_minute: number | null;
  readonly budget: Budget | null;
}

const columns =
  'id, name, hash, last_four, role, created_at, created_by, revoked_at, last_used_at, rate_per_minute, budget';

const addOne: Statement = {
  text: `insert into api_keys (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
};

const keyByHash: Statement = { name: 'key-by-hash', text: `select ${columns} from api_keys where hash = $1` };

const revokeOne: Statement = {
  text: `
with k as (
  select id from api_keys where id = $1
  union all
  select min(id) from api_keys where name = $1 and revoked_at is null having count(*) = 1
  limit 1
)
update api_keys set revoked_at = coalesce(revoked_at, $2) where id in (select id from k) returning ${columns}`,
};

const markUsed: Statement = {
  name: 'key-used',
  text: `update api_keys set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at <= $3)`,
};

const USED_EVERY_MS = 60_000;

export function createAccessKeys(session: Session): AccessKeys {
  const marked = new Map<string, number>();
  return {
    async add(key) {
      await session.query(addOne, [
        key.id,
        cleanText(key.name),
        key.hash,
        key.lastFour,
        key.role,
        isoOf(key.createdMs),
        cleanText(key.createdBy),
        momentOf(key.revokedMs),
        momentOf(key.lastUsedMs),
        key.ratePerMinute ?? null,
        key.budget ? jsonText(key.budget) : null,
      ]);
    },
    async byHash(hash) {
      const [row] = await session.query<KeyRow>(keyByHash, [hash]);
      return row && keyOf(row);
    },
    async list() {
      const rows = await session.query<KeyRow>({
        text: `select ${columns} from api_keys order by created_at, id`,
      });
      return rows.map(keyOf);
    },
    async revoke(idOrName, atMs) {
      const [row] = await session.query<KeyRow>(revokeOne, [idOrName, isoOf(atMs)]);
      return row && keyOf(row);
    },
    async used(id, atMs) {
      const lastMs = marked.get(id);
      if (lastMs !== undefined && atMs >= lastMs && atMs - lastMs < USED_EVERY_MS) return;
      marked.set(id, atMs);
      await session.query(markUsed, [id, isoOf(atMs), isoOf(atMs - USED_EVERY_MS)]);
    },
  };
}

function momentOf(atMs: number | undefined): string | null {
  return atMs === undefined ? null : isoOf(atMs);
}

function keyOf(row: KeyRow): AccessKey {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    hash: row.hash,
    lastFour: row.last_four,
    createdMs: row.created_at.getTime(),
    createdBy: row.created_by,
    revokedMs: row.revoked_at?.getTime(),
    lastUsedMs: row.last_used_at?.getTime(),
    ratePerMinute: row.rate_per_minute ?? undefined,
    budget: row.budget ?? undefined,
  };
}
