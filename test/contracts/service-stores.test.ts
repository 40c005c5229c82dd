import { describe, expect, it } from 'vitest';
import type { AccessKey } from '../../src/calls/service-ports.ts';
import type { Suppression } from '../../src/calls/suppression.ts';
import { describeOnEachStore } from '../fixtures/each-store.ts';
import { newCall, policyOf, startMs, stepOf } from '../fixtures/store-calls.ts';

describeOnEachStore('what the service keeps', (store) => {
  describe('suppressions', () => {
    const suppression = (hash: string, addedMs = startMs): Suppression => ({
      hash,
      masked: '+12•••••••42',
      reason: 'manual',
      note: 'They said so.',
      addedAt: new Date(addedMs),
      addedBy: 'Ann',
      expiresAt: undefined,
    });

    it('are put, replaced, found and removed', async () => {
      const { suppressions } = store.stores;
      await suppressions.put(suppression('a'));
      expect(await suppressions.get('a')).toEqual(suppression('a'));
      const replaced = { ...suppression('a'), note: 'x', expiresAt: new Date(startMs + 1) };
      await suppressions.put(replaced);
      expect(await suppressions.get('a')).toEqual(replaced);
      expect(await suppressions.remove('a')).toBe(true);
      expect(await suppressions.remove('a')).toBe(false);
      expect(await suppressions.get('a')).toBeUndefined();
    });

    it('are listed newest first, page by page, each once', async () => {
      const { suppressions } = store.stores;
      const all = Array.from({ length: 5 }, (_, index) => suppression(`h${index}`, startMs + (index >> 1)));
      for (const one of all) await suppressions.put(one);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await suppressions.list({ limit: 2, cursor });
        seen.push(...page.items.map(({ hash }) => hash));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual(['h4', 'h3', 'h2', 'h1', 'h0']);
      await expect(suppressions.list({ limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({
        code: 'bad-input',
      });
    });
  });

  describe('the stop switch', () => {
    it('is seen by every claim, until it is lifted', async () => {
      const { stopSwitch, calls } = store.stores;
      const request = { owner: 'a', nowMs: startMs, leaseMs: 15_000, limit: 1 };
      expect(await stopSwitch.read()).toBeUndefined();
      expect(await stopSwitch.resume()).toBe(false);
      const order = { by: 'Ann', reason: 'wrong list', atMs: startMs };
      await stopSwitch.stop(order);
      expect(await stopSwitch.read()).toEqual(order);
      expect((await calls.claim(request, policyOf())).room.stopped).toEqual(order);
      expect(await stopSwitch.resume()).toBe(true);
      expect(await stopSwitch.read()).toBeUndefined();
      expect((await calls.claim(request, policyOf())).room.stopped).toBeUndefined();
    });

    it('makes what it held up due at once when it is lifted', async () => {
      const { stopSwitch, calls } = store.stores;
      const call = newCall();
      await calls.submit(call);
      await stopSwitch.stop({ by: 'Ann', reason: 'drill', atMs: startMs });
      const stored = await calls.loadCall(call.life.callId);
      if (!stored) throw new Error('not stored');
      const held = { kind: 'gate-waits', rule: 'stop', sentence: '', untilMs: startMs + 60_000 } as const;
      const step = stepOf(stored, held);
      await calls.write([{ ticket: stored.ticket, step, plan: stored.plan, atMs: startMs }]);
      await stopSwitch.resume();
      expect((await calls.loadCall(call.life.callId))?.life.attempt).toMatchObject({ dueMs: startMs });
    });
  });

  describe('keys', () => {
    const key = (id: string, more: Partial<AccessKey> = {}): AccessKey => ({
      id,
      name: `name of ${id}`,
      role: 'caller',
      hash: `hash of ${id}`,
      lastFour: 'abcd',
      createdMs: startMs,
      createdBy: 'Ann',
      revokedMs: undefined,
      lastUsedMs: undefined,
      ratePerMinute: 30,
      budget: { calls: 5 },
      ...more,
    });

    it('are kept as they were made', async () => {
      const { keys } = store.stores;
      const bare = key('key_2', { ratePerMinute: undefined, budget: undefined, createdMs: startMs + 1 });
      await keys.add(key('key_1'));
      await keys.add(bare);
      expect(await keys.byHash('hash of key_1')).toEqual(key('key_1'));
      expect(await keys.byHash('nothing')).toBeUndefined();
      expect(await keys.list()).toEqual([key('key_1'), bare]);
    });

    it('are revoked by id, or by a name that only one has', async () => {
      const { keys } = store.stores;
      await keys.add(key('key_1', { name: 'twin' }));
      await keys.add(key('key_2', { name: 'twin' }));
      expect(await keys.revoke('twin', startMs + 1)).toBeUndefined();
      expect(await keys.revoke('key_1', startMs + 1)).toMatchObject({ id: 'key_1', revokedMs: startMs + 1 });
      expect(await keys.revoke('key_1', startMs + 2)).toMatchObject({ revokedMs: startMs + 1 });
      expect(await keys.revoke('twin', startMs + 3)).toMatchObject({ id: 'key_2', revokedMs: startMs + 3 });
      expect(await keys.revoke('twin', startMs + 4)).toBeUndefined();
    });

    it('say when they were last used, to the minute', async () => {
      const { keys } = store.stores;
      await keys.add(key('key_1'));
      const lastUsed = async () => (await keys.list())[0]?.lastUsedMs;
      await keys.used('key_1', startMs);
      expect(await lastUsed()).toBe(startMs);
      await keys.used('key_1', startMs + 59_999);
      expect(await lastUsed()).toBe(startMs);
      await keys.used('key_1', startMs + 60_000);
      expect(await lastUsed()).toBe(startMs + 60_000);
    });
  });

  describe('recordings', () => {
    it('come back byte for byte, the last one of a conversation', async () => {
      const { recordings } = store.stores;
      const mp3 = Uint8Array.from({ length: 256 }, (_, index) => index);
      await recordings.put({ conversationId: 'conv_1', receivedMs: startMs, mp3: Uint8Array.of(1) });
      await recordings.put({ conversationId: 'conv_1', receivedMs: startMs, mp3: mp3.subarray(1) });
      expect([...((await recordings.get('conv_1')) ?? [])]).toEqual([...mp3.subarray(1)]);
      expect(await recordings.get('conv_2')).toBeUndefined();
    });
  });

  describe('webhook endpoints', () => {
    it('are kept as they were made', async () => {
      const { endpoints } = store.stores;
      const endpoint = {
        id: 'wh_1',
        url: 'https://example.com/hook',
        secret: 's',
        events: ['call.ended'],
        createdMs: startMs,
        createdBy: 'Ann',
        disabledMs: undefined,
      };
      await endpoints.add(endpoint);
      expect(await endpoints.list()).toEqual([endpoint]);
      expect(await endpoints.get('wh_1')).toEqual(endpoint);
      expect(await endpoints.remove('wh_1')).toBe(true);
      expect(await endpoints.remove('wh_1')).toBe(false);
      expect(await endpoints.get('wh_1')).toBeUndefined();
    });
  });

  describe('counts', () => {
    it('are nothing where nothing is', async () => {
      expect(await store.stores.counts.read(startMs)).toEqual({
        byStatus: {},
        due: 0,
        oldestDueMs: undefined,
        live: 0,
        unknown: 0,
        needsPerson: 0,
        inboxWaiting: 0,
        jobsDue: 0,
        usageToday: { calls: 0, seconds: 0, cents: 0 },
      });
    });

    it('tell how much runs and waits', async () => {
      const { calls, counts, jobs } = store.stores;
      await calls.submit(newCall({ personWaiting: true }));
      await calls.submit(newCall({}, { dueMs: startMs - 7 }));
      await calls.submit(newCall({}, { dueMs: startMs + 7 }));
      await calls.claim({ owner: 'a', nowMs: startMs, leaseMs: 1, limit: 1 }, policyOf());
      await jobs.add([{ kind: 'sweep', payload: {}, dueMs: startMs, createdMs: startMs }]);
      expect(await counts.read(startMs)).toEqual({
        byStatus: { scheduled: 2, dialing: 1 },
        due: 1,
        oldestDueMs: startMs - 7,
        live: 1,
        unknown: 0,
        needsPerson: 0,
        inboxWaiting: 0,
        jobsDue: 1,
        usageToday: { calls: 1, seconds: 0, cents: 0 },
      });
    });
  });
});
