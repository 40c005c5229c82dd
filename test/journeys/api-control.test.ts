import { createHash } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { callBody, type OpenApi, openApi } from '../fixtures/open-api.ts';
import { storeDatabases } from '../fixtures/store-databases.ts';

const kept = await storeDatabases[0].open();
let api: OpenApi;
beforeEach(async () => {
  await api?.close();
  api = await openApi(kept);
});
afterAll(async () => {
  await api?.close();
  await kept.close();
});

describe('/v1/suppressions', () => {
  it('keeps a number from being called, without keeping the number', async () => {
    const added = await api.post('/v1/suppressions', {
      number: '+1 (212) 555-0142',
      reason: 'asked-not-to-be-called',
      note: 'By e-mail.',
      expiresAt: '2027-01-01T00:00:00+01:00',
    });
    expect([added.status, added.json.addedBy, added.json.expiresAt]).toEqual([
      201,
      'local',
      '2026-12-31T23:00:00.000Z',
    ]);
    expect(added.text).not.toContain('5550142');
    expect((await api.get('/v1/suppressions')).json).toEqual({ items: [added.json], nextCursor: null });
    expect((await api.post('/v1/calls', callBody)).json.code).toBe('gate');
    expect((await api.delete('/v1/suppressions/%2B12125550142')).status).toBe(204);
    expect((await api.delete(`/v1/suppressions/${added.json.id}`)).status).toBe(404);
    expect((await api.post('/v1/calls', callBody)).status).toBe(202);
  });

  it('refuses an end that is over, and what is no number', async () => {
    const over = await api.post('/v1/suppressions', {
      number: '+12125550142',
      expiresAt: '2026-01-01T00:00:00Z',
    });
    expect(over.json.errors).toEqual([{ pointer: '/expiresAt', detail: 'It is over already.' }]);
    expect((await api.post('/v1/suppressions', { number: '12' })).json.errors[0].pointer).toBe('/number');
    expect((await api.delete('/v1/suppressions/%2B12')).status).toBe(400);
  });
});

describe('/v1/dialling', () => {
  it('is stopped with a reason, and resumed', async () => {
    expect((await api.get('/v1/dialling')).json).toEqual({
      stopped: false,
      by: null,
      reason: null,
      at: null,
      sandbox: true,
    });
    expect((await api.post('/v1/dialling/stop')).json).toMatchObject({
      stopped: true,
      reason: 'no reason given',
    });
    const stopped = await api.post('/v1/dialling/stop', { reason: 'The script is wrong.' });
    expect(stopped.json).toMatchObject({ stopped: true, by: 'local', at: '2026-01-05T15:00:00.000Z' });
    expect(await api.stores.stopSwitch.read()).toMatchObject({ reason: 'The script is wrong.' });
    expect((await api.post('/v1/dialling/resume')).json.stopped).toBe(false);
    expect((await api.post('/v1/dialling/resume')).status).toBe(200);
  });
});

describe('/v1/forget', () => {
  it('hands the number on, and says what was erased', async () => {
    expect((await api.post('/v1/forget', { number: '+12125550142' })).json).toEqual({
      erased: 1,
      alreadyGone: 0,
      couldNotReach: [],
    });
    expect(api.forgotten).toEqual(['+12125550142']);
  });
});

describe('/v1/webhook-endpoints', () => {
  it('shows the secret once', async () => {
    const added = await api.post('/v1/webhook-endpoints', {
      url: 'https://example.com/donna',
      events: ['call.ended'],
    });
    expect(added.json.secret).toMatch(/^whsec_[\w+/]{43}=$/);
    const one = `/v1/webhook-endpoints/${added.json.id}`;
    for (const path of ['/v1/webhook-endpoints', one]) {
      const read = await api.get(path);
      expect(read.text).toContain('https://example.com/donna');
      expect(read.text).not.toContain('whsec_');
    }
    expect((await api.delete(one)).status).toBe(204);
    expect((await api.delete(one)).status).toBe(404);
    expect((await api.get(one)).status).toBe(404);
  });

  it.each(['ftp://example.com/', 'not a url', 'https://user:pass@example.com/', 'file:///etc/passwd'])(
    'refuses %s',
    async (url) => {
      expect((await api.post('/v1/webhook-endpoints', { url })).json.errors[0].pointer).toBe('/url');
    },
  );

  it('refuses an event that there is not', async () => {
    const reply = await api.post('/v1/webhook-endpoints', {
      url: 'https://example.com/',
      events: ['call.rang'],
    });
    expect(reply.json.errors[0].pointer).toBe('/events/0');
  });

  it('shows each try of a delivery, and not the jobs that are none', async () => {
    const { json } = await api.post('/v1/calls', callBody);
    const createdMs = api.clock.now();
    const payload = { event: 'call.ended', endpointId: 'endpoint_1', id: 'evt_1', body: '{}' };
    await api.stores.jobs.add([
      {
        kind: 'announce',
        callId: json.id,
        payload: { event: 'call.ended' },
        dueMs: createdMs + 9e6,
        createdMs,
      },
      { kind: 'deliver', callId: json.id, payload, dueMs: createdMs, createdMs },
    ]);
    const claimed = await api.stores.jobs.claim({ owner: 'n', nowMs: createdMs, leaseMs: 1000, limit: 9 });
    for (const job of claimed) {
      await api.stores.jobs.again(
        job,
        { atMs: createdMs, ok: false, note: 'Answered 500.' },
        createdMs + 10_000,
      );
    }
    const { items } = (await api.get(`/v1/calls/${json.id}/deliveries`)).json;
    expect(items).toEqual([
      {
        id: expect.any(String),
        kind: 'deliver',
        state: 'open',
        event: 'call.ended',
        endpointId: 'endpoint_1',
        createdAt: '2026-01-05T15:00:00.000Z',
        nextTryAt: '2026-01-05T15:00:10.000Z',
        tries: [{ at: '2026-01-05T15:00:00.000Z', ok: false, note: 'Answered 500.' }],
      },
    ]);
  });
});

