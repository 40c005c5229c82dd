import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { attemptId, callId, storedCall } from '../../../test/fixtures/stored-calls.ts';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import type { CallRecord } from '../call-records.ts';
import type { JobResult } from '../job-handler.ts';
import { notDialled } from '../life-outcomes.ts';
import type { Job, WebhookEndpoint } from '../service-ports.ts';
import { createAnnounceJob } from './announce-job.ts';
import { callAnnouncement } from './call-announcement.ts';
import { createDeliverJob, deliveryDelaysMs, type SentWebhook } from './deliver-job.ts';
import { signWebhook } from './sign-webhook.ts';

const number = '+12125550142';
const outcome = notDialled('donna', `${number} is suppressed.`, `Do not call ${number}.`);

function record(change: Partial<CallRecord> = {}): CallRecord {
  const { life, plan } = storedCall({ state: 'ended', outcome } as object, { result: outcome });
  const attempt = { attempt: life.attempt, committedMs: 1, endedMs: 2, seconds: 3, cents: 4 };
  return {
    life,
    plan: {
      ...plan,
      clientData: { dynamic_variables: { customer_name: 'Ms Rivera' } },
      metadata: { order: '7' },
    },
    status: 'ended',
    createdMs: 0,
    updatedMs: 2,
    endedMs: 2,
    forgottenMs: undefined,
    attempts: [attempt],
    ...change,
  };
}

const endpoint = (id: string, change: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  id,
  url: 'https://example.com/donna',
  secret: 'whsec_c2VjcmV0',
  events: [],
  createdMs: 0,
  createdBy: 'Ana',
  disabledMs: undefined,
  ...change,
});

const job = (payload: unknown, change: Partial<Job> = {}): Job => ({
  id: 7,
  kind: 'announce',
  callId,
  payload,
  createdMs: 1_000,
  tries: 0,
  fence: 1,
  log: [],
  ...change,
});

const never = new AbortController().signal;

describe('callAnnouncement', () => {
  it('says how a call ended, and names nobody', () => {
    const said = callAnnouncement(record(), { name: 'call.ended', attemptId, atMs: 0 });
    expect(said).toMatchObject({
      type: 'call.ended',
      timestamp: '1970-01-01T00:00:00.000Z',
      data: {
        callId,
        attemptId,
        attemptNumber: 1,
        status: 'ended',
        to: '+12•••••••42',
        conversationId: 'conv_1',
        outcome: { kind: 'failed', owner: 'donna', sentence: '+12•••••••42 is suppressed.' },
        metadata: { order: '7' },
      },
    });
    expect(JSON.stringify(said)).not.toContain(number);
    expect(JSON.stringify(said)).not.toContain('Rivera');
  });

  it('has no number once the person was forgotten', () => {
    expect(
      callAnnouncement(record({ forgottenMs: 5 }), { name: 'call.ended', attemptId, atMs: 0 }).data.to,
    ).toBeNull();
  });
});

describe('signWebhook', () => {
  it('signs as Standard Webhooks does', () => {
    const signed = signWebhook({
      id: 'evt_7',
      body: '{"a":1}',
      secret: 'whsec_c2VjcmV0',
      nowMs: 1_700_000_000_900,
    });
    const expected = createHmac('sha256', 'secret').update('evt_7.1700000000.{"a":1}').digest('base64');
    expect(signed).toEqual({
      'webhook-id': 'evt_7',
      'webhook-timestamp': '1700000000',
      'webhook-signature': `v1,${expected}`,
    });
  });

  it('signs with no empty key', () => {
    expect(() => signWebhook({ id: 'a', body: '', secret: 'whsec_', nowMs: 0 })).toThrow('empty');
  });
});

