import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { announceKind, createAnnounceJob, deliverKind } from '../../src/calls/announce/announce-job.ts';
import { createDeliverJob, type SentWebhook } from '../../src/calls/announce/deliver-job.ts';
import type { JobHandler } from '../../src/calls/job-handler.ts';
import type { WebhookEndpoint } from '../../src/calls/service-ports.ts';
import { createVirtualClock } from '../../src/kernel/virtual-clock.ts';
import { describeOnEachStore } from '../fixtures/each-store.ts';
import { newCall, policyOf, startMs } from '../fixtures/store-calls.ts';

const secret = 'whsec_c2VjcmV0IG9mIHRoZSBlbmRwb2ludA==';
const endpoint: WebhookEndpoint = {
  id: 'endpoint_1',
  url: 'https://example.com/donna',
  secret,
  events: [],
  createdMs: startMs - 1,
  createdBy: 'Ana',
  disabledMs: undefined,
};

/** An event of a call, from the transaction that made it to the endpoint that wants it, through the real queue of jobs. */
describeOnEachStore('outgoing webhooks', (under) => {
  function setUp(answers: SentWebhook[]) {
    const { stores } = under;
    const clock = createVirtualClock(startMs);
    const sent: { headers: Readonly<Record<string, string>>; body: string }[] = [];
    const handlers: Record<string, JobHandler> = {
      [announceKind]: createAnnounceJob({ ...stores, queue: stores.jobs, clock }),
      [deliverKind]: createDeliverJob({
        ...stores,
        clock,
        send: async (request) => {
          sent.push(request);
          return answers[sent.length - 1] ?? { kind: 'answered', status: 204 };
        },
      }),
    };
    const run = async () => {
      const request = { owner: 'node_1', nowMs: clock.now(), leaseMs: 60_000, limit: 20 };
      const jobs = await stores.jobs.claim(request);
      for (const job of jobs) {
        const result = await handlers[job.kind]?.(job, new AbortController().signal);
        if (!result) throw new Error(`no handler for ${job.kind}`);
        const tried = { atMs: clock.now(), ok: result.kind === 'done', note: result.note };
        if (result.kind === 'again') await stores.jobs.again(job, tried, result.dueMs);
        else await stores.jobs[result.kind](job, tried);
      }
      return jobs.map(({ kind }) => kind);
    };
    return { stores, clock, sent, run };
  }

  async function dialled() {
    const { calls } = under.stores;
    const call = newCall();
    await calls.submit(call);
    await calls.claim({ owner: 'node_1', nowMs: startMs, leaseMs: 15_000, limit: 10 }, policyOf());
    return call.life.callId;
  }

  it('reach the endpoint signed, with each try in the log', async () => {
    const { stores, clock, sent, run } = setUp([{ kind: 'answered', status: 500 }]);
    await stores.endpoints.add(endpoint);
    const callId = await dialled();
    expect(await run()).toEqual([announceKind]);
    expect(await run()).toEqual([deliverKind]);
    expect(await run()).toEqual([]);
    await clock.advance(10_000);
    expect(await run()).toEqual([deliverKind]);

    const [first, second] = sent;
    expect(JSON.parse(first?.body ?? '')).toMatchObject({ type: 'call.dialing', data: { callId } });
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    const signed = `${second?.headers['webhook-id']}.${second?.headers['webhook-timestamp']}.${second?.body}`;
    const key = Buffer.from(secret.slice(6), 'base64');
    expect(second?.headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
    const delivery = (await stores.jobs.ofCall(callId)).find(({ kind }) => kind === deliverKind);
    expect(delivery).toMatchObject({
      state: 'done',
      payload: { event: 'call.dialing', endpointId: endpoint.id },
      log: [
        { ok: false, note: 'Answered 500.' },
        { ok: true, note: 'Answered 204.' },
      ],
    });
  });

  it('are not made where nobody wants them', async () => {
    const { run } = setUp([]);
    await dialled();
    expect(await run()).toEqual([]);
  });

  it('are delivered once for an event that is fanned out twice', async () => {
    const { stores, sent, run } = setUp([]);
    await stores.endpoints.add(endpoint);
    await dialled();
    const nowMs = startMs;
    const [announce] = await stores.jobs.claim({ owner: 'node_1', nowMs, leaseMs: 1, limit: 1 });
    if (!announce) throw new Error('nothing was announced');
    const fanOut = createAnnounceJob({ ...stores, queue: stores.jobs, clock: createVirtualClock(startMs) });
    const never = new AbortController().signal;
    await fanOut(announce, never);
    await fanOut(announce, never);
    await stores.jobs.done(announce, { atMs: nowMs, ok: true, note: '' });
    expect(await run()).toEqual([deliverKind]);
    expect(sent).toHaveLength(1);
  });
});
