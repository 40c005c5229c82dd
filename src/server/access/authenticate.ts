import { createHash, timingSafeEqual } from 'node:crypto';
import type { Logger } from 'pino';
import type { AccessKey, AccessKeys } from '../../calls/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Caller } from '../caller.ts';
import { hashOfKey, keyPattern } from './access-key.ts';

/** A revoked key is honoured for that long at most by nodes that did not revoke it themselves. */
const CACHED_MS = 10_000;
const MAX_CACHED = 10_000;
const USED_EVERY_MS = 60_000;
const DEFAULT_RATE = 600;

export interface AuthenticateDeps {
  readonly keys: Pick<AccessKeys, 'byHash' | 'used'>;
  readonly token: string;
  readonly ratePerMinute?: number | undefined;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly log: Logger;
}

export interface Authenticate {
  /** Who the bearer is; `undefined` for a key that is not in force. The token counts only over loopback. */
  (authorization: string, overLoopback: boolean): Promise<Caller | undefined>;
  /** Forgets what it knew of keys: one was revoked here. */
  forget(): void;
}

/** Looks keys up by their hash, so that no comparison tells by its time how much of a key was right. */
export function createAuthenticate(deps: AuthenticateDeps): Authenticate {
  const { keys, clock, log } = deps;
  const cache = new Map<string, { readonly key: AccessKey | undefined; readonly untilMs: number }>();
  const tokenDigest = digest(deps.token);

  async function find(hash: string): Promise<AccessKey | undefined> {
    const cached = cache.get(hash);
    if (cached && cached.untilMs > clock.monotonic()) return cached.key;
    const key = await keys.byHash(hash);
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(hash, { key, untilMs: clock.monotonic() + CACHED_MS });
    if (key && key.revokedMs === undefined) noteUse(key);
    return key;
  }

  function noteUse(key: AccessKey): void {
    const nowMs = clock.now();
    if (key.lastUsedMs !== undefined && nowMs - key.lastUsedMs < USED_EVERY_MS) return;
    keys
      .used(key.id, nowMs)
      .catch((error: unknown) => log.warn({ err: error }, 'the use of a key was not noted'));
  }

  async function authenticate(authorization: string, overLoopback: boolean): Promise<Caller | undefined> {
    const bearer = /^Bearer ([\w.~+/=-]{1,200})$/i.exec(authorization)?.[1];
    if (bearer === undefined) return undefined;
    if (overLoopback && deps.token !== '' && timingSafeEqual(digest(bearer), tokenDigest)) {
      return { keyId: 'local', name: 'local', role: 'admin', budget: undefined, ratePerMinute: undefined };
    }
    if (!keyPattern.test(bearer)) return undefined;
    const key = await find(hashOfKey(bearer));
    if (!key || key.revokedMs !== undefined) return undefined;
    return {
      keyId: key.id,
      name: key.name,
      role: key.role,
      budget: key.budget,
      ratePerMinute: key.ratePerMinute ?? deps.ratePerMinute ?? DEFAULT_RATE,
    };
  }

  return Object.assign(authenticate, { forget: () => cache.clear() });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
