import { describe, expect, it } from 'vitest';
import type { CallFilter } from '../../src/calls/call-records.ts';
import type { NewCall } from '../../src/calls/call-store.ts';
import type { LifeEvent } from '../../src/calls/life.ts';
import type { Outcome, OutcomeKind } from '../../src/calls/outcome.ts';
import { describeOnEachStore } from '../fixtures/each-store.ts';
import { newCall, planOfACall, policyOf, startMs, stepOf } from '../fixtures/store-calls.ts';

const outcome = (kind: OutcomeKind, retryable = false): Outcome => ({
  kind,
  owner: 'callee',
  retryable,
  connected: kind === 'answered',
  human: 'unknown',
  sentence: '+12125550142 was told: my name is Ada.',
  fix: 'Call Ada.',
  evidence: ['callee: my name is Ada'],
  contradicts: 'Ada says otherwise.',
});
const finish = (kind: OutcomeKind, retryable = false): LifeEvent => ({
  kind: 'finished',
  outcome: outcome(kind, retryable),
  ids: {},
  by: 'poll',
  spent: { seconds: 9, cents: 3 },
});

describeOnEachStore('calls as they are read', (store) => {
  const submit = async (...args: Parameters<typeof newCall>): Promise<NewCall> => {
    const call = newCall(...args);
    await store.stores.calls.submit(call);
    return call;
  };
  const dial = async (atMs = startMs) => {
    const { dialing } = await store.stores.calls.claim(
      { owner: 'n', nowMs: atMs, leaseMs: 1_000, limit: 50 },
      policyOf({ atMs }),
    );
    return dialing.map(({ call }) => call);
  };
  /** Takes the latest attempt of a call through these events. */
  const live = async ({ life }: NewCall, ...events: LifeEvent[]) => {
    for (const [index, event] of events.entries()) {
      const call = await store.stores.calls.loadCall(life.callId);
      if (!call) throw new Error('the call is gone');
      const atMs = startMs + index + 1;
      await store.stores.calls.write([
        { ticket: call.ticket, step: stepOf(call, event, atMs), plan: call.plan, atMs },
      ]);
    }
  };
  const accept = (conversationId: string, callSid: string): LifeEvent => ({
    kind: 'replied',
    reply: { kind: 'accepted', ids: { conversationId, callSid, sipCallId: `sip of ${callSid}` } },
  });

  describe('get', () => {
    it('finds a call by any id, with all its attempts', async () => {
      const call = await submit({ metadata: { invoice: 'A-1' } });
      const [first] = await dial();
      await live(call, accept('conv_1', 'CA1'), finish('busy', true));
      const second = await store.stores.calls.loadCall(call.life.callId);
      const record = await store.stores.records.get(call.life.callId);
      expect(record).toMatchObject({
        status: 'scheduled',
        createdMs: startMs,
        updatedMs: startMs + 2,
        endedMs: undefined,
        forgottenMs: undefined,
        attempts: [
          {
            attempt: { number: 1, state: 'ended', ids: { conversationId: 'conv_1' } },
            committedMs: startMs,
            endedMs: startMs + 2,
            seconds: 9,
            cents: 3,
          },
          { attempt: { number: 2, state: 'scheduled' }, committedMs: undefined, seconds: undefined },
        ],
      });
      expect(record?.life).toEqual(second?.life);
      expect(record?.plan).toEqual(call.plan);
      const ids = [first?.ticket.attemptId, second?.ticket.attemptId, 'conv_1', 'CA1', 'sip of CA1'];
      for (const id of ids) expect(await store.stores.records.get(id ?? '')).toEqual(record);
      expect(await store.stores.records.get('conv_2')).toBeUndefined();
    });
  });

  describe('list', () => {
    const idsOf = async (filter: CallFilter, limit = 50) => {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.stores.records.list(filter, { limit, cursor });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        ids.push(...page.items.map(({ life }) => life.callId));
        cursor = page.nextCursor;
      } while (cursor);
      return ids;
    };

    it('has every call once, newest first, whatever the size of a page', async () => {
      const calls: NewCall[] = [];
      for (let index = 0; index < 7; index++)
        calls.push(await submit({}, { createdMs: startMs + (index >> 1) }));
      const newestFirst = calls.map(({ life }) => life.callId).toReversed();
      for (const limit of [1, 2, 3, 7, 50]) expect(await idsOf({}, limit)).toEqual(newestFirst);
      expect(await idsOf({ status: ['scheduled', 'ended'] }, 2)).toEqual(newestFirst);
    });

    it('filters by each property, and by several at once', async () => {
      const line = { ...planOfACall.line, id: 'phnum_2' };
      const one = await submit({ toHash: 'h', metadata: { a: '1', b: '2' } }, { createdMs: startMs + 1 });
      const two = await submit({ agentId: 'agent_2', metadata: { a: '1' } }, { createdMs: startMs + 2 });
      const three = await submit({ line, keyId: 'key_2' }, { createdMs: startMs + 3 });
      const [first, second, third] = [one, two, three].map(({ life }) => life.callId);
      await dial();
      await live(one, accept('conv_1', 'CA1'), finish('busy'));
      await live(
        two,
        { kind: 'replied', reply: { kind: 'unknown', why: 'reset' } },
        { kind: 'quiet', absent: false, why: 'late' },
      );
      const cases: [CallFilter, (string | undefined)[]][] = [
        [{ toHash: 'h' }, [first]],
        [{ agentId: 'agent_2' }, [second]],
        [{ lineId: 'phnum_2' }, [third]],
        [{ keyId: 'key_2' }, [third]],
        [{ status: ['needs-person'] }, [second]],
        [{ status: ['ended', 'dialing'] }, [third, first]],
        [{ status: ['ended', 'ended'] }, [first]],
        [{ status: [] }, []],
        [{ outcome: ['busy', 'answered'] }, [first]],
        [{ outcome: ['answered'] }, []],
        [{ status: ['ended'], outcome: ['busy'], agentId: 'agent_1' }, [first]],
        [{ metadata: { a: '1' } }, [second, first]],
        [{ metadata: { a: '1', b: '2' } }, [first]],
        [{ metadata: { a: '1' }, status: ['ended'] }, [first]],
        [{ metadata: {} }, [third, second, first]],
        [{ createdAfterMs: startMs + 2 }, [third, second]],
        [{ createdBeforeMs: startMs + 2 }, [first]],
        [{ keyId: 'key_1', createdAfterMs: startMs + 1, createdBeforeMs: startMs + 2 }, [first]],
      ];
      for (const [filter, expected] of cases)
        expect([filter, await idsOf(filter, 1)]).toEqual([filter, expected]);
    });

    it('refuses a cursor that is none', async () => {
      for (const cursor of ['', 'x', '💥', Buffer.from('99999999999999999 call_1').toString('base64url')])
        await expect(store.stores.records.list({}, { limit: 1, cursor })).rejects.toMatchObject({
          code: 'bad-input',
        });
    });
  });

  describe('timeline', () => {
    it('goes on behind the entry that was read last', async () => {
      const call = await submit();
      await dial();
      await live(call, accept('conv_1', 'CA1'));
      const { records } = store.stores;
      const all = await records.timeline(call.life.callId, 0, 10);
      expect(all.map(({ seq, kind }) => [seq, kind])).toEqual([
        [1, 'submitted'],
        [2, 'claimed'],
        [3, 'replied'],
      ]);
      expect(all[2]).toEqual({
        seq: 3,
        attemptId: call.life.attempt.id,
        atMs: startMs + 1,
        kind: 'replied',
        data: { reply: 'accepted', conversationId: 'conv_1', callSid: 'CA1', sipCallId: 'sip of CA1' },
      });
      expect(await records.timeline(call.life.callId, 1, 1)).toEqual([all[1]]);
      expect(await records.timeline('call_none', 0, 10)).toEqual([]);
    });
  });

  describe('erasure', () => {
    const everything = async () => {
      const tables = await store.rows<{ name: string }>(
        "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'donna_migrations'",
      );
      const texts: string[] = [];
      for (const { name } of tables) texts.push(JSON.stringify(await store.rows(`select * from ${name}`)));
      return texts.join('\n');
    };
    const delivery = (deliveryKey: string, ids: { conversationId?: string; attemptId?: string }) =>
      store.stores.inbox.put({
        deliveryKey,
        type: 't',
        conversationId: ids.conversationId,
        attemptId: ids.attemptId,
        receivedMs: startMs,
        eventMs: undefined,
        body: { said: 'Ada' },
        dueMs: startMs,
      });

    it('takes the person out of a call, and leaves that it was made and how it ended', async () => {
      const { calls, erasure, idempotency, inbox, recordings, records } = store.stores;
      await idempotency.reserve({ keyId: 'key_1', key: 'for Ada', requestHash: 'of Ada', nowMs: startMs });
      const call = await submit(
        {
          toHash: 'hash of Ada',
          clientData: { dynamic_variables: { name: 'Ada' } },
          bypass: { window: 'Ada asked' },
          metadata: { who: 'Ada' },
          zones: ['Europe/Ada'],
        },
        { idempotency: { key: 'for Ada', requestHash: 'of Ada', expiresMs: startMs + 1 } },
      );
      await dial();
      await live(call, accept('conv_1', 'CA1'), finish('busy', true));
      const [again] = await dial(startMs + 7_200_000);
      await live(
        call,
        {
          kind: 'replied',
          reply: { kind: 'unknown', why: 'Ada' },
          explanation: {
            verdict: 'cannot-tell',
            answer: ['Nothing fits Ada.'],
            rules: [],
            fieldMap: {},
            document: 'of Ada',
          },
        },
        {
          kind: 'resolve',
          by: 'Bob',
          decision: 'answered',
          note: 'Ada said so',
        },
      );
      await delivery('a', { conversationId: 'conv_1' });
      await delivery('b', { attemptId: again?.ticket.attemptId ?? '' });
      await recordings.put({ conversationId: 'conv_1', receivedMs: startMs, mp3: Uint8Array.of(1) });
      const before = await records.get(call.life.callId);

      expect(await erasure.callsTo('hash of Ada')).toEqual([
        { callId: call.life.callId, ended: true, conversationIds: ['conv_1'], callSids: ['CA1'] },
      ]);
      await erasure.wipe([call.life.callId], startMs + 9_000_000);

      const text = await everything();
      for (const trace of ['Ada', '2125550142', 'hash of']) expect(text).not.toContain(trace);
      const after = await records.get(call.life.callId);
      expect(after).toMatchObject({
        status: 'ended',
        createdMs: startMs,
        endedMs: before?.endedMs,
        forgottenMs: startMs + 9_000_000,
        life: { result: { kind: 'answered', sentence: 'Erased.', evidence: [] } },
        plan: { to: '', toHash: '', clientData: {}, metadata: {} },
        attempts: [{ seconds: 9, attempt: { outcome: { kind: 'busy' } } }, { attempt: { number: 2 } }],
      });
      const kinds = (await records.timeline(call.life.callId, 0, 50)).map(({ kind }) => kind);
      expect(kinds).toContain('finished');
      expect(await inbox.take({ nowMs: startMs, untilMs: startMs, limit: 9 })).toEqual([]);
      expect(await recordings.get('conv_1')).toBeUndefined();
      expect(await erasure.callsTo('hash of Ada')).toEqual([]);
      expect((await calls.loadCall(call.life.callId))?.plan.to).toBe('');
    });

    it('takes the person out of what was sent and is to be sent about a call', async () => {
      const { erasure, jobs } = store.stores;
      const call = await submit();
      await dial();
      await live(call, accept('conv_1', 'CA1'), finish('answered'));
      const { callId } = call.life;
      const bodyOf = (outcome: unknown) =>
        JSON.stringify({ id: 'evt_1', data: { callId, to: 'of Ada', outcome, metadata: { who: 'Ada' } } });
      const spoken = bodyOf({ kind: 'answered', sentence: 'Ada spoke.', fix: 'Ask Ada.' });
      const [sent, waiting, unheard] = ['sent', 'waiting', 'unheard'].map((key) => ({
        kind: 'deliver',
        key,
        callId,
        payload: {
          event: 'call.ended',
          endpointId: 'e',
          id: 'evt_1',
          body: key === 'unheard' ? bodyOf(null) : spoken,
        },
        dueMs: startMs,
        createdMs: startMs,
      }));
      await jobs.add([sent, waiting, unheard].filter((job) => job !== undefined));
      const [first] = await jobs.claim({ owner: 'a', nowMs: startMs, leaseMs: 1, limit: 1 });
      if (first) await jobs.done(first, { atMs: startMs, ok: true, note: 'Answered 204.' });
      await erasure.wipe([callId], startMs);
      const left = await jobs.ofCall(callId);
      expect(JSON.stringify(left)).not.toContain('Ada');
      const bodies = left.flatMap(({ payload }) => {
        const { body } = payload as { body?: string };
        return body === undefined ? [] : [JSON.parse(body)];
      });
      expect(bodies).toHaveLength(2);
      for (const { id, data } of bodies) {
        expect(id).toBe('evt_1');
        expect(data).toMatchObject({ callId, to: null, metadata: {} });
        expect([null, { kind: 'answered', sentence: 'Erased.', fix: null }]).toContainEqual(data.outcome);
      }
    });

    it('does not touch a call that is not over', async () => {
      const { calls, erasure } = store.stores;
      const call = await submit({ toHash: 'h' });
      expect(await erasure.callsTo('h')).toMatchObject([{ ended: false }]);
      await erasure.wipe([call.life.callId], startMs);
      await erasure.wipe([], startMs);
      expect((await calls.loadCall(call.life.callId))?.plan).toEqual(call.plan);
    });

    it('names the calls that ended long ago, once', async () => {
      const { erasure } = store.stores;
      const old = await submit();
      const open = await submit();
      await dial();
      await live(old, accept('conv_1', 'CA1'), finish('answered'));
      await live(open, accept('conv_2', 'CA2'));
      const found = [{ callId: old.life.callId, conversationIds: ['conv_1'], callSids: ['CA1'] }];
      expect(await erasure.endedBefore(startMs + 2, 10)).toEqual([]);
      expect(await erasure.endedBefore(startMs + 3, 10)).toEqual(found);
      await erasure.wipe([old.life.callId], startMs + 4);
      expect(await erasure.endedBefore(startMs + 9_999, 10)).toEqual([]);
    });

    it('sweeps up what belongs to no call and is old', async () => {
      const { erasure, idempotency, jobs, recordings } = store.stores;
      const call = await submit();
      await dial();
      await live(call, accept('conv_1', 'CA1'));
      await delivery('ours', { conversationId: 'conv_1' });
      await delivery('ours too', { attemptId: call.life.attempt.id });
      await delivery('not ours', { conversationId: 'conv_9' });
      await recordings.put({ conversationId: 'conv_1', receivedMs: startMs, mp3: Uint8Array.of(1) });
      await recordings.put({ conversationId: 'conv_9', receivedMs: startMs, mp3: Uint8Array.of(1) });
      const job = { kind: 'k', payload: {}, dueMs: startMs, createdMs: startMs };
      await jobs.add([job, { ...job, dueMs: startMs + 1 }]);
      const [due] = await jobs.claim({ owner: 'n', nowMs: startMs, leaseMs: 1, limit: 5 });
      if (due) await jobs.done(due, { atMs: startMs, ok: true, note: '' });
      await idempotency.reserve({ keyId: 'k', key: 'k', requestHash: 'h', nowMs: startMs - 60_000 });
      expect(await erasure.sweep(startMs)).toEqual({ removed: 0 });
      expect(await erasure.sweep(startMs + 1)).toEqual({ removed: 4 });
      expect(await erasure.sweep(startMs + 1)).toEqual({ removed: 0 });
      expect(await store.rows('select 1 from inbox')).toHaveLength(2);
      expect(await recordings.get('conv_1')).toBeDefined();
      expect(await store.rows('select 1 from jobs')).toHaveLength(1);
    });
  });
});
