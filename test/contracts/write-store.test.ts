import { describe, expect, it } from 'vitest';
import type { LifeEvent } from '../../src/calls/life.ts';
import { accept, answered, busy, callStepsOn, finish } from '../fixtures/call-steps.ts';
import { describeOnEachStore } from '../fixtures/each-store.ts';
import { policyOf, startMs, stepOf } from '../fixtures/store-calls.ts';

describeOnEachStore('the life of calls', (store) => {
  const { submit, claim, dialOne, write, reload } = callStepsOn(store);

  describe('write', () => {
    it('takes an attempt to its end, and the call with it', async () => {
      const dialing = await dialOne();
      expect((await write(dialing, accept, startMs + 1_000)).written).toBe(true);
      const accepted = await reload(dialing);
      expect(accepted).toMatchObject({
        life: { attempt: { state: 'accepted', ids: { conversationId: 'conv_1', callSid: 'CA1' } } },
        ticket: { fence: 1, version: 2, owner: 'node_a' },
      });
      const { step } = await write(
        accepted,
        finish(answered, { spent: { seconds: 61, cents: 12 } }),
        startMs + 2_000,
      );
      const ended = await reload(dialing);
      expect(ended.life).toEqual(step.life);
      expect(ended.ticket).toEqual({
        attemptId: dialing.ticket.attemptId,
        fence: 1,
        version: 3,
        owner: undefined,
      });
      expect(await store.rows('select status, outcome, last_seq, ended_at, updated_at from calls')).toEqual([
        {
          status: 'ended',
          outcome: 'answered',
          last_seq: 5,
          ended_at: new Date(startMs + 2_000),
          updated_at: new Date(startMs + 2_000),
        },
      ]);
      expect(
        await store.rows('select live, seconds, cents, lease_until, committed_at from attempts'),
      ).toEqual([
        { live: false, seconds: 61, cents: 12, lease_until: null, committed_at: new Date(startMs) },
      ]);
      expect(await store.rows('select calls, seconds::integer, cents::integer from usage')).toEqual([
        { calls: 1, seconds: 61, cents: 12 },
      ]);
      expect(await store.rows('select seq, kind from timeline order by seq')).toEqual([
        { seq: 1, kind: 'submitted' },
        { seq: 2, kind: 'claimed' },
        { seq: 3, kind: 'replied' },
        { seq: 4, kind: 'finished' },
        { seq: 5, kind: 'ended' },
      ]);
    });

    it('makes the attempt that follows', async () => {
      const dialing = await dialOne({ personWaiting: true });
      const { step } = await write(dialing, finish(busy), startMs + 1);
      const next = await reload(dialing);
      expect(next.life).toEqual(step.life);
      expect(next).toMatchObject({
        life: { attempt: { number: 2, state: 'scheduled' }, result: undefined },
        ticket: { fence: 0, version: 0 },
      });
      expect(await store.stores.calls.load(dialing.ticket.attemptId)).toBeUndefined();
      expect(await store.rows('select status, attempts from calls')).toEqual([
        { status: 'scheduled', attempts: 2 },
      ]);
      const { dialing: again } = await claim(
        'node_a',
        startMs + 3 * 3600_000,
        policyOf({ personWaitingOnly: true }),
      );
      expect(again[0]?.call.life.attempt.id).toBe(next.ticket.attemptId);
    });

    it('changes nothing for a stale version or a stale fence', async () => {
      const dialing = await dialOne();
      const before = await reload(dialing);
      for (const ticket of [
        { ...dialing.ticket, version: 0 },
        { ...dialing.ticket, version: 2 },
        { ...dialing.ticket, fence: 0 },
        { ...dialing.ticket, fence: 2 },
      ])
        expect((await write({ ...dialing, ticket }, accept)).written).toBe(false);
      expect(await reload(dialing)).toEqual(before);
      expect(await store.rows('select 1 from timeline')).toHaveLength(2);
    });

    it('writes those of many that are not stale, and says which', async () => {
      await Promise.all(Array.from({ length: 5 }, () => submit()));
      const { dialing } = await claim();
      const writes = dialing.map(({ call }, index) => ({
        ticket: index % 2 ? { ...call.ticket, version: 9 } : call.ticket,
        step: stepOf(call, accept),
        plan: call.plan,
        atMs: startMs,
      }));
      expect(await store.stores.calls.write(writes)).toEqual([true, false, true, false, true]);
      expect(await store.stores.calls.write([])).toEqual([]);
    });

    it('takes two writes of one call one after the other', async () => {
      const dialing = await dialOne();
      const first = stepOf(dialing, accept);
      const accepted = { ...dialing, life: first.life, ticket: { ...dialing.ticket, version: 2 } };
      const second = stepOf(accepted, finish(answered));
      const { plan } = dialing;
      expect(
        await store.stores.calls.write([
          { ticket: dialing.ticket, step: first, plan, atMs: startMs },
          { ticket: accepted.ticket, step: second, plan, atMs: startMs },
          { ticket: dialing.ticket, step: first, plan, atMs: startMs },
        ]),
      ).toEqual([true, true, false]);
      expect(await store.rows('select seq from timeline order by seq')).toHaveLength(5);
    });

    it('announces only where somebody listens', async () => {
      const dialing = await dialOne();
      expect(await store.rows('select 1 from jobs')).toEqual([]);
      await store.rows(
        `insert into webhook_endpoints (id, url, secret, events, created_at, created_by) values ('w', 'https://example.com', 's', '[]', $1, 'Ann')`,
        [new Date(startMs)],
      );
      await write(dialing, accept, startMs + 7);
      expect(await store.rows('select kind, call_id, payload, due_at from jobs')).toEqual([
        {
          kind: 'announce',
          call_id: dialing.life.callId,
          payload: { event: 'call.accepted', attemptId: dialing.ticket.attemptId },
          due_at: new Date(startMs + 7),
        },
      ]);
    });

    it('suppresses the number of somebody who asked for it, and keeps what holds already', async () => {
      const dialing = await dialOne({ toHash: 'h' });
      await write(dialing, finish(answered, { wish: 'asked-not-to-be-called' }), startMs + 5);
      expect(
        await store.rows('select hash, masked, reason, added_at, added_by, expires_at from suppressions'),
      ).toEqual([
        {
          hash: 'h',
          masked: '+12•••••••42',
          reason: 'asked-not-to-be-called',
          added_at: new Date(startMs + 5),
          added_by: `call ${dialing.life.callId}`,
          expires_at: null,
        },
      ]);
      const again = await dialOne({ toHash: 'h' });
      await write(again, finish(answered, { wish: 'wrong-person' }));
      expect(await store.rows('select reason from suppressions')).toEqual([
        { reason: 'asked-not-to-be-called' },
      ]);
    });

    it('lets go of an attempt that waits for a person, and of one that waits for its time', async () => {
      const dialing = await dialOne();
      await write(dialing, { kind: 'replied', reply: { kind: 'unknown', why: 'reset' } });
      const unknown = await reload(dialing);
      expect(unknown).toMatchObject({
        life: { attempt: { state: 'unknown', why: 'reset', asked: false } },
        ticket: { owner: 'node_a' },
      });
      await write(unknown, { kind: 'quiet', absent: false, why: 'not provable' });
      expect(await reload(dialing)).toMatchObject({
        life: { attempt: { state: 'unknown', asked: true } },
        ticket: { owner: undefined },
      });
      expect(await store.rows('select status from calls')).toEqual([{ status: 'needs-person' }]);
      expect((await claim()).room.live).toBe(0);

      const other = await dialOne();
      await write(other, { kind: 'put-back', why: 'paused' });
      expect(await reload(other)).toMatchObject({
        life: { attempt: { state: 'scheduled', tries: 1, dueMs: startMs + 1_000 } },
        ticket: { owner: undefined },
      });
    });

    it('lowers the capacity to what the provider bore, and slows the line', async () => {
      for (let index = 0; index < 3; index++) await submit();
      const { dialing } = await claim();
      const refused = (backOff: 'capacity' | 'rate'): LifeEvent => ({
        kind: 'replied',
        reply: {
          kind: 'not-placed',
          cause: { code: 'busy', owner: 'provider', sentence: 'Too many.', fix: 'Wait.' } as never,
          words: 'too many',
          ids: {},
          backOff,
        },
      });
      const [one, two] = dialing.map(({ call }) => call);
      if (!one || !two) throw new Error('not enough was claimed');
      await write(one, refused('capacity'), startMs + 1);
      expect((await claim()).room.capacity).toEqual({ limit: 2, atMs: startMs + 1 });
      await write(two, refused('rate'), startMs + 2);
      expect((await claim()).room.lines).toEqual([
        { lineId: 'phnum_1', nextMs: startMs + 2, slowedMs: startMs + 2 },
      ]);
    });
  });
});
