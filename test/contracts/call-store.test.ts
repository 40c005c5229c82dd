import { describe, expect, it } from 'vitest';
import { accept, callStepsOn, leaseMs } from '../fixtures/call-steps.ts';
import { describeOnEachStore } from '../fixtures/each-store.ts';
import { freshId, newCall, startMs } from '../fixtures/store-calls.ts';

describeOnEachStore('calls', (store) => {
  const { submit, dialOne, write, reload } = callStepsOn(store);

  describe('submit', () => {
    it('keeps a call as it was given', async () => {
      const call = await submit({
        window: {
          days: ['mon'],
          from: '09:00',
          to: '17:00',
          zone: 'America/New_York',
          notBeforeMs: startMs,
          notAfterMs: startMs + 1,
        },
        bypass: { window: 'They asked for it' },
        keyBudget: { calls: 3 },
        telephony: { ringing_timeout_secs: 30 },
        metadata: { invoice: 'A-1' },
        origin: 'call-contact',
      });
      const loaded = await store.stores.calls.load(call.life.attempt.id);
      expect(loaded).toEqual({
        life: call.life,
        plan: call.plan,
        createdMs: startMs,
        ticket: { attemptId: call.life.attempt.id, fence: 0, version: 0, owner: undefined },
        watchedMs: 0,
        clearedUntilMs: undefined,
      });
      expect(await store.stores.calls.loadCall(call.life.callId)).toEqual(loaded);
    });

    it('takes what no text in the database can hold, and replaces just that', async () => {
      const call = await submit({ clientData: { dynamic_variables: { odd: 'a\0b\ud800c \\u0000 é' } } });
      const loaded = await store.stores.calls.load(call.life.attempt.id);
      expect(loaded?.plan.clientData.dynamic_variables).toEqual({ odd: 'a\ufffdb\ufffdc \\u0000 é' });
    });

    it('takes many at once, and each once though it is sent again', async () => {
      const calls = Array.from({ length: 30 }, () => newCall());
      for (let time = 0; time < 2; time++)
        await Promise.all(calls.map((call) => store.stores.calls.submit(call)));
      for (const table of ['calls', 'attempts', 'timeline'])
        expect(await store.rows(`select 1 from ${table}`)).toHaveLength(30);
    });

    it('begins the timeline', async () => {
      const { life } = await submit();
      expect(await store.rows('select call_id, seq, attempt_id, kind from timeline')).toEqual([
        { call_id: life.callId, seq: 1, attempt_id: life.attempt.id, kind: 'submitted' },
      ]);
    });

    it('knows no call that was not submitted', async () => {
      expect(await store.stores.calls.load('att_none')).toBeUndefined();
      expect(await store.stores.calls.loadCall('call_none')).toBeUndefined();
    });
  });

  describe('leases', () => {
    it('are renewed for those that still hold them, with the time watched', async () => {
      const dialing = await dialOne();
      const held = [
        { attemptId: dialing.ticket.attemptId, fence: 1, watchedMs: 4_000.4 },
        { attemptId: 'att_none', fence: 1, watchedMs: 1 },
      ];
      const request = { owner: 'node_a', nowMs: startMs + 5_000, leaseMs, held };
      expect(await store.stores.calls.renew(request)).toEqual([
        { attemptId: dialing.ticket.attemptId, version: 1 },
      ]);
      await store.stores.calls.renew(request);
      expect((await reload(dialing)).watchedMs).toBe(8_000);
      expect(await store.stores.calls.renew({ ...request, owner: 'node_b' })).toEqual([]);
      expect(
        await store.stores.calls.renew({ ...request, held: held.map((one) => ({ ...one, fence: 2 })) }),
      ).toEqual([]);
      expect(await store.stores.calls.renew({ ...request, held: [] })).toEqual([]);
    });

    it('are taken over once they have run out, and then the old owner writes nothing', async () => {
      const dialing = await dialOne();
      const request = { owner: 'node_b', nowMs: startMs + leaseMs, leaseMs, limit: 10, held: [] };
      expect(await store.stores.calls.takeOver(request)).toEqual([]);
      const late = { ...request, nowMs: startMs + leaseMs + 1 };
      const own = { ...late, owner: 'node_a', held: [dialing.ticket.attemptId] };
      expect(await store.stores.calls.takeOver(own)).toEqual([]);
      const [taken] = await store.stores.calls.takeOver(late);
      expect(taken).toMatchObject({
        life: dialing.life,
        plan: dialing.plan,
        ticket: { fence: 2, version: 2, owner: 'node_b' },
      });
      expect(await store.stores.calls.takeOver({ ...late, owner: 'node_c' })).toEqual([]);
      expect((await write(dialing, accept)).written).toBe(false);
      const held = [{ attemptId: dialing.ticket.attemptId, fence: 1, watchedMs: 0 }];
      expect(await store.stores.calls.renew({ owner: 'node_a', nowMs: startMs, leaseMs, held })).toEqual([]);
      if (taken) expect((await write(taken, { kind: 'taken-over', by: 'node_b' })).written).toBe(true);
    });

    it('of a claim whose answer got lost are taken up by the node that made it', async () => {
      const dialing = await dialOne();
      const request = { owner: 'node_a', leaseMs, limit: 10, held: ['att_another'] };
      expect(await store.stores.calls.takeOver({ ...request, nowMs: startMs + leaseMs })).toEqual([]);
      expect(await store.stores.calls.takeOver({ ...request, nowMs: startMs + leaseMs + 1 })).toMatchObject([
        { ticket: { attemptId: dialing.ticket.attemptId, fence: 2, owner: 'node_a' } },
      ]);
    });

    it('are given back all at once', async () => {
      await dialOne();
      await store.stores.calls.release({ owner: 'node_b', nowMs: startMs });
      expect(
        await store.stores.calls.takeOver({ owner: 'node_b', nowMs: startMs, leaseMs, limit: 9, held: [] }),
      ).toEqual([]);
      await store.stores.calls.release({ owner: 'node_a', nowMs: startMs });
      expect(
        await store.stores.calls.takeOver({ owner: 'node_b', nowMs: startMs, leaseMs, limit: 9, held: [] }),
      ).toHaveLength(1);
    });

    it('of an attempt that came back to life without an owner may be taken at once', async () => {
      const dialing = await dialOne();
      await write(dialing, { kind: 'replied', reply: { kind: 'unknown', why: 'reset' } });
      await write(await reload(dialing), { kind: 'quiet', absent: false, why: 'not provable' });
      await write(
        await reload(dialing),
        { kind: 'found', ids: { conversationId: 'conv_9' }, by: 'webhook' },
        startMs + 9,
      );
      const taken = await store.stores.calls.takeOver({
        owner: 'node_b',
        nowMs: startMs + 10,
        leaseMs,
        limit: 9,
        held: [],
      });
      expect(taken).toMatchObject([
        { life: { attempt: { state: 'accepted' } }, ticket: { owner: 'node_b' } },
      ]);
    });
  });

  describe('findAttempt', () => {
    it('finds an attempt by each of its ids', async () => {
      const dialing = await dialOne();
      const attemptId = dialing.ticket.attemptId;
      await write(dialing, {
        kind: 'replied',
        reply: { kind: 'accepted', ids: { conversationId: 'conv_1', callSid: 'CA1', sipCallId: 'sip_1' } },
      });
      for (const ids of [
        { attemptId },
        { conversationId: 'conv_1' },
        { callSid: 'CA1' },
        { sipCallId: 'sip_1' },
      ])
        expect(await store.stores.calls.findAttempt(ids)).toBe(attemptId);
      expect(
        await store.stores.calls.findAttempt({ conversationId: 'conv_2', callSid: undefined }),
      ).toBeUndefined();
      expect(await store.stores.calls.findAttempt({})).toBeUndefined();
      expect(await store.stores.calls.findAttempt({ attemptId: freshId('att') })).toBeUndefined();
    });
  });
});
