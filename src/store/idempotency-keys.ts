import type { IdempotencyKeys, Reservation } from '../calls/idempotency.ts';
import type { Session, Statement } from './session.ts';
import { isoOf } from './write-row.ts';

const RESERVED_FOR_MS = 60_000;

/** A row whose time is over is as good as none. */
const reserveKey: Statement = {
  name: 'reserve-key',
  text: `
insert into idempotency_keys as k (key_id, key, request_hash, expires_at) values ($1, $2, $3, $5)
on conflict (key_id, key) do update set
  request_hash = excluded.request_hash, call_id = null, expires_at = excluded.expires_at
where k.expires_at <= $4
returning key`,
};

const readKey: Statement = {
  name: 'read-key',
  text: 'select request_hash, call_id from idempotency_keys where key_id = $1 and key = $2 and expires_at > $3',
};

/** A key that has its call keeps it. */
const releaseKey: Statement = {
  name: 'release-key',
  text: 'delete from idempotency_keys where key_id = $1 and key = $2 and call_id is null',
};

interface KeyRow {
  readonly request_hash: string;
  readonly call_id: string | null;
}

export function createIdempotencyKeys(session: Session): IdempotencyKeys {
  return {
    async reserve({ keyId, key, requestHash, nowMs }): Promise<Reservation> {
      const now = isoOf(nowMs);
      // It may be released between the two statements; then it is free.
      for (;;) {
        const values = [keyId, key, requestHash, now, isoOf(nowMs + RESERVED_FOR_MS)];
        if ((await session.query(reserveKey, values)).length > 0) return { kind: 'reserved' };
        const [row] = await session.query<KeyRow>(readKey, [keyId, key, now]);
        if (!row) continue;
        if (row.request_hash !== requestHash) return { kind: 'other-request' };
        return row.call_id === null ? { kind: 'running' } : { kind: 'replay', callId: row.call_id };
      }
    },
    async release(keyId, key) {
      await session.query(releaseKey, [keyId, key]);
    },
  };
}
