import { createHash } from 'node:crypto';
import type { AccessKey, Budget, Role } from '../../calls/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { NewId, RandomBytes } from '../../kernel/ids.ts';
import { lastFour } from '../../kernel/mask.ts';

/** `donna_` and 32 random bytes in base64url. */
export const keyPattern = /^donna_[A-Za-z0-9_-]{43}$/;

export interface AccessKeyWish {
  readonly name: string;
  readonly role: Role;
  readonly ratePerMinute?: number | undefined;
  readonly budget?: Budget | undefined;
}

/** A new key, and the record of it that is kept. The key itself is to be shown once and kept nowhere. */
export function newAccessKey(
  wish: AccessKeyWish,
  by: string,
  deps: { readonly clock: Pick<Clock, 'now'>; readonly newId: NewId; readonly randomBytes: RandomBytes },
): { readonly key: string; readonly record: AccessKey } {
  const key = `donna_${Buffer.from(deps.randomBytes(32)).toString('base64url')}`;
  const record: AccessKey = {
    id: deps.newId('key'),
    name: wish.name,
    role: wish.role,
    hash: hashOfKey(key),
    lastFour: lastFour(key),
    createdMs: deps.clock.now(),
    createdBy: by,
    revokedMs: undefined,
    lastUsedMs: undefined,
    ratePerMinute: wish.ratePerMinute,
    budget: wish.budget,
  };
  return { key, record };
}

/** sha256 in hex: what the database has of a key. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
