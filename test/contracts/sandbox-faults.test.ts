import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { demo } from '../../src/sandbox/index.ts';
import { type OpenSandbox, openSandbox } from '../fixtures/open-sandbox.ts';

let open: OpenSandbox;
afterEach(() => open.close());

const rings = () => open.sandbox.journal.rings.length;

describe('a fault', () => {
  it('strikes before or after the call was placed', async () => {
    open = await openSandbox();
    for (const status of [429, 500, 503]) {
      open.sandbox.faults.add({ operation: 'dialTwilio', fault: { kind: 'status', status, when: 'before' } });
      expect((await open.dial('+12125550142')).status).toBe(status);
    }
    expect(rings()).toBe(0);
    open.sandbox.faults.add({
      operation: 'dialTwilio',
      fault: { kind: 'status', status: 503, when: 'after' },
    });
    const reply = await open.dial('+12125550142');
    expect(reply).toMatchObject({ status: 503, json: { detail: { type: 'service_unavailable' } } });
    expect(rings()).toBe(1);
    expect((await open.dial('+12125550142')).status).toBe(200);
  });

  it('loses the reply before or after the call was placed', async () => {
    open = await openSandbox();
    open.sandbox.faults.add({ operation: 'dialTwilio', fault: { kind: 'reply-lost', when: 'before' } });
    await expect(open.dial('+12125550142')).rejects.toThrow();
    expect(rings()).toBe(0);
    open.sandbox.faults.add({ operation: 'dialTwilio', fault: { kind: 'reply-lost' } });
    await expect(open.dial('+12125550142')).rejects.toThrow();
    expect(rings()).toBe(1);
    expect(open.sandbox.journal.requests.map((one) => [one.fault, one.status])).toEqual([
      ['reply-lost', undefined],
      ['reply-lost', undefined],
    ]);
  });

  it('cuts, garbles and delays replies', async () => {
    open = await openSandbox();
    open.sandbox.faults.add({ path: '/v1/convai/agents', fault: { kind: 'malformed-json' } });
    const garbled = await open.get('/v1/convai/agents');
    expect([garbled.status, typeof garbled.json]).toEqual([200, 'string']);
    open.sandbox.faults.add({ method: 'GET', fault: { kind: 'body-cut' } });
    await expect(open.get('/v1/convai/agents')).rejects.toThrow();
    open.sandbox.faults.add({ operation: 'dialTwilio', fault: { kind: 'slow', ms: 40_000 } });
    const slow = open.dial('+12125550142');
    let answered = false;
    void slow.then(() => {
      answered = true;
    });
    while (rings() === 0) await new Promise((resolve) => setImmediate(resolve));
    await open.clock.advance(39_000);
    expect(answered).toBe(false);
    await open.clock.advance(2_000);
    expect((await slow).json.success).toBe(true);
  });

  it('makes a carrier refuse', async () => {
    open = await openSandbox();
    open.sandbox.faults.add({ fault: { kind: 'refuse-dial', message: 'HTTP 400 error: No.' } });
    expect((await open.get('/v1/convai/agents')).status).toBe(200);
    expect((await open.dial('+12125550142')).json).toEqual({
      success: false,
      message: 'HTTP 400 error: No.',
      conversation_id: null,
      callSid: null,
    });
    expect(rings()).toBe(0);
  });

  it('is drawn alike for the same seed', async () => {
    const outcomes = async (faultSeed: number) => {
      open = await openSandbox({ faultSeed });
      const seen: (number | string)[] = [];
      for (let count = 0; count < 30; count++) {
        seen.push(
          await open.get('/v1/convai/agents').then(
            (reply) => reply.status,
            () => 'broken',
          ),
        );
      }
      await open.close();
      return seen;
    };
    const first = await outcomes(7);
    expect(await outcomes(7)).toEqual(first);
    expect(await outcomes(8)).not.toEqual(first);
    expect(first.filter((one) => one !== 200).length).toBeGreaterThan(0);
  });
});

describe('the admin API', () => {
  it('sets, lists and clears faults', async () => {
    open = await openSandbox();
    const rule = {
      operation: 'dialTwilio',
      times: 2,
      fault: { kind: 'status', status: 500, when: 'before' },
    };
    expect(await open.request('POST', '/_sandbox/faults', rule)).toMatchObject({ status: 201, json: rule });
    await open.dial('+12125550142');
    expect((await open.get('/_sandbox/faults')).json.faults).toMatchObject([{ times: 1 }]);
    await open.request('DELETE', '/_sandbox/faults');
    expect((await open.dial('+12125550142')).status).toBe(200);
    const wrong = await open.request('POST', '/_sandbox/faults', { fault: { kind: 'earthquake' } });
    expect([wrong.status, wrong.json.detail]).toEqual([422, expect.stringContaining('kind')]);
    expect((await open.request('POST', '/_sandbox/faults', '{')).status).toBe(422);
    expect((await open.request('POST', '/_sandbox/journal')).status).toBe(405);
  });

  it('shows requests and phones rung, without keys', async () => {
    open = await openSandbox();
    await open.dial('+12125550142');
    await open.twilio('GET', '/Calls.json');
    await open.request('POST', '/v1/convai/phone-numbers', {
      provider: 'twilio',
      phone_number: demo.twilioNumber,
      label: 'x',
      sid: demo.twilioSid,
      token: 'do-not-show',
    });
    const { json } = await open.request('GET', '/_sandbox/journal', undefined, {});
    expect(json.rings).toMatchObject([{ to: '+12125550142', from: demo.twilioNumber, callee: 'chats' }]);
    expect(json.requests).toMatchObject([
      { operation: 'dialTwilio', status: 200, body: { to_number: '+12125550142' } },
      { operation: 'listCalls', status: 200 },
      { operation: 'importPhoneNumber', status: 400 },
    ]);
    expect(JSON.stringify(json)).not.toMatch(/do-not-show|xi-api-key|Basic /);
    await open.request('DELETE', '/_sandbox/journal');
    expect((await open.get('/_sandbox/journal')).json).toEqual({ requests: [], rings: [], webhooks: [] });
  });

  it('lists the callees', async () => {
    open = await openSandbox();
    const { json } = await open.get('/_sandbox/callees');
    expect(json.callees).toContainEqual({
      name: 'voicemail',
      suffixes: ['0120'],
      summary: 'A mailbox answers after some rings, and records.',
    });
  });

  it('is closed to other hosts, to web pages and to forms', async () => {
    open = await openSandbox();
    expect(await statusOf({ host: 'attacker.example.com' })).toBe(403);
    expect(await statusOf({ host: '127.0.0.1.attacker.example.com' })).toBe(403);
    expect(await statusOf({ host: 'localhost:4010' })).toBe(200);
    expect(await statusOf({ origin: 'https://attacker.example.com' })).toBe(403);
    const form = await open.request('POST', '/_sandbox/faults', '{"fault":{"kind":"slow","ms":1}}', {
      'content-type': 'text/plain',
    });
    expect(form.status).toBe(415);
    const journal = await open.get('/_sandbox/journal');
    expect([...journal.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

/** fetch does not let a caller choose the Host header. */
function statusOf(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${open.url}/_sandbox/journal`, { headers }, (reply) => {
      reply.resume();
      resolve(reply.statusCode ?? 0);
    });
    request.on('error', reject);
    request.end();
  });
}
