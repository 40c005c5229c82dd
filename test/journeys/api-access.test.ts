import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Access, Route } from '../../src/api/route.ts';
import { routes } from '../../src/api/routes.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { callBody, type OpenApi, openApi, token } from '../fixtures/open-api.ts';
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

/** A request as fetch would not send it: with a Host of one's choosing. */
function raw(
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(api.url + path, { method, headers, agent: false }, (reply) => {
      let body = '';
      reply.on('data', (chunk) => {
        body += chunk;
      });
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

const bearer = { authorization: `Bearer ${token}` };
const bodies: Readonly<Record<string, unknown>> = {
  createCall: callBody,
  addSuppression: { number: '+12125550142' },
  stopDialling: { reason: 'a test' },
  forget: { number: '+12125550142' },
  createKey: { name: 'another' },
  addWebhookEndpoint: { url: 'https://example.com/' },
  resolveCall: { decision: 'busy' },
};

describe('a web page of another place', () => {
  it('cannot make a phone ring: a name that is not the server’s is refused before anything else', async () => {
    const rebound = await raw('/v1/calls', { ...bearer, host: 'evil.example' }, 'POST');
    expect([rebound.status, JSON.parse(rebound.body).code]).toEqual([421, 'wrong-host']);
    expect((await raw('/openapi.json', { host: 'evil.example:4000' })).status).toBe(421);
    expect((await raw('/v1/calls', { ...bearer, host: 'donna.example' })).status).toBe(401);
    const { header } = await api.keyOf('viewer');
    expect((await raw('/v1/calls', { ...header, host: 'donna.example' })).status).toBe(200);
  });

  it('is refused by its Origin, and never told that it may ask', async () => {
    const foreign = await api.post('/v1/calls', callBody, { origin: 'https://evil.example' });
    expect([foreign.status, foreign.json.code]).toEqual([403, 'wrong-origin']);
    const asked = await api.request('OPTIONS', '/v1/calls', undefined, {
      origin: api.url,
      'access-control-request-method': 'POST',
    });
    expect([asked.status, asked.headers.get('allow')]).toEqual([405, 'POST, GET, HEAD']);
    for (const { headers } of [foreign, asked]) expect(headers.get('access-control-allow-origin')).toBeNull();
    expect((await api.get('/v1/calls', { origin: api.url })).status).toBe(200);
  });

  it('cannot send what a form can: a body has to say that it is JSON', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const reply = await api.post('/v1/calls', JSON.stringify(callBody), { 'content-type': type });
      expect([reply.status, reply.json.code]).toEqual([415, 'wrong-media-type']);
    }
    expect((await api.get('/v1/calls')).json.items).toEqual([]);
  });
});

describe('a key', () => {
  const ranks: Access[] = ['viewer', 'caller', 'operator', 'admin'];

  it.each(ranks.slice(0, 4) as ('viewer' | 'caller' | 'operator' | 'admin')[])(
    'with the role %s opens what that role may do, and nothing above it',
    async (role) => {
      const { header } = await api.keyOf(role);
      for (const [name, route] of Object.entries<Route>(routes)) {
        const path = route.path.replace('{id}', 'none');
        const { status } = await api.request(route.method, path, bodies[name], header);
        const open = !ranks.includes(route.access) || ranks.indexOf(role) >= ranks.indexOf(route.access);
        expect([name, status === 403]).toEqual([name, !open]);
        expect([401, 405, 500]).not.toContain(status);
      }
    },
  );

  it('is needed wherever the contract says so', async () => {
    for (const [name, route] of Object.entries<Route>(routes)) {
      const reply = await api.request(route.method, route.path.replace('{id}', 'none'), bodies[name], {
        authorization: '',
      });
      expect([name, reply.status === 401]).toEqual([name, ranks.includes(route.access)]);
    }
    const silent = await api.get('/v1/calls', { authorization: '' });
    expect(silent.json.hint).toContain('donna keys create');
  });

  it('is made once and shown once, works at once, and is over when it is revoked', async () => {
    const made = await api.post('/v1/keys', {
      name: 'billing',
      role: 'viewer',
      ratePerMinute: 100,
      budget: { calls: 5 },
    });
    expect(made.status).toBe(201);
    const header = { authorization: `Bearer ${made.json.key}` };
    expect((await api.get('/v1/calls', header)).status).toBe(200);
    const listed = await api.get('/v1/keys');
    expect(listed.json.items).toMatchObject([
      { name: 'billing', role: 'viewer', budget: { calls: 5 }, revokedAt: null },
    ]);
    expect(listed.text).not.toContain(made.json.key);
    expect(listed.text).not.toMatch(/[0-9a-f]{64}/);
    expect((await api.post('/v1/keys', { name: 'billing' })).json.code).toBe('conflict');
    const revoked = await api.delete('/v1/keys/billing');
    expect(revoked.json.revokedAt).toBe('2026-01-05T15:00:00.000Z');
    expect((await api.get('/v1/calls', header)).status).toBe(401);
    expect((await api.delete('/v1/keys/nobody')).status).toBe(404);
    expect((await api.post('/v1/keys', { name: 'billing' })).status).toBe(201);
  });

  it.each(['local', 'Call-Contact', 'donna'])(
    'is not called %s, as Donna herself is in timelines',
    async (name) => {
      const refused = await api.post('/v1/keys', { name });
      expect([refused.status, refused.json.code]).toEqual([409, 'conflict']);
    },
  );

  it('stands in what it did by its name and in calls by its id', async () => {
    const { header, record } = await api.keyOf('operator', { name: 'Grace Hopper' });
    const call = await api.post('/v1/calls', callBody, header);
    expect(call.json.keyId).toBe(record.id);
    expect((await api.get(`/v1/calls?key=${record.id}`)).json.items).toHaveLength(1);
    expect((await api.post('/v1/dialling/stop', { reason: 'Fire drill.' }, header)).json).toMatchObject({
      by: 'Grace Hopper',
      reason: 'Fire drill.',
    });
  });

  it('has its rate, and is told what is left of it', async () => {
    const { header } = await api.keyOf('viewer', { ratePerMinute: 2 });
    const first = await api.get('/v1/dialling', header);
    expect(first.headers.get('ratelimit-policy')).toBe('"key";q=2;w=60');
    expect(first.headers.get('ratelimit')).toBe('"key";r=1;t=0');
    await api.get('/v1/dialling', header);
    const third = await api.get('/v1/dialling', header);
    expect([third.status, third.json.code, third.headers.get('retry-after')]).toEqual([
      429,
      'too-many-requests',
      '30',
    ]);
    await api.clock.advance(30_000);
    expect((await api.get('/v1/dialling', header)).status).toBe(200);
  });

  it('that is wrong is told to wait after thirty tries, and a right one still gets in', async () => {
    const { header } = await api.keyOf('viewer');
    const wrong = { authorization: 'Bearer donna_wrong' };
    const statuses = [];
    for (let count = 0; count < 32; count++) statuses.push((await api.get('/v1/calls', wrong)).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
    expect((await api.get('/v1/calls', header)).status).toBe(200);
    expect((await api.get('/v1/calls')).status).toBe(200);
  });
});

describe('the server', () => {
  it('listens for others only when there is a key', async () => {
    await expect(api.listen(0, '0.0.0.0')).rejects.toMatchObject({ code: 'bad-config' });
    await api.keyOf('viewer');
    const open = await api.listen(0, '0.0.0.0');
    expect((await fetch(`${open.url}/healthz`)).status).toBe(200);
    await open.close();
  });

  it('says which port is taken', async () => {
    const taken = api.listen(api.port, '127.0.0.1');
    await expect(taken).rejects.toThrow(AppError);
    await expect(taken).rejects.toThrow(`port ${api.port}: another program has it`);
  });

  it('says what a path takes, and what there is not', async () => {
    const wrong = await api.delete('/v1/calls');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST, GET, HEAD']);
    expect((await api.get('/v1/cals')).json).toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining('openapi'),
    });
    expect((await api.get('/v1/dialling?x=1')).json.errors).toEqual([
      { parameter: 'x', detail: 'No parameter is known here.' },
    ]);
    expect((await api.post('/v1/dialling/resume', { now: true })).json.errors[0].detail).toBe(
      'No body is taken here.',
    );
  });

  it('takes no body above 1 MB', async () => {
    const reply = await api.post('/v1/calls', { ...callBody, metadata: { x: 'y'.repeat(1_100_000) } });
    expect([reply.status, reply.json.code]).toEqual([413, 'too-large']);
  });

  it('hangs up on who says nothing it can read', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(api.port, '127.0.0.1', () => socket.end('nonsense\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('puts the headers of safety on every reply', async () => {
    for (const reply of [await api.get('/v1/calls'), await api.get('/nowhere'), await api.get('/healthz')]) {
      expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
      expect(reply.headers.get('cache-control')).toBe('no-store');
      expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(reply.headers.get('x-request-id')).toMatch(/^req_[\w-]{16}$/);
    }
  });

  it('finds nothing under a name that no database has a place for', async () => {
    for (const [name, route] of Object.entries<Route>(routes)) {
      if (!route.params) continue;
      const reply = await api.request(route.method, route.path.replace('{id}', '%00'), bodies[name]);
      expect([name, reply.status]).toEqual([name, 404]);
    }
  });

  it('says nothing of a bug but the id under which the log has it', async () => {
    await api.close();
    api = await openApi(kept, {
      change: (deps) => ({
        ...deps,
        records: {
          ...deps.records,
          list: async () => {
            throw new TypeError('the secret of the house');
          },
        },
      }),
    });
    const reply = await api.get('/v1/calls');
    expect([reply.status, reply.json.code]).toEqual([500, 'internal']);
    expect(reply.text).not.toContain('secret');
    const { requestId } = reply.json;
    expect(reply.headers.get('x-request-id')).toBe(requestId);
    expect(
      api.logged.some((line) => line.includes(requestId) && line.includes('the secret of the house')),
    ).toBe(true);
  });

  it('logs each request without numbers, names or keys', async () => {
    const { header, key } = await api.keyOf('operator');
    await api.post('/v1/calls', callBody, header);
    await api.get('/v1/calls?to=%2B12125550142', header);
    await api.delete('/v1/suppressions/%2B12125550142', header);
    await api.post('/v1/calls', { ...callBody, to: '+1 212 5550142 x' }, header);
    const log = api.logged.join('');
    expect(log).toContain('"operation":"createCall","status":202');
    for (const private_ of [key, token, '5550142', 'Ada']) expect(log).not.toContain(private_);
  });
});
