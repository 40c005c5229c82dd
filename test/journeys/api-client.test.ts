import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { LifeEvent, Outcome } from '../../src/calls/index.ts';
import {
  ApiError,
  type ClientFetch,
  createDonnaClient,
  type DonnaClient,
  type FollowedEvent,
} from '../../src/client/index.ts';
import { accepted } from '../fixtures/calls.ts';
import { callBody, type OpenApi, openApi, token } from '../fixtures/open-api.ts';
import { storeDatabases } from '../fixtures/store-databases.ts';

const kept = await storeDatabases[0].open();
let api: OpenApi;
let donna: DonnaClient;
const clientOf = (fetch?: ClientFetch) =>
  createDonnaClient({ url: api.url, apiKey: token, fetch, clock: api.clock });

beforeEach(async () => {
  await api?.close();
  api = await openApi(kept);
  donna = clientOf();
});
afterAll(async () => {
  await api?.close();
  await kept.close();
});

const busy: Outcome = {
  kind: 'busy',
  owner: 'callee',
  retryable: false,
  connected: false,
  human: 'no',
  sentence: 'The line was busy.',
  fix: undefined,
  evidence: [],
  contradicts: undefined,
};
const toTheEnd: LifeEvent[] = [
  { kind: 'claimed' },
  { kind: 'replied', reply: accepted },
  { kind: 'finished', outcome: busy, ids: {}, by: 'webhook' },
];
const nameOf = (event: FollowedEvent) => (event.kind === 'end' ? 'end' : event.entry.kind);

/** Reads on until the name has come; fails by the time limit of the test when it does not. */
async function until(events: AsyncGenerator<FollowedEvent>, name: string): Promise<string[]> {
  const names: string[] = [];
  while (names.at(-1) !== name) {
    const { done, value } = await events.next();
    if (done) break;
    names.push(nameOf(value));
  }
  return names;
}

