import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { LifeEvent, Outcome } from '../../src/calls/index.ts';
import { accepted, agentOf, fakeProvider } from '../fixtures/calls.ts';
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

const answered: Outcome = {
  kind: 'answered',
  owner: 'callee',
  retryable: false,
  connected: true,
  human: 'yes',
  sentence: 'A person answered and talked with the agent.',
  fix: undefined,
  evidence: [],
  contradicts: undefined,
};
const dialled: LifeEvent[] = [{ kind: 'claimed' }, { kind: 'replied', reply: accepted }];
const finished: LifeEvent = {
  kind: 'finished',
  outcome: answered,
  ids: {},
  by: 'poll',
  spent: { seconds: 61, cents: 9 },
};

describe('POST /v1/calls', () => {
  it('keeps the call before it answers, and says where it is', async () => {
    const reply = await api.post('/v1/calls', {
      ...callBody,
      agent: 'agent_one',
      line: '+12125550100',
      ringTimeoutSecs: 30,
      machineDetection: true,
      window: {
        days: ['mon'],
        from: '10:00',
        to: '12:00',
        zone: 'America/Chicago',
        notAfter: '2026-01-09T00:00:00Z',
      },
      retry: { busy: { delaysMinutes: [5], maxAttempts: 2 } },
      metadata: { invoice: 'INV-1042' },
      bypass: { window: 'She asked for it.' },
      personWaiting: true,
    });
    expect(reply.status).toBe(202);
    expect(reply.headers.get('location')).toBe(`/v1/calls/${reply.json.id}`);
    expect(reply.headers.get('idempotency-replayed')).toBeNull();
    expect(reply.json).toMatchObject({
      id: expect.stringMatching(/^call_/),
      status: 'scheduled',
      outcome: null,
      to: '+12125550142',
      agentId: 'agent_one',
      line: { id: 'phnum_main', number: '+12125550100', provider: 'twilio' },
      clientData: { dynamic_variables: { customer_name: 'Ada' } },
      ringTimeoutSecs: 30,
      machineDetection: true,
      window: {
        days: ['mon'],
        from: '10:00',
        to: '12:00',
        zone: 'America/Chicago',
        notAfter: '2026-01-09T00:00:00.000Z',
      },
      metadata: { invoice: 'INV-1042' },
      bypass: { window: 'She asked for it.' },
      personWaiting: true,
      deadline: '2026-01-09T00:00:00.000Z',
      origin: 'api',
      keyId: 'local',
    });
    expect(reply.json.retry.busy).toEqual({ delaysMinutes: [5], maxAttempts: 2 });
    expect(reply.json.retry['no-answer']).toEqual({ delaysMinutes: [30, 60, 120], maxAttempts: 3 });
    const read = await api.get(`/v1/calls/${reply.json.attemptId}`);
    const { warnings: _, ...call } = reply.json;
    expect(read.json).toEqual(call);
  });

  it('gives the same call for the same key and body, and refuses another body', async () => {
    const headers = { 'idempotency-key': 'order-7' };
    const first = await api.post('/v1/calls', callBody, headers);
    const again = await api.post('/v1/calls', callBody, headers);
    expect([again.status, again.json.id]).toEqual([202, first.json.id]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await api.post('/v1/calls', { ...callBody, record: true }, headers);
    expect([other.status, other.json.code]).toEqual([422, 'idempotency-mismatch']);
    expect((await api.get('/v1/calls')).json.items).toHaveLength(1);
  });

  it('refuses a second wish for the same call that brings no key of its own', async () => {
    await api.post('/v1/calls', callBody);
    const other = await api.post('/v1/calls', { ...callBody, metadata: { order: '8' } });
    expect([other.status, other.json.code]).toEqual([422, 'idempotency-mismatch']);
    expect(other.json.hint).toMatch(/Idempotency-Key/);
  });

  it('takes the line, number, agent and variables for the key where none is given', async () => {
    const first = await api.post('/v1/calls', callBody);
    const again = await api.post('/v1/calls', callBody);
    const other = await api.post('/v1/calls', { ...callBody, variables: { customer_name: 'Grace' } });
    expect(again.json.id).toBe(first.json.id);
    expect(other.json.id).not.toBe(first.json.id);
  });

  it('says 409 and when to come back while the same request is worked on', async () => {
    let go = () => {};
    const slow = new Promise<void>((resolve) => {
      go = resolve;
    });
    const provider = fakeProvider({ agents: [agentOf()] });
    await api.close();
    api = await openApi(kept, {
      provider: {
        ...provider,
        lines: async () => {
          await slow;
          return provider.lines();
        },
      },
    });
    const first = api.post('/v1/calls', callBody, { 'idempotency-key': 'k' });
    let second = await api.post('/v1/calls', callBody, { 'idempotency-key': 'k' });
    while (second.status === 202) second = await api.post('/v1/calls', callBody, { 'idempotency-key': 'k' });
    go();
    expect([second.status, second.json.code, second.headers.get('retry-after')]).toEqual([
      409,
      'still-running',
      '1',
    ]);
    expect((await first).status).toBe(202);
  });

  it('refuses with the findings of guard, preflight and gate, and leaves the key free', async () => {
    const blocked = await api.post(
      '/v1/calls',
      { ...callBody, to: '+12125550166' },
      { 'idempotency-key': 'k' },
    );
    expect(blocked.status).toBe(422);
    expect(blocked.headers.get('content-type')).toBe('application/problem+json');
    expect(blocked.json).toMatchObject({
      type: 'urn:donna:problem:guard',
      code: 'guard',
      status: 422,
      findings: [{ rule: 'blocked-number', severity: 'error' }],
      hint: expect.any(String),
    });
    await api.post('/v1/suppressions', { number: '+12125550143' });
    const suppressed = await api.post(
      '/v1/calls',
      { ...callBody, to: '+12125550143' },
      { 'idempotency-key': 'k' },
    );
    expect(suppressed.json).toMatchObject({ code: 'gate', findings: [{ rule: 'suppression' }] });
    expect((await api.post('/v1/calls', callBody, { 'idempotency-key': 'k' })).status).toBe(202);
  });

  it('names every fault at once, with its place and the name that was meant', async () => {
    const reply = await api.post(
      '/v1/calls',
      {
        to: '555 0142',
        agentt: 'agent_one',
        line: '+1',
        variables: { system__time: 'now' },
        clientData: { dynamic_variable: {}, user_id: 7 },
        ringTimeoutSecs: 0,
        window: { days: ['mo'], from: '9', zone: 'Mars/Olympus', notBefore: 'soon' },
        retry: { busy: { maxAttempt: 1 } },
        metadata: { 'a b': 'x' },
        bypass: { guard: 'please' },
      },
      { 'idempotency-key': 'ü'.repeat(3) },
    );
    expect([reply.status, reply.json.code]).toEqual([400, 'bad-input']);
    const faults = Object.fromEntries(
      reply.json.errors.map((fault: { pointer?: string; parameter?: string; detail: string }) => [
        fault.pointer ?? fault.parameter,
        fault.detail,
      ]),
    );
    expect(Object.keys(faults).sort()).toEqual(
      [
        '/agentt',
        '/bypass/guard',
        '/clientData/dynamic_variable',
        '/clientData/user_id',
        '/line',
        '/metadata/a b',
        '/retry/busy/maxAttempt',
        '/ringTimeoutSecs',
        '/to',
        '/variables',
        '/window/days/0',
        '/window/from',
        '/window/notBefore',
        '/window/zone',
        'idempotency-key',
      ].sort(),
    );
    expect(faults['/agentt']).toContain('Is agent meant?');
    expect(faults['/clientData/dynamic_variable']).toContain('dynamic_variables');
    expect(faults['/retry/busy/maxAttempt']).toContain('maxAttempts');
    expect(faults['/to']).toContain('country code');
  });

  it('refuses variables next to client data, and names that are reserved', async () => {
    const both = await api.post('/v1/calls', { ...callBody, clientData: {} });
    expect(both.json.errors).toEqual([
      { pointer: '/variables', detail: 'Give variables or clientData, not both.' },
    ]);
    const reserved = await api.post('/v1/calls', {
      to: '+12125550142',
      clientData: { dynamic_variables: { donna_attempt_id: 'att_1' } },
    });
    expect(reserved.json.errors[0].pointer).toBe('/clientData/dynamic_variables');
  });

  it('lets nobody below an operator bypass what protects the callee', async () => {
    const { header } = await api.keyOf('caller');
    const call = { ...callBody, bypass: { suppression: 'I want to' } };
    expect((await api.post('/v1/calls', call, header)).json.code).toBe('forbidden');
    expect((await api.post('/v1/calls', { ...callBody, bypass: {} }, header)).status).toBe(202);
  });
});

describe('reading calls', () => {
  it('lists newest first, by filters and pages', async () => {
    const ids: string[] = [];
    for (const [index, to] of ['+12125550142', '+12125550143', '+12125550144'].entries()) {
      await api.clock.advance(1000);
      const { json } = await api.post('/v1/calls', {
        ...callBody,
        to,
        metadata: { lot: String(index % 2), x: 'y' },
      });
      ids.unshift(json.id);
    }
    const listed = async (query: string) =>
      (await api.get(`/v1/calls?${query}`)).json.items.map(({ id }: { id: string }) => ids.indexOf(id));
    expect(await listed('')).toEqual([0, 1, 2]);
    expect(await listed('to=%2B1%20212-555-0143')).toEqual([1]);
    expect(await listed('metadata.lot=0')).toEqual([0, 2]);
    expect(await listed('metadata[lot]=1&metadata.x=y')).toEqual([1]);
    expect(await listed('status=scheduled&status=ended')).toEqual([0, 1, 2]);
    expect(await listed('status=ended')).toEqual([]);
    expect(await listed('outcome=busy')).toEqual([]);
    expect(await listed('agent=agent_one&line=phnum_main&key=local')).toEqual([0, 1, 2]);
    expect(await listed('createdAfter=2026-01-05T15:00:02Z&createdBefore=2026-01-05T15:00:02.500Z')).toEqual([
      1,
    ]);
    const page = await api.get('/v1/calls?limit=2');
    expect(page.json.items).toHaveLength(2);
    expect(await listed(`limit=2&cursor=${encodeURIComponent(page.json.nextCursor)}`)).toEqual([2]);
    expect((await api.get('/v1/calls?cursor=nonsense')).json.code).toBe('bad-input');
    const wrong = await api.get('/v1/calls?limit=0&stats=ended&createdAfter=yesterday');
    expect(wrong.json.errors.map(({ parameter }: { parameter: string }) => parameter).sort()).toEqual([
      'createdAfter',
      'limit',
      'stats',
    ]);
    expect((await api.get('/v1/calls?limit=1&limit=2')).status).toBe(400);
  });

  it('finds a call by any id of it, with its attempts and what they cost', async () => {
    const { json } = await api.post('/v1/calls', callBody);
    await api.happens(json.id, ...dialled, finished);
    for (const id of [json.id, json.attemptId, 'conv_1', `CA${'1'.repeat(32)}`]) {
      const read = await api.get(`/v1/calls/${id}`);
      expect(read.json).toMatchObject({
        id: json.id,
        status: 'ended',
        outcome: { kind: 'answered', fix: null },
        attempts: [{ state: 'ended', conversationId: 'conv_1', seconds: 61, cents: 9 }],
      });
    }
    expect((await api.get('/v1/calls/call_none')).json).toMatchObject({ status: 404, code: 'not-found' });
    expect((await api.get('/v1/calls/%00')).status).toBe(404);
  });

  it('tells its timeline in pages', async () => {
    const { json } = await api.post('/v1/calls', callBody);
    await api.happens(json.id, ...dialled, finished);
    const whole = await api.get(`/v1/calls/${json.id}/timeline`);
    const kinds = whole.json.items.map(({ kind }: { kind: string }) => kind);
    expect(kinds.slice(-4)).toEqual(['claimed', 'replied', 'finished', 'ended']);
    expect(whole.json.nextAfter).toBeNull();
    const part = await api.get(`/v1/calls/${json.id}/timeline?after=1&limit=2`);
    expect(part.json.items.map(({ seq }: { seq: number }) => seq)).toEqual([2, 3]);
    expect(part.json.nextAfter).toBe(3);
  });

  it('plays the recording that was delivered, whole or in part, or that the provider has', async () => {
    const { json } = await api.post('/v1/calls', callBody);
    expect((await api.get(`/v1/calls/${json.id}/recording`)).status).toBe(404);
    await api.happens(json.id, ...dialled, finished);
    expect((await api.get(`/v1/calls/${json.id}/recording`)).status).toBe(404);
    const mp3 = Buffer.from('0123456789');
    await api.stores.recordings.put({ conversationId: 'conv_1', receivedMs: api.clock.now(), mp3 });
    const part = (range: string) => api.get(`/v1/calls/${json.id}/recording`, { range });
    const whole = await api.get('/v1/calls/conv_1/recording');
    expect([whole.status, whole.text, whole.headers.get('content-type')]).toEqual([
      200,
      '0123456789',
      'audio/mpeg',
    ]);
    const middle = await part('bytes=2-4');
    expect([middle.status, middle.text, middle.headers.get('content-range')]).toEqual([
      206,
      '234',
      'bytes 2-4/10',
    ]);
    expect((await part('bytes=-3')).text).toBe('789');
    expect((await part('bytes=8-')).text).toBe('89');
    expect((await part('bytes=1-2,4-5')).text).toBe('0123456789');
    const beyond = await part('bytes=10-');
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10']);
  });
});

describe('what a person does to a call', () => {
  it('cancels it, by the name of the key, once', async () => {
    const { header } = await api.keyOf('caller', { name: 'Ada Lovelace' });
    const { json } = await api.post('/v1/calls', callBody);
    const cancelled = await api.post(`/v1/calls/${json.id}/cancel`, undefined, header);
    expect(cancelled.json).toMatchObject({ status: 'ended', outcome: { kind: 'cancelled' } });
    expect(cancelled.json.outcome.sentence).toContain('Ada Lovelace');
    const again = await api.post(`/v1/calls/${json.id}/cancel`, {}, header);
    expect([again.status, again.json.code, again.json.detail]).toEqual([
      409,
      'conflict',
      'The call is over.',
    ]);
  });

  it('retries it when it is over, and not before', async () => {
    const { json } = await api.post('/v1/calls', callBody);
    expect((await api.post(`/v1/calls/${json.id}/retry`)).status).toBe(409);
    await api.happens(json.id, ...dialled, finished);
    const retried = await api.post(`/v1/calls/${json.id}/retry`);
    expect(retried.json).toMatchObject({ status: 'scheduled', outcome: null, attemptNumber: 2 });
  });

  it('retries as a caller its own calls alone: others have budgets and bypasses of their own', async () => {
    const { header } = await api.keyOf('caller');
    const { header: operator } = await api.keyOf('operator');
    const bypass = { suppression: 'They asked us to ring once more.' };
    const others = (await api.post('/v1/calls', { ...callBody, bypass }, operator)).json;
    const own = (await api.post('/v1/calls', { ...callBody, to: '+12125550143' }, header)).json;
    for (const { id } of [others, own]) await api.happens(id, ...dialled, finished);
    const refused = await api.post(`/v1/calls/${others.id}/retry`, undefined, header);
    expect([refused.status, refused.json.code]).toEqual([403, 'forbidden']);
    expect((await api.post(`/v1/calls/${own.id}/retry`, undefined, header)).status).toBe(200);
    expect((await api.post(`/v1/calls/${others.id}/retry`, undefined, operator)).status).toBe(200);
  });

  it('decides what nobody knows: as an operator, with a note', async () => {
    const { json } = await api.post('/v1/calls', callBody);
    const url = `/v1/calls/${json.id}/resolve`;
    expect((await api.post(url, { decision: 'no-answer' })).status).toBe(409);
    await api.happens(
      json.id,
      { kind: 'claimed' },
      { kind: 'replied', reply: { kind: 'unknown', why: 'The reply was lost.' } },
      { kind: 'quiet', absent: false, why: 'Nothing was found.' },
    );
    expect((await api.get(`/v1/calls/${json.id}`)).json).toMatchObject({ status: 'needs-person' });
    const { header } = await api.keyOf('caller');
    expect((await api.post(url, { decision: 'redial' }, header)).status).toBe(403);
    expect((await api.post(url, { decision: 'perhaps' })).status).toBe(400);
    const resolved = await api.post(url, { decision: 'no-answer', note: 'Her phone did not ring.' });
    expect(resolved.json.attempts[0].outcome).toMatchObject({ kind: 'no-answer' });
    expect(resolved.json.attempts[0].outcome.sentence).toContain('Her phone did not ring.');
  });
});
