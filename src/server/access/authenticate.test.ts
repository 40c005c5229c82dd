import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { AccessKey } from '../../calls/index.ts';
import { createIds, realRandomBytes } from '../../kernel/ids.ts';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import { newAccessKey } from './access-key.ts';
import { createAuthenticate } from './authenticate.ts';

const token = 'a-token-of-this-machine-and-no-other';

function world() {
  const clock = createVirtualClock();
  const made = newAccessKey({ name: 'Ada', role: 'caller', budget: { calls: 3 } }, 'local', {
    clock,
    newId: createIds(clock, realRandomBytes),
    randomBytes: realRandomBytes,
  });
  const kept = new Map<string, AccessKey>([[made.record.hash, made.record]]);
  const asked: string[] = [];
  const used: [string, number][] = [];
  const authenticate = createAuthenticate({
    token,
    clock,
    log: pino({ level: 'silent' }),
    keys: {
      byHash: async (hash) => {
        asked.push(hash);
        return kept.get(hash);
      },
      used: async (id, atMs) => void used.push([id, atMs]),
    },
  });
  return { clock, made, kept, asked, used, authenticate };
}

describe('a bearer', () => {
  it('is the key that the database has the hash of, with its name and role', async () => {
    const { made, authenticate, asked } = world();
    expect(made.key).toMatch(/^donna_[\w-]{43}$/);
    expect(JSON.stringify(made.record)).not.toContain(made.key.slice(6, 40));
    expect(await authenticate(`Bearer ${made.key}`, false)).toEqual({
      keyId: made.record.id,
      name: 'Ada',
      role: 'caller',
      budget: { calls: 3 },
      ratePerMinute: 600,
    });
    expect(asked).toEqual([made.record.hash]);
  });

  it('is nobody when it is unknown, misshapen, of another scheme, or revoked', async () => {
    const { made, kept, authenticate, asked } = world();
    expect(await authenticate(`Bearer donna_${'x'.repeat(43)}`, true)).toBeUndefined();
    for (const other of ['Bearer x', 'Bearer ', made.key, `Basic ${made.key}`, `Bearer ${made.key} `])
      expect(await authenticate(other, true)).toBeUndefined();
    expect(asked).toHaveLength(1);
    kept.set(made.record.hash, { ...made.record, revokedMs: 1 });
    expect(await authenticate(`Bearer ${made.key}`, true)).toBeUndefined();
  });

  it('is looked up again after ten seconds, and at once after a revocation here', async () => {
    const { made, kept, authenticate, clock } = world();
    const knock = async () => (await authenticate(`Bearer ${made.key}`, false)) !== undefined;
    expect(await knock()).toBe(true);
    kept.delete(made.record.hash);
    expect(await knock()).toBe(true);
    await clock.advance(10_000);
    expect(await knock()).toBe(false);
    kept.set(made.record.hash, made.record);
    expect(await knock()).toBe(false);
    authenticate.forget();
    expect(await knock()).toBe(true);
  });

  it('is noted as used once a minute', async () => {
    const { made, kept, authenticate, clock, used } = world();
    await authenticate(`Bearer ${made.key}`, false);
    await authenticate(`Bearer ${made.key}`, false);
    kept.set(made.record.hash, { ...made.record, lastUsedMs: clock.now() });
    await clock.advance(59_000);
    await authenticate(`Bearer ${made.key}`, false);
    await clock.advance(11_000);
    await authenticate(`Bearer ${made.key}`, false);
    expect(used).toHaveLength(2);
  });

  it('is the user of the machine with its token, over loopback alone', async () => {
    const { authenticate } = world();
    expect(await authenticate(`Bearer ${token}`, true)).toMatchObject({ keyId: 'local', role: 'admin' });
    expect(await authenticate(`Bearer ${token}`, false)).toBeUndefined();
    expect(await authenticate(`Bearer ${token}x`, true)).toBeUndefined();
  });
});
