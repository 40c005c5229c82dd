import { expect, it } from 'vitest';
import { createApplyEvent } from '../../src/calls/apply-event.ts';
import type { LifeEvent } from '../../src/calls/life.ts';
import type { Stores } from '../../src/store/create-stores.ts';
import { describeOnEachStore } from '../fixtures/each-store.ts';
import { freshId, newCall, policyOf, startMs, stepOf } from '../fixtures/store-calls.ts';

const leaseMs = 15_000;
const accept: LifeEvent = { kind: 'replied', reply: { kind: 'accepted', ids: {} } };

describeOnEachStore('two nodes', (store) => {
  const claim = (node: Stores, owner: string, limit: number, capacity = 1_000) =>
    node.calls.claim({ owner, nowMs: startMs, leaseMs, limit }, policyOf({ capacity }));
  const submit = async (count: number) => {
    for (let index = 0; index < count; index++) await store.stores.calls.submit(newCall());
  };

  it('that claim at the same time never take more than there is room for', async () => {
    const nodes = [store.stores, await store.db.anotherNode()];
    await submit(30);
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        nodes.map((node, who) => claim(node, `n${who}`, 1 + (index % 5), 7)),
      ).flat(),
    );
    expect(results.flatMap(({ dialing }) => dialing)).toHaveLength(7);
    expect(await store.rows('select 1 from attempts where live')).toHaveLength(7);
    for (const { room } of results) expect(room.live).toBeLessThanOrEqual(7);
  });

  it('claim each attempt once', async () => {
    const nodes = [store.stores, await store.db.anotherNode()];
    await submit(40);
    const results = await Promise.all(
      Array.from({ length: 8 }, () => nodes.map((node, who) => claim(node, `n${who}`, 4))).flat(),
    );
    const ids = results.flatMap(({ dialing }) => dialing.map(({ call }) => call.ticket.attemptId));
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
    expect(await store.rows('select sum(calls)::integer as calls from usage')).toEqual([{ calls: 40 }]);
  });

  it('write to one call without a gap in its timeline, and none of it twice', async () => {
    const nodes = [store.stores, await store.db.anotherNode()];
    await submit(1);
    const [claimed] = (await claim(store.stores, 'n0', 1)).dialing;
    if (!claimed) throw new Error('nothing was claimed');
    const appliers = nodes.map(({ calls }) =>
      createApplyEvent({ store: calls, clock: { now: () => startMs }, newId: freshId }),
    );
    const { attemptId } = claimed.call.ticket;
    await appliers[0]?.(attemptId, accept);
    const events: LifeEvent[] = Array.from({ length: 6 }, (_, index) => ({
      kind: 'progress',
      state: `state ${index}`,
    }));
    const applied = await Promise.all(
      appliers.flatMap((apply) => events.map((event) => apply(attemptId, event))),
    );
    expect(applied.every(({ kind }) => kind === 'applied')).toBe(true);
    const [call] = await store.rows<{ id: string; last_seq: number }>('select id, last_seq from calls');
    const entries = await store.stores.records.timeline(call?.id ?? '', 0, 100);
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
    expect(call?.last_seq).toBe(15);
  });

  it('end an attempt once, whichever of them is first', async () => {
    const nodes = [store.stores, await store.db.anotherNode()];
    await submit(1);
    const [claimed] = (await claim(store.stores, 'n0', 1)).dialing;
    if (!claimed) throw new Error('nothing was claimed');
    const { call } = claimed;
    const step = stepOf(call, { kind: 'put-back', why: 'paused' });
    const written = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        nodes[index % 2]?.calls.write([{ ticket: call.ticket, step, plan: call.plan, atMs: startMs }]),
      ),
    );
    expect(written.filter((result) => result?.[0])).toHaveLength(1);
  });

  it('write many attempts in opposite orders and neither fails', async () => {
    const nodes = [store.stores, await store.db.anotherNode()];
    await submit(20);
    const { dialing } = await claim(store.stores, 'n0', 20);
    const writes = dialing.map(({ call }) => ({
      ticket: call.ticket,
      step: stepOf(call, accept),
      plan: call.plan,
      atMs: startMs,
    }));
    const results = await Promise.all([
      ...Array.from({ length: 4 }, () => nodes[0]?.calls.write(writes)),
      ...Array.from({ length: 4 }, () => nodes[1]?.calls.write(writes.toReversed())),
    ]);
    expect(results.flatMap((result) => (result ?? []).filter(Boolean))).toHaveLength(20);
  });

  it('take over what a third has left, each attempt once', async () => {
    const nodes = [store.stores, await store.db.anotherNode()];
    await submit(20);
    await claim(store.stores, 'gone', 20);
    const nowMs = startMs + leaseMs + 1;
    const taken = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        nodes[index % 2]?.calls.takeOver({ owner: `n${index}`, nowMs, leaseMs, limit: 5, held: [] }),
      ),
    );
    const ids = taken.flatMap((calls) => (calls ?? []).map(({ ticket }) => ticket.attemptId));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(0);
  });

  it('do not wait for an attempt that somebody has locked', async () => {
    // The embedded database has one session: nobody can hold a lock beside it.
    if (store.db.database.kind === 'embedded') return;
    await submit(2);
    const [first] = await store.rows<{ id: string }>('select id from attempts order by id limit 1');
    const client = await store.db.database.pool.connect();
    try {
      await client.query('begin');
      await client.query('select 1 from attempts where id = $1 for update', [first?.id]);
      const { dialing } = await claim(store.stores, 'n0', 10);
      expect(dialing).toHaveLength(1);
      expect(dialing[0]?.call.ticket.attemptId).not.toBe(first?.id);
    } finally {
      await client.query('rollback');
      client.release();
    }
    expect((await claim(store.stores, 'n0', 10)).dialing).toHaveLength(1);
  });
});
