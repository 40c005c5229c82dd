import { describe, expect, it } from 'vitest';
import type { AccessKey } from '../../src/calls/service-ports.ts';
import type { Suppression } from '../../src/calls/suppression.ts';
import { describeOnEachStore } from '../fixtures/each-store.ts';
import { newCall, policyOf, startMs } from '../fixtures/store-calls.ts';

describeOnEachStore('what the service keeps', (store) => {
  describe('idempotency keys', () => {
    const request = { keyId: 'key_1', key: 'k', requestHash: 'h', nowMs: startMs };

    it('are reserved once, and lapse', async () => {
      const { idempotency } = store.stores;
      expect(await idempotency.reserve(request)).toEqual({ kind: 'reserved' });
      expect(await idempotency.reserve(request)).toEqual({ kind: 'running' });
      expect(await idempotency.reserve({ ...request, requestHash: 'other' })).toEqual({
        kind: 'other-request',
      });
      expect(await idempotency.reserve({ ...request, keyId: 'key_2' })).toEqual({ kind: 'reserved' });
      expect(await idempotency.reserve({ ...request, nowMs: startMs + 60_000 })).toEqual({
        kind: 'reserved',
      });
    });

    it('stand for the call that was made, until they expire', async () => {
      const { idempotency, calls } = store.stores;
      await idempotency.reserve(request);
      const call = newCall({}, { idempotency: { key: 'k', expiresMs: startMs + 600_000 } });
      await calls.submit(call);
      const replay = { kind: 'replay', callId: call.life.callId };
      expect(await idempotency.reserve({ ...request, nowMs: startMs + 599_999 })).toEqual(replay);
      await idempotency.release('key_1', 'k');
      expect(await idempotency.reserve(request)).toEqual(replay);
      expect(await idempotency.reserve({ ...request, nowMs: startMs + 600_000 })).toEqual({
        kind: 'reserved',
      });
    });

    it('are free again after a refusal', async () => {
      const { idempotency } = store.stores;
      await idempotency.reserve(request);
      await idempotency.release('key_1', 'k');
      expect(await idempotency.reserve(request)).toEqual({ kind: 'reserved' });
    });

    it('give one call to two that hold one reservation, because the first was slow', async () => {
      const { idempotency, calls } = store.stores;
      await idempotency.reserve(request);
      await idempotency.reserve({ ...request, nowMs: startMs + 60_000 });
      const idempotent = { idempotency: { key: 'k', expiresMs: startMs + 600_000 } };
      await calls.submit(newCall({}, idempotent));
      await expect(calls.submit(newCall({}, idempotent))).rejects.toMatchObject({
        code: 'storage',
        retryable: true,
      });
      expect(await store.rows('select 1 from calls')).toHaveLength(1);
      expect(await store.rows('select 1 from attempts')).toHaveLength(1);
    });

    it('are reserved by one of many that come at once', async () => {
      const reserved = await Promise.all(
        Array.from({ length: 10 }, () => store.stores.idempotency.reserve(request)),
      );
      expect(reserved.filter(({ kind }) => kind === 'reserved')).toHaveLength(1);
      expect(reserved.filter(({ kind }) => kind === 'running')).toHaveLength(9);
    });
  });

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

  describe('the inbox', () => {
    const item = (deliveryKey: string, receivedMs = startMs) => ({
      deliveryKey,
      type: 'post_call_transcription',
      conversationId: 'conv_1',
      attemptId: undefined,
      receivedMs,
      eventMs: startMs - 1,
      body: { said: 'a\0b' },
      dueMs: receivedMs,
    });

    it('drops what it has already', async () => {
      const { inbox } = store.stores;
      expect(await inbox.put(item('a'))).toBe(1);
      expect(await inbox.put(item('a'))).toBeUndefined();
    });

    it('hands out what is due, oldest first, and keeps it from others for a while', async () => {
      const { inbox } = store.stores;
      await inbox.put(item('a', startMs));
      await inbox.put(item('b', startMs - 1));
      await inbox.put(item('c', startMs + 1));
      const take = (nowMs: number) => inbox.take({ nowMs, untilMs: nowMs + 60_000, limit: 5 });
      const taken = await take(startMs);
      expect(taken.map(({ id }) => id)).toEqual([2, 1]);
      expect(taken[1]).toEqual({
        id: 1,
        type: 'post_call_transcription',
        conversationId: 'conv_1',
        attemptId: undefined,
        receivedMs: startMs,
        eventMs: startMs - 1,
        body: { said: 'a\ufffdb' },
        tries: 0,
      });
      expect(await take(startMs)).toEqual([]);
      const again = await take(startMs + 60_000);
      expect(again.map(({ id, tries }) => [id, tries])).toEqual([
        [2, 1],
        [1, 1],
        [3, 0],
      ]);
    });

    it('is done with what was taken in, and looks again at what could not be', async () => {
      const { inbox } = store.stores;
      await inbox.put(item('a'));
      await inbox.put(item('b'));
      await inbox.done(1, startMs, 'taken in');
      await inbox.later(2, startMs + 5, 'not known yet');
      await inbox.later(1, startMs, 'too late');
      expect(await inbox.take({ nowMs: startMs, untilMs: startMs, limit: 5 })).toEqual([]);
      const taken = await inbox.take({ nowMs: startMs + 5, untilMs: startMs + 6, limit: 5 });
      expect(taken.map(({ id }) => id)).toEqual([2]);
      expect(await store.rows('select note from inbox order by id')).toEqual([
        { note: 'taken in' },
        { note: 'not known yet' },
      ]);
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

  describe('jobs', () => {
    const job = { kind: 'announce', payload: { event: 'call.ended' }, dueMs: startMs, createdMs: startMs };
    const claim = (nowMs = startMs, owner = 'node_a') =>
      store.stores.jobs.claim({ owner, nowMs, leaseMs: 1_000, limit: 10 });
    const tried = { atMs: startMs, ok: true, note: '200' };

    it('are done once, each try in their log', async () => {
      const { jobs } = store.stores;
      await jobs.add([{ ...job, callId: 'call_1' }]);
      await jobs.add([]);
      const [first] = await claim();
      expect(first).toEqual({
        id: 1,
        kind: 'announce',
        callId: 'call_1',
        payload: { event: 'call.ended' },
        createdMs: startMs,
        tries: 0,
        fence: 1,
        log: [],
      });
      expect(await claim(startMs, 'node_b')).toEqual([]);
      if (first) await jobs.again(first, { ...tried, ok: false, note: '503' }, startMs + 10);
      expect(await claim(startMs + 9)).toEqual([]);
      const [second] = await claim(startMs + 10);
      expect(second).toMatchObject({ tries: 1, fence: 2 });
      if (second) await jobs.done(second, tried);
      expect(await claim(startMs + 99_999)).toEqual([]);
      expect(await jobs.ofCall('call_1')).toMatchObject([
        { state: 'done', tries: 2, log: [{ ...tried, ok: false, note: '503' }, tried] },
      ]);
    });

    it('pass to another node when the lease runs out, and then the first one writes nothing', async () => {
      const { jobs } = store.stores;
      await jobs.add([{ ...job, callId: 'call_1' }]);
      const [first] = await claim();
      const [second] = await claim(startMs + 1_001, 'node_b');
      expect(second).toMatchObject({ fence: 2, tries: 1 });
      if (first) await jobs.done(first, tried);
      expect(await jobs.ofCall('call_1')).toMatchObject([{ state: 'open', log: [] }]);
      if (second) await jobs.failed(second, { ...tried, ok: false });
      expect(await jobs.ofCall('call_1')).toMatchObject([{ state: 'failed' }]);
    });

    it('with the same key are there once, until they are over', async () => {
      const { jobs } = store.stores;
      const keyed = { ...job, kind: 'sweep', key: 'daily' };
      await jobs.add([keyed, keyed]);
      await jobs.add([keyed, { ...job, kind: 'other', key: 'daily' }]);
      const claimed = await claim();
      expect(claimed.map(({ kind }) => kind).toSorted()).toEqual(['other', 'sweep']);
      for (const one of claimed) await jobs.done(one, tried);
      await jobs.add([keyed]);
      expect(await claim()).toHaveLength(1);
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
