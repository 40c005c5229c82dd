import { describe, expect, it } from 'vitest';
import { describeOnEachStore } from '../fixtures/each-store.ts';
import { newCall, startMs } from '../fixtures/store-calls.ts';

describeOnEachStore('what waits to be done', (store) => {
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
      const call = newCall(
        {},
        { idempotency: { key: 'k', requestHash: request.requestHash, expiresMs: startMs + 600_000 } },
      );
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
      const idempotent = {
        idempotency: { key: 'k', requestHash: request.requestHash, expiresMs: startMs + 600_000 },
      };
      await calls.submit(newCall({}, idempotent));
      await expect(calls.submit(newCall({}, idempotent))).rejects.toMatchObject({
        code: 'storage',
        retryable: true,
      });
      expect(await store.rows('select 1 from calls')).toHaveLength(1);
      expect(await store.rows('select 1 from attempts')).toHaveLength(1);
    });

    it('give no call to a request that was so slow that another one has the key by now', async () => {
      const { idempotency, calls } = store.stores;
      await idempotency.reserve(request);
      await idempotency.reserve({ ...request, requestHash: 'other', nowMs: startMs + 60_000 });
      const of = (requestHash: string) =>
        newCall({}, { idempotency: { key: 'k', requestHash, expiresMs: startMs + 600_000 } });
      await expect(calls.submit(of(request.requestHash))).rejects.toMatchObject({ retryable: true });
      await calls.submit(of('other'));
      expect(await store.rows('select 1 from calls')).toHaveLength(1);
    });

    it('are reserved by one of many that come at once', async () => {
      const reserved = await Promise.all(
        Array.from({ length: 10 }, () => store.stores.idempotency.reserve(request)),
      );
      expect(reserved.filter(({ kind }) => kind === 'reserved')).toHaveLength(1);
      expect(reserved.filter(({ kind }) => kind === 'running')).toHaveLength(9);
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
});