/** Moves the clock on until the promise is settled: both sides wait by it. */
async function meanwhile<T>(promise: Promise<T>, stepMs = 500): Promise<T> {
  let settled = false;
  const done = promise.finally(() => {
    settled = true;
  });
  done.catch(() => {});
  while (!settled) {
    await api.clock.advance(stepMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return done;
}

describe('the client', () => {
  it('places, lists, reads, cancels and retries calls', async () => {
    const call = await donna.calls.create(callBody, { idempotencyKey: 'one' });
    expect(call).toMatchObject({ status: 'scheduled', replayed: false, warnings: [] });
    expect(await donna.calls.create(callBody, { idempotencyKey: 'one' })).toMatchObject({
      id: call.id,
      replayed: true,
    });
    await donna.calls.create({ ...callBody, to: '+12125550143', metadata: { invoice: 'INV-1042' } });
    const found: string[] = [];
    for await (const one of donna.calls.all({ limit: 1 })) found.push(one.id);
    expect(found).toHaveLength(2);
    const { items } = await donna.calls.list({ metadata: { invoice: 'INV-1042' }, status: ['scheduled'] });
    expect(items.map(({ to }) => to)).toEqual(['+12125550143']);
    expect((await donna.calls.cancel(call.id)).outcome?.kind).toBe('cancelled');
    expect((await donna.calls.timeline(call.id, { after: 1, limit: 1 })).items).toHaveLength(1);
    expect((await donna.calls.retry(call.id)).attemptNumber).toBe(2);
    expect(await donna.calls.deliveries(call.id)).toEqual([]);
  });

  it('steers everything else', async () => {
    const { id } = await donna.suppressions.add({ number: '+12125550142' });
    expect((await donna.suppressions.list()).items).toHaveLength(1);
    await donna.suppressions.remove(id);
    const key = await donna.keys.create({ name: 'billing', role: 'viewer' });
    expect((await donna.keys.list()).map(({ name }) => name)).toEqual(['billing']);
    expect((await donna.keys.revoke(key.id)).revokedAt).not.toBeNull();
    expect((await donna.dialling.stop('A test.')).stopped).toBe(true);
    expect((await donna.dialling.resume()).stopped).toBe(false);
    expect((await donna.dialling.read()).stopped).toBe(false);
    const endpoint = await donna.webhookEndpoints.add({ url: 'https://example.com/' });
    expect(await donna.webhookEndpoints.get(endpoint.id)).toEqual((await donna.webhookEndpoints.list())[0]);
    await donna.webhookEndpoints.remove(endpoint.id);
    expect((await donna.forget('+12125550142')).couldNotReach).toEqual([]);
    expect(await donna.health()).toEqual({ status: 'ok' });
    expect((await donna.ready()).ready).toBe(true);
  });

  it('throws a refusal with its code, hint, faults and findings', async () => {
    await expect(donna.calls.create({ to: '+12125550166' })).rejects.toMatchObject({
      name: 'ApiError',
      code: 'guard',
      status: 422,
      findings: [{ rule: 'blocked-number' }],
      requestId: expect.stringMatching(/^req_/),
    });
    await expect(donna.calls.create({ to: 'Ada' })).rejects.toMatchObject({
      code: 'bad-input',
      errors: [{ pointer: '/to' }],
    });
    await expect(donna.calls.recording('call_none')).rejects.toThrow(ApiError);
    const wrong = createDonnaClient({ url: api.url, apiKey: 'donna_wrong' });
    await expect(wrong.calls.list()).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('says when no answer came, and when it is not Donna that answers', async () => {
    const nobody = clientOf(async () => {
      throw new TypeError('fetch failed');
    });
    await expect(nobody.health()).rejects.toMatchObject({ code: 'unreachable', status: 0 });
    const proxy = clientOf(async () => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await expect(proxy.health()).rejects.toMatchObject({ code: 'unreadable', status: 502 });
    const page = clientOf(async () => new Response('<h1>Welcome</h1>'));
    await expect(page.health()).rejects.toMatchObject({ code: 'unreadable', status: 200 });
  });

  it('sends no key over plain HTTP to another machine', () => {
    const make = (url: string) => () => createDonnaClient({ url, apiKey: token });
    expect(make('http://donna.example')).toThrow('plain HTTP');
    expect(make('http://127.0.0.1.evil.example')).toThrow('plain HTTP');
    expect(make('https://donna.example')).not.toThrow();
    expect(make('http://[::1]:4000')).not.toThrow();
    expect(make('file:///donna')).toThrow();
  });

  it('plays a recording as bytes', async () => {
    const call = await donna.calls.create(callBody);
    await api.happens(call.id, ...toTheEnd);
    const mp3 = new Uint8Array([0, 255, 1]);
    await api.stores.recordings.put({ conversationId: 'conv_1', receivedMs: 1, mp3 });
    expect(await donna.calls.recording(call.id)).toEqual(mp3);
  });
});

describe('following a call', () => {
  it('tells what was, then what is, and ends with the call', async () => {
    const { id } = await donna.calls.create(callBody);
    const events = donna.calls.follow(id);
    expect(await until(events, 'submitted')).toEqual(['submitted']);
    const [first, ...rest] = toTheEnd;
    if (first) await api.happens(id, first);
    expect(await until(events, 'claimed')).toContain('claimed');
    await api.happens(id, ...rest);
    expect(await until(events, 'end')).toEqual(['replied', 'finished', 'ended', 'end']);
    expect((await events.next()).done).toBe(true);
    expect(api.listeners(id)).toBe(0);
  });

  it('hears of another node’s writes within a second', async () => {
    const { id, attemptId } = await donna.calls.create(callBody);
    const events = donna.calls.follow(id);
    await until(events, 'submitted');
    await api.deps.applyEvent(attemptId, { kind: 'cancel', by: 'another node' });
    expect((await meanwhile(until(events, 'end'))).at(-1)).toBe('end');
  });

  it('goes on after the entry that was read last', async () => {
    const { id } = await donna.calls.create(callBody);
    await api.happens(id, ...toTheEnd);
    const all: FollowedEvent[] = [];
    for await (const event of donna.calls.follow(id)) all.push(event);
    const seqs = all.flatMap((event) => (event.kind === 'timeline' ? event.entry.seq : []));
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    const later = await until(donna.calls.follow(id, { after: seqs.length - 1 }), 'end');
    expect(later).toEqual(['ended', 'end']);
    expect(all.at(-1)).toMatchObject({ kind: 'end', call: { id, outcome: { kind: 'busy' } } });
  });

  it('takes a broken connection up again, without an entry twice or left out', async () => {
    const asked: (string | undefined)[] = [];
    const fragile: ClientFetch = async (url, init) => {
      asked.push(init.headers['Last-Event-ID']);
      if (asked.length === 2) throw new TypeError('fetch failed');
      const reply = await fetch(url, init);
      if (asked.length > 2) return reply;
      const text = await reply.text();
      // Two whole events, and the third without its end.
      const cut = text.split('\n\n').slice(0, 3).join('\n\n');
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new TextEncoder().encode(cut)),
        pull: (controller) => controller.error(new TypeError('terminated')),
      });
      return new Response(body);
    };
    const { id } = await donna.calls.create(callBody);
    await api.happens(id, ...toTheEnd);
    const names = await meanwhile(until(clientOf(fragile).calls.follow(id), 'end'));
    expect(names).toEqual(['submitted', 'claimed', 'replied', 'finished', 'ended', 'end']);
    expect(asked.slice(1)).toEqual(['2', '2']);
  });

  it('gives up when the server refuses, or is gone for more than a minute', async () => {
    await expect(donna.calls.follow('call_none').next()).rejects.toMatchObject({ code: 'not-found' });
    let tries = 0;
    const gone = clientOf(async () => {
      tries += 1;
      throw new TypeError('fetch failed');
    });
    const startedMs = api.clock.monotonic();
    await expect(meanwhile(gone.calls.follow('call_1').next(), 1000)).rejects.toMatchObject({
      code: 'unreachable',
    });
    expect(tries).toBe(7);
    expect(api.clock.monotonic() - startedMs).toBeGreaterThan(60_000);
  });

  it('drops a connection that is silent for 45 s, and stops when it is told to', async () => {
    const { id } = await donna.calls.create(callBody);
    let opened = 0;
    const dead = clientOf(async (_, init) => {
      opened += 1;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          init.signal?.addEventListener('abort', () => controller.error(new TypeError('aborted')));
        },
      });
      return new Response(body);
    });
    const stop = new AbortController();
    const next = dead.calls.follow(id, { signal: stop.signal }).next();
    while (opened < 2) {
      await api.clock.advance(1000);
    }
    expect(api.clock.monotonic()).toBeGreaterThanOrEqual(45_000);
    stop.abort();
    expect((await next).done).toBe(true);
  });

  it('leaves nothing behind on the server when the listener goes away', async () => {
    const { id } = await donna.calls.create(callBody);
    const stop = new AbortController();
    const events = donna.calls.follow(id, { signal: stop.signal });
    await until(events, 'submitted');
    expect(api.listeners(id)).toBe(1);
    const over = events.next();
    stop.abort();
    expect((await over).done).toBe(true);
    while (api.listeners(id) > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(api.listeners(id)).toBe(0);
  });

  it('hears a sign of life each 15 s, and the end when the server closes', async () => {
    const { id } = await donna.calls.create(callBody);
    const reply = await fetch(`${api.url}/v1/calls/${id}/events`, {
      headers: { authorization: `Bearer ${token}`, 'last-event-id': '99' },
    });
    expect(reply.headers.get('content-type')).toBe('text/event-stream');
    const reader = (reply.body as ReadableStream<Uint8Array>).getReader();
    const read = async () => Buffer.from((await reader.read()).value ?? []).toString();
    expect(await read()).toBe(': still there\n\n');
    const startedMs = api.clock.monotonic();
    expect(await meanwhile(read())).toBe(': still there\n\n');
    expect(api.clock.monotonic() - startedMs).toBeGreaterThanOrEqual(15_000);
    const closed = meanwhile(api.close());
    expect(await read()).toBe('');
    await closed;
    api = await openApi(kept);
  });

  it('is for a hundred listeners of one key at most, and for others when they leave', async () => {
    const { id } = await donna.calls.create(callBody);
    const stop = new AbortController();
    const headers = { authorization: `Bearer ${token}` };
    const open = (signal?: AbortSignal) =>
      fetch(`${api.url}/v1/calls/${id}/events`, { headers, ...(signal ? { signal } : {}) });
    const all = await Promise.all(Array.from({ length: 100 }, () => open(stop.signal)));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    const refused = await open();
    const problem = (await refused.json()) as { code: string };
    expect([refused.status, problem.code]).toEqual([429, 'too-many-requests']);
    stop.abort();
    let after = await open();
    while (after.status === 429) after = await open();
    expect(after.status).toBe(200);
    await after.body?.cancel();
  });

  it('refuses a place in the timeline that is none', async () => {
    const { id } = await donna.calls.create(callBody);
    const reply = await api.get(`/v1/calls/${id}/events`, { 'last-event-id': 'x' });
    expect(reply.json.errors[0].parameter).toBe('last-event-id');
    const head = await api.request('HEAD', `/v1/calls/${id}/events`);
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(api.listeners(id)).toBe(0);
  });
});
