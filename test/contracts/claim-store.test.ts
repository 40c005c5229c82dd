import { describe, expect, it } from 'vitest';
import type { ClaimView } from '../../src/calls/call-store.ts';
import { accept, answered, callStepsOn, finish, leaseMs } from '../fixtures/call-steps.ts';
import { describeOnEachStore } from '../fixtures/each-store.ts';
import { planOfACall, policyOf, startMs } from '../fixtures/store-calls.ts';

describeOnEachStore('the queue of calls', (store) => {
  const { submit, claim, dialOne, write, reload } = callStepsOn(store);

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
      expect(await store.stores.calls.load(life.attempt.id)).toEqual(result.dialing[0]?.call);
      expect(await store.rows('select status, last_seq from calls')).toEqual([
        { status: 'dialing', last_seq: 2 },
      ]);
      expect(await store.rows('select key_id, calls, seconds, cents from usage')).toMatchObject([
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
      await submit({ line: { ...planOfACall.line, id: 'phnum_2' } }, { dueMs: startMs + 3_000 });
      const result = await claim();
      expect(result).toMatchObject({ dialing: [], nextDueMs: startMs + 3_000 });
      expect((await claim('node_a', startMs + 5_000)).dialing).toHaveLength(2);
    });

    it('takes first those that a person waits for, then the oldest, over all lines', async () => {
      const line = (id: string) => ({ ...planOfACall.line, id });
      const late = await submit({ line: line('phnum_1') }, { dueMs: startMs - 1 });
      const early = await submit({ line: line('phnum_2') }, { dueMs: startMs - 9 });
      const waited = await submit({ line: line('phnum_3'), personWaiting: true });
      const { dialing } = await store.stores.calls.claim(
        { owner: 'a', nowMs: startMs, leaseMs, limit: 2 },
        policyOf(),
      );
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
      await store.rows(
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
      expect(await store.stores.calls.loadCall(waits.life.callId)).toMatchObject({
        life: { attempt: { state: 'scheduled', dueMs: startMs + 60_000 } },
        ticket: { fence: 0, version: 1 },
      });
      expect(await store.stores.calls.loadCall(refused.life.callId)).toMatchObject({
        life: { result: { kind: 'failed' }, attempt: { state: 'ended' } },
      });
      expect(await store.rows('select 1 from usage')).toEqual([]);
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
      expect(await store.stores.calls.load(call.ticket.attemptId)).toEqual(call);
      expect(
        await store.stores.calls.clear(
          { ...call.ticket, version: 0 },
          { nowMs: startMs + 1, untilMs: startMs + 60_000 },
        ),
      ).toBe(false);
      expect(
        await store.stores.calls.clear(call.ticket, { nowMs: startMs + 1, untilMs: startMs + 60_000 }),
      ).toBe(true);
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
      expect(await store.stores.calls.clear(asked.ticket, allowed)).toBe(true);
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
      expect(await store.stores.calls.load(life.attempt.id)).toMatchObject({ ticket: { version: 0 } });
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
});