describe('those who run it', () => {
  it('ask whether it is up, ready, and how it does, without a key on its own machine', async () => {
    const keyless = { authorization: '' };
    expect((await api.get('/healthz', keyless)).json).toEqual({ status: 'ok' });
    expect((await api.get('/readyz', keyless)).json).toMatchObject({ ready: true });
    await api.post('/v1/calls', callBody);
    api.deps.metrics.callEnded('busy');
    api.deps.metrics.dialled(0.03);
    api.deps.metrics.providerError('dialTwilio', '503');
    api.deps.metrics.webhookTakenIn(-1);
    const { text, headers } = await api.get('/metrics', keyless);
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const line of [
      'donna_calls_ended_total{outcome="busy"} 1',
      'donna_dial_seconds_count 1',
      'donna_provider_errors_total{operation="dialTwilio",code="503"} 1',
      'donna_webhook_lag_seconds_count 1',
      'donna_calls{status="scheduled"} 1',
      'donna_queue_due 1',
      'donna_unknown_open 0',
      'donna_needs_person 0',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    expect(text).toContain('donna_http_request_seconds_count{operation="createCall",status="202"} 1');
  });

  it('hear within two seconds that it is not ready', async () => {
    await api.close();
    api = await openApi(kept, { ready: () => new Promise(() => {}) });
    const asked = api.get('/readyz');
    while (api.clock.pending === 0) await new Promise((resolve) => setImmediate(resolve));
    await api.clock.advance(2000);
    const { status, json } = await asked;
    expect(status).toBe(503);
    expect(json).toEqual({
      ready: false,
      checks: [{ name: 'database', ok: false, detail: 'no answer in 2 s' }],
    });
  });

  it('hear which part is not ready', async () => {
    await api.close();
    api = await openApi(kept, { ready: async () => [{ name: 'engine', ok: false, detail: 'stopped' }] });
    expect((await api.get('/readyz')).status).toBe(503);
    await api.close();
    api = await openApi(kept, { ready: () => Promise.reject(new Error('down')) });
    expect((await api.get('/readyz')).json.checks).toEqual([
      { name: 'database', ok: false, detail: 'it cannot be asked' },
    ]);
  });
});

describe('the reference', () => {
  it('is a page of files from this server, without a script in it', async () => {
    const page = await api.get('/docs', { authorization: '' });
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    const linked = Array.from(page.text.matchAll(/(?:src|href)="([^"]+)"/g), (match) => match[1] ?? '');
    expect(linked).toHaveLength(4);
    for (const path of linked) {
      const file = await api.get(path, { authorization: '' });
      expect([path, file.status, file.headers.get('content-type')]).toEqual([
        path,
        200,
        expect.not.stringContaining('json'),
      ]);
    }
    expect(page.text.replace(/<script src="[^"]+"><\/script>/g, '')).not.toContain('<script');
    for (const path of ['/docs/package.json', '/docs/..%2fpackage.json', '/docs/constructor'])
      expect((await api.get(path)).status).toBe(404);
  });

  it('has the document, whole', async () => {
    const { json, text } = await api.get('/openapi.json', { authorization: '' });
    expect(json.info.version).toBe('0.0.0');
    expect(Object.keys(json.paths)).toContain('/v1/calls/{id}/resolve');
    const again = await api.get('/openapi.json');
    expect(createHash('sha256').update(again.text).digest('hex')).toBe(
      createHash('sha256').update(text).digest('hex'),
    );
  });
});
