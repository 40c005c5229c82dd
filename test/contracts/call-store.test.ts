import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallStore, ClaimView, NewCall, StoredCall } from '../../src/calls/call-store.ts';
import type { LifeEvent } from '../../src/calls/life.ts';
import type { Outcome } from '../../src/calls/outcome.ts';
import { freshId, newCall, policyOf, startMs, stepOf } from '../fixtures/store-calls.ts';
import { type StoreDatabase, storeDatabases } from '../fixtures/store-databases.ts';

const answered: Outcome = {
  kind: 'answered',
  owner: 'callee',
  retryable: false,
  connected: true,
  human: 'yes',
  sentence: 'Somebody answered.',
  fix: undefined,
  evidence: ['status: done'],
  contradicts: undefined,
};
const busy: Outcome = { ...answered, kind: 'busy', retryable: true, connected: false, human: 'no' };
const leaseMs = 15_000;

describe.each(storeDatabases)('calls in $name', ({ here, open }) => {
  describe.skipIf(!here)('(where it is installed)', () => {
    let db: StoreDatabase;
    let store: CallStore;
    beforeAll(async () => {
      db = await open();
      store = db.stores.calls;
    }, 60_000);
    beforeEach(() => db.empty());
    afterAll(() => db.close());

    const submit = async (...args: Parameters<typeof newCall>): Promise<NewCall> => {
      const call = newCall(...args);
      await store.submit(call);
      return call;
    };
    const claim = (owner = 'node_a', atMs = startMs, policy = policyOf({ atMs })) =>
      store.claim({ owner, nowMs: atMs, leaseMs, limit: 50 }, policy);
    const dialOne = async (...args: Parameters<typeof newCall>): Promise<StoredCall> => {
      await submit(...args);
      const { dialing } = await claim();
      const [first] = dialing;
      if (!first) throw new Error('nothing was claimed');
      return first.call;
    };
    const write = async (call: StoredCall, event: LifeEvent, atMs = startMs) => {
      const step = stepOf(call, event, atMs);
      const [written] = await store.write([{ ticket: call.ticket, step, plan: call.plan, atMs }]);
      return { written, step };
    };
    const reload = async (call: StoredCall): Promise<StoredCall> => {
      const found = await store.loadCall(call.life.callId);
      if (!found) throw new Error('the call is gone');
      return found;
    };
    const rows = async <Row extends object>(text: string) => (await db.database.pool.query<Row>(text)).rows;
    const accept: LifeEvent = {
      kind: 'replied',
      reply: { kind: 'accepted', ids: { conversationId: 'conv_1', callSid: 'CA1' } },
    };
    const finish = (outcome: Outcome, more: object = {}): LifeEvent => ({
      kind: 'finished',
      outcome,
      ids: {},
      by: 'poll',
      ...more,
    });

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
        const loaded = await store.load(call.life.attempt.id);
        expect(loaded).toEqual({
          life: call.life,
          plan: call.plan,
          createdMs: startMs,
          ticket: { attemptId: call.life.attempt.id, fence: 0, version: 0, owner: undefined },
          watchedMs: 0,
          clearedUntilMs: undefined,
        });
        expect(await store.loadCall(call.life.callId)).toEqual(loaded);
      });

      it('takes what no text in the database can hold, and replaces just that', async () => {
        const call = await submit({ clientData: { dynamic_variables: { odd: 'a\0b\ud800c \\u0000 é' } } });
        const loaded = await store.load(call.life.attempt.id);
        expect(loaded?.plan.clientData.dynamic_variables).toEqual({ odd: 'a\ufffdb\ufffdc \\u0000 é' });
      });

      it('begins the timeline', async () => {
        const { life } = await submit();
        expect(await rows('select call_id, seq, attempt_id, kind from timeline')).toEqual([
          { call_id: life.callId, seq: 1, attempt_id: life.attempt.id, kind: 'submitted' },
        ]);
      });

      it('knows no call that was not submitted', async () => {
        expect(await store.load('att_none')).toBeUndefined();
        expect(await store.loadCall('call_none')).toBeUndefined();
      });
    });

    describe('claim', () => {
      it('commits a due attempt as dialing, with owner, lease and a new fence', async () => {
        const { life, plan } = await submit();
        const result = await claim();
        expect(result.dialing).toHaveLength(1);
        expect(result.dialing[0]).toMatchObject({
          sendAtMs: startMs,
          call: {
            life: { attempt: { id: life.attempt.id, state: 'dialing', committedMs: startMs } },
            ticket: { fence: 1, version: 1, owner: 'node_a' },
          },
        });
        expect(result.dialing[0]?.call.plan).toEqual(plan);
        expect(await store.load(life.attempt.id)).toEqual(result.dialing[0]?.call);
        expect(await rows('select status, last_seq from calls')).toEqual([
          { status: 'dialing', last_seq: 2 },
        ]);
        expect(await rows('select key_id, calls, seconds, cents from usage')).toMatchObject([
          { key_id: plan.keyId, calls: 1 },
        ]);
      });

      it('claims nothing twice', async () => {
        await submit();
        expect((await claim('node_a')).dialing).toHaveLength(1);
        expect((await claim('node_b')).dialing).toHaveLength(0);
      });

      it('leaves alone what is not due, and says when it will be', async () => {
        await submit({}, { dueMs: startMs + 5_000 });
        await submit({ line: { ...newCall().plan.line, id: 'phnum_2' } }, { dueMs: startMs + 3_000 });
        const result = await claim();
        expect(result).toMatchObject({ dialing: [], nextDueMs: startMs + 3_000 });
        expect((await claim('node_a', startMs + 5_000)).dialing).toHaveLength(2);
      });

      it('takes first those that a person waits for, then the oldest, over all lines', async () => {
        const line = (id: string) => ({ ...newCall().plan.line, id });
        const late = await submit({ line: line('phnum_1') }, { dueMs: startMs - 1 });
        const early = await submit({ line: line('phnum_2') }, { dueMs: startMs - 9 });
        const waited = await submit({ line: line('phnum_3'), personWaiting: true });
        const { dialing } = await store.claim({ owner: 'a', nowMs: startMs, leaseMs, limit: 2 }, policyOf());
        expect(dialing.map(({ call }) => call.life.callId)).toEqual([waited.life.callId, early.life.callId]);
        const rest = await claim();
        expect(rest.dialing.map(({ call }) => call.life.callId)).toEqual([late.life.callId]);
      });

      it('passes over closed lines, and over what nobody waits for where only that may go', async () => {
        await submit();
        const closed = policyOf({ closedLines: ['phnum_1'] });
        expect((await claim('a', startMs, closed)).dialing).toHaveLength(0);
        expect((await claim('a', startMs, policyOf({ personWaitingOnly: true }))).dialing).toHaveLength(0);
        await submit({ personWaiting: true });
        expect((await claim('a', startMs, policyOf({ personWaitingOnly: true }))).dialing).toHaveLength(1);
      });

      it('shows the policy what it judges by', async () => {
        const first = await dialOne({ toHash: 'one', keyId: 'key_1' });
        await write(first, accept);
        await write(await reload(first), finish(answered, { spent: { seconds: 30, cents: 4 } }));
        const live = await dialOne({ toHash: 'two', keyId: 'key_2' });
        await db.database.pool.query(
          `insert into suppressions (hash, masked, reason, note, added_at, added_by) values ('one', '+12•••42', 'manual', 'no', $1, 'Ann')`,
          [new Date(startMs)],
        );
        await submit({ toHash: 'one', keyId: 'key_1' });
        await submit({ toHash: 'two', keyId: 'key_3' });
        const seen: ClaimView[] = [];
        await claim('a', startMs, policyOf({ decide: () => undefined, onView: (view) => seen.push(view) }));
        expect(seen[0]).toMatchObject({
          nowMs: startMs,
          live: 1,
          liveDestinations: new Set(['two']),
          usageTotal: { calls: 2, seconds: 30, cents: 4 },
          usageByKey: new Map([
            ['key_1', { calls: 1, seconds: 30, cents: 4 }],
            ['key_3', { calls: 0, seconds: 0, cents: 0 }],
          ]),
          suppressions: new Map([
            [
              'one',
              {
                hash: 'one',
                masked: '+12•••42',
                reason: 'manual',
                note: 'no',
                addedAt: new Date(startMs),
                addedBy: 'Ann',
                expiresAt: undefined,
              },
            ],
          ]),
        });
        expect(live.ticket.fence).toBe(1);
      });

      it('keeps the paces that the policy gives back', async () => {
        await submit();
        const lines = [{ lineId: 'phnum_1', nextMs: startMs + 1_000, slowedMs: undefined }];
        await claim('a', startMs, policyOf({ lines }));
        expect((await claim()).room.lines).toEqual(lines);
      });

      it('writes what the gate made wait or refused, and dials none of it', async () => {
        const waits = await submit({}, { dueMs: startMs - 2 });
        const refused = await submit({}, { dueMs: startMs - 1 });
        const result = await claim(
          'a',
          startMs,
          policyOf({
            decide: (call) =>
              call.life.callId === waits.life.callId
                ? { kind: 'gate-waits', rule: 'window', untilMs: startMs + 60_000, sentence: 'Closed.' }
                : { kind: 'gate-refused', rule: 'suppression', sentence: 'Suppressed.', fix: 'Do not call.' },
          }),
        );
        expect(result).toMatchObject({ dialing: [], changed: 2, nextDueMs: startMs + 60_000 });
        expect(await store.loadCall(waits.life.callId)).toMatchObject({
          life: { attempt: { state: 'scheduled', dueMs: startMs + 60_000 } },
          ticket: { fence: 0, version: 1 },
        });
        expect(await store.loadCall(refused.life.callId)).toMatchObject({
          life: { result: { kind: 'failed' }, attempt: { state: 'ended' } },
        });
        expect(await rows('select 1 from usage')).toEqual([]);
      });

      it('leaves an attempt to the hook, and has it due again as soon as the hook allows it', async () => {
        await submit();
        const asked = await claim(
          'a',
          startMs,
          policyOf({ decide: () => ({ askHookUntilMs: startMs + 30_000 }) }),
        );
        const [call] = asked.askHook;
        if (!call) throw new Error('the hook was not asked');
        expect((await claim('a', startMs + 1)).dialing).toHaveLength(0);
        expect(await store.load(call.ticket.attemptId)).toEqual(call);
        expect(
          await store.clear(
            { ...call.ticket, version: 0 },
            { nowMs: startMs + 1, untilMs: startMs + 60_000 },
          ),
        ).toBe(false);
        expect(await store.clear(call.ticket, { nowMs: startMs + 1, untilMs: startMs + 60_000 })).toBe(true);
        const { dialing } = await claim('a', startMs + 1);
        expect(dialing[0]?.call).toMatchObject({ clearedUntilMs: startMs + 60_000 });
      });

      it('asks the hook again when it did not answer in time', async () => {
        await submit();
        const ask = policyOf({ decide: () => ({ askHookUntilMs: startMs + 30_000 }) });
        await claim('a', startMs, ask);
        const again = policyOf({ decide: () => ({ askHookUntilMs: startMs + 60_000 }) });
        const { askHook } = await claim('a', startMs + 30_000, again);
        expect(askHook).toHaveLength(1);
        const [asked] = askHook;
        if (!asked) throw new Error('the hook was not asked');
        const allowed = { nowMs: startMs + 30_001, untilMs: startMs + 99_000 };
        expect(await store.clear(asked.ticket, allowed)).toBe(true);
        expect((await claim('a', startMs + 30_001)).dialing).toHaveLength(1);
      });

      it('commits nothing when the policy fails', async () => {
        const { life } = await submit();
        const broken = policyOf({
          decide: () => {
            throw new Error('a bug');
          },
        });
        await expect(claim('a', startMs, broken)).rejects.toThrow('a bug');
        expect(await store.load(life.attempt.id)).toMatchObject({ ticket: { version: 0 } });
        expect((await claim()).dialing).toHaveLength(1);
      });

      it('reads nothing more when there is no room', async () => {
        await submit();
        expect(await claim('a', startMs, policyOf({ capacity: 0 }))).toMatchObject({
          dialing: [],
          changed: 0,
          room: { live: 0, stopped: undefined, capacity: undefined, lines: [] },
        });
      });
    });

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
        expect(await rows('select status, outcome, last_seq, ended_at, updated_at from calls')).toEqual([
          {
            status: 'ended',
            outcome: 'answered',
            last_seq: 5,
            ended_at: new Date(startMs + 2_000),
            updated_at: new Date(startMs + 2_000),
          },
        ]);
        expect(await rows('select live, seconds, cents, lease_until, committed_at from attempts')).toEqual([
          { live: false, seconds: 61, cents: 12, lease_until: null, committed_at: new Date(startMs) },
        ]);
        expect(await rows('select calls, seconds::integer, cents::integer from usage')).toEqual([
          { calls: 1, seconds: 61, cents: 12 },
        ]);
        expect(await rows('select seq, kind from timeline order by seq')).toEqual([
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
        expect(await store.load(dialing.ticket.attemptId)).toBeUndefined();
        expect(await rows('select status, attempts from calls')).toEqual([
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
        expect(await rows('select 1 from timeline')).toHaveLength(2);
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
        expect(await store.write(writes)).toEqual([true, false, true, false, true]);
        expect(await store.write([])).toEqual([]);
      });

      it('takes two writes of one call one after the other', async () => {
        const dialing = await dialOne();
        const first = stepOf(dialing, accept);
        const accepted = { ...dialing, life: first.life, ticket: { ...dialing.ticket, version: 2 } };
        const second = stepOf(accepted, finish(answered));
        const { plan } = dialing;
        expect(
          await store.write([
            { ticket: dialing.ticket, step: first, plan, atMs: startMs },
            { ticket: accepted.ticket, step: second, plan, atMs: startMs },
            { ticket: dialing.ticket, step: first, plan, atMs: startMs },
          ]),
        ).toEqual([true, true, false]);
        expect(await rows('select seq from timeline order by seq')).toHaveLength(5);
      });

      it('announces only where somebody listens', async () => {
        const dialing = await dialOne();
        expect(await rows('select 1 from jobs')).toEqual([]);
        await db.database.pool.query(
          `insert into webhook_endpoints (id, url, secret, events, created_at, created_by) values ('w', 'https://example.com', 's', '[]', $1, 'Ann')`,
          [new Date(startMs)],
        );
        await write(dialing, accept, startMs + 7);
        expect(await rows('select kind, call_id, payload, due_at from jobs')).toEqual([
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
          await rows('select hash, masked, reason, added_at, added_by, expires_at from suppressions'),
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
        expect(await rows('select reason from suppressions')).toEqual([{ reason: 'asked-not-to-be-called' }]);
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
        expect(await rows('select status from calls')).toEqual([{ status: 'needs-person' }]);
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

    describe('leases', () => {
      it('are renewed for those that still hold them, with the time watched', async () => {
        const dialing = await dialOne();
        const held = [
          { attemptId: dialing.ticket.attemptId, fence: 1, watchedMs: 4_000.4 },
          { attemptId: 'att_none', fence: 1, watchedMs: 1 },
        ];
        const request = { owner: 'node_a', nowMs: startMs + 5_000, leaseMs, held };
        expect(await store.renew(request)).toEqual([{ attemptId: dialing.ticket.attemptId, version: 1 }]);
        await store.renew(request);
        expect((await reload(dialing)).watchedMs).toBe(8_000);
        expect(await store.renew({ ...request, owner: 'node_b' })).toEqual([]);
        expect(await store.renew({ ...request, held: held.map((one) => ({ ...one, fence: 2 })) })).toEqual(
          [],
        );
        expect(await store.renew({ ...request, held: [] })).toEqual([]);
      });

      it('are taken over once they have run out, and then the old owner writes nothing', async () => {
        const dialing = await dialOne();
        const request = { owner: 'node_b', nowMs: startMs + leaseMs, leaseMs, limit: 10 };
        expect(await store.takeOver(request)).toEqual([]);
        const late = { ...request, nowMs: startMs + leaseMs + 1 };
        expect(await store.takeOver({ ...late, owner: 'node_a' })).toEqual([]);
        const [taken] = await store.takeOver(late);
        expect(taken).toMatchObject({
          life: dialing.life,
          plan: dialing.plan,
          ticket: { fence: 2, version: 2, owner: 'node_b' },
        });
        expect(await store.takeOver({ ...late, owner: 'node_c' })).toEqual([]);
        expect((await write(dialing, accept)).written).toBe(false);
        const held = [{ attemptId: dialing.ticket.attemptId, fence: 1, watchedMs: 0 }];
        expect(await store.renew({ owner: 'node_a', nowMs: startMs, leaseMs, held })).toEqual([]);
        if (taken) expect((await write(taken, { kind: 'taken-over', by: 'node_b' })).written).toBe(true);
      });

      it('are given back all at once', async () => {
        await dialOne();
        await store.release({ owner: 'node_b', nowMs: startMs });
        expect(await store.takeOver({ owner: 'node_b', nowMs: startMs, leaseMs, limit: 9 })).toEqual([]);
        await store.release({ owner: 'node_a', nowMs: startMs });
        expect(await store.takeOver({ owner: 'node_b', nowMs: startMs, leaseMs, limit: 9 })).toHaveLength(1);
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
        const taken = await store.takeOver({ owner: 'node_b', nowMs: startMs + 10, leaseMs, limit: 9 });
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
          expect(await store.findAttempt(ids)).toBe(attemptId);
        expect(await store.findAttempt({ conversationId: 'conv_2', callSid: undefined })).toBeUndefined();
        expect(await store.findAttempt({})).toBeUndefined();
        expect(await store.findAttempt({ attemptId: freshId('att') })).toBeUndefined();
      });
    });
  });
});