describe('createAnnounceJob', () => {
  const run = async (endpoints: WebhookEndpoint[], payload: unknown = { event: 'call.ended', attemptId }) => {
    const added: { key?: string; callId?: string; payload: unknown }[] = [];
    const handler = createAnnounceJob({
      records: { get: async (id) => (id === callId ? record() : undefined) },
      endpoints: { list: async () => endpoints },
      queue: { add: async (jobs) => void added.push(...jobs) },
      clock: createVirtualClock(),
    });
    return { result: await handler(job(payload), never), added };
  };

  it('makes a delivery for each endpoint that wants the event', async () => {
    const { result, added } = await run([
      endpoint('we_1'),
      endpoint('we_2', { events: ['call.ended', 'call.unknown'] }),
      endpoint('we_3', { events: ['call.dialing'] }),
      endpoint('we_4', { disabledMs: 1 }),
      endpoint('we_5', { createdMs: 2_000 }),
    ]);
    expect(result).toEqual({ kind: 'done', note: 'For 2 endpoints.' });
    expect(added.map(({ key }) => key)).toEqual(['evt_7:we_1', 'evt_7:we_2']);
    const [first, second] = added.map(({ payload }) => (payload as { body: string }).body);
    expect(JSON.parse(first ?? '')).toMatchObject({ id: 'evt_7', type: 'call.ended', data: { callId } });
    expect(second).toBe(first);
  });

  it('fails for an event that cannot be read', async () => {
    expect((await run([], { event: 'call.sung', attemptId })).result.kind).toBe('failed');
  });
});

describe('createDeliverJob', () => {
  const run = async (sent: SentWebhook, tries = 0, found: WebhookEndpoint | undefined = endpoint('we_1')) => {
    const clock = createVirtualClock();
    const requests: { url: string; headers: Readonly<Record<string, string>>; body: string }[] = [];
    const handler = createDeliverJob({
      endpoints: { get: async () => found },
      send: async (request) => {
        requests.push(request);
        return sent;
      },
      clock,
    });
    const payload = { event: 'call.ended', endpointId: 'we_1', id: 'evt_7', body: '{}' };
    const result: JobResult = await handler(job(payload, { kind: 'deliver', tries }), never);
    return { result, requests, clock };
  };

  it('sends the body, signed', async () => {
    const { result, requests, clock } = await run({ kind: 'answered', status: 204 });
    expect(result).toEqual({ kind: 'done', note: 'Answered 204.' });
    expect(requests).toMatchObject([
      {
        url: 'https://example.com/donna',
        body: '{}',
        headers: signWebhook({ id: 'evt_7', body: '{}', secret: 'whsec_c2VjcmV0', nowMs: clock.now() }),
      },
    ]);
  });

  it.each(deliveryDelaysMs.map((waitMs, tries) => [tries, waitMs]))(
    'tries again after try %i, in %i ms',
    async (tries, waitMs) => {
      const { result, clock } = await run({ kind: 'answered', status: 503 }, tries);
      expect(result).toEqual({ kind: 'again', note: 'Answered 503.', dueMs: clock.now() + waitMs });
    },
  );

  it('gives up after a day and a half', async () => {
    expect((await run({ kind: 'unreachable', why: 'No answer.' }, 7)).result).toEqual({
      kind: 'failed',
      note: 'No answer.',
    });
  });

  it('follows no redirect', async () => {
    const { result } = await run({ kind: 'answered', status: 302 });
    expect(result).toMatchObject({ kind: 'again', note: 'Answered 302: redirects are not followed.' });
  });

  it('fails at once where the receiver is gone, refused or removed', async () => {
    expect((await run({ kind: 'answered', status: 410 })).result.kind).toBe('failed');
    expect((await run({ kind: 'refused', why: 'A private address.' })).result).toEqual({
      kind: 'failed',
      note: 'A private address.',
    });
    const removed = await run({ kind: 'answered', status: 204 }, 0, endpoint('we_1', { disabledMs: 1 }));
    expect(removed.result.kind).toBe('failed');
    expect(removed.requests).toHaveLength(0);
  });
});
