import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AnsweringServer,
  answeringServer,
  answerWith,
  closedPort,
} from '../../../test/fixtures/answering-server.ts';
import { numberFacts, twilioLine } from '../../../test/fixtures/calls.ts';
import type { DialOrder } from '../../calls/ports.ts';
import { createNodeFetch } from '../node-fetch.ts';
import { createElevenLabsClient } from './client.ts';
import { dial } from './dial.ts';

const order: DialOrder = {
  line: { ...twilioLine, provider: 'twilio' },
  agentId: 'agent_one',
  to: numberFacts('+12125550142').number,
  clientData: { user_id: 'att_1', dynamic_variables: { donna_attempt_id: 'att_1' } },
};
let answer: Answer;
let server: AnsweringServer;
let asked: { path: string | undefined; key: unknown }[];
let fetch: ReturnType<typeof createNodeFetch>;

beforeEach(async () => {
  asked = [];
  server = await answeringServer((request, reply, body) => {
    asked.push({ path: request.url, key: request.headers['xi-api-key'] });
    return answer(request, reply, body);
  });
  fetch = createNodeFetch({ connectTimeoutMs: 2_000, replyTimeoutMs: 300 });
});
afterEach(async () => {
  fetch.close();
  await server.close();
});

const send = (changes: Partial<DialOrder> = {}, baseUrl = server.url, commit = async () => {}) =>
  dial(
    createElevenLabsClient(fetch, { baseUrl, apiKey: 'test-key' }),
    baseUrl,
    { ...order, ...changes },
    commit,
  );
const answered = (status: number, body: unknown, headers?: Record<string, string>) => {
  answer = answerWith(status, body, headers);
  return send();
};

const ids = { conversation_id: 'conv_1', callSid: 'CA1' };
const envelope = { detail: { type: 't', code: 'c', message: 'No.', status: 's' } };
const legacy = { detail: { status: 's', message: 'No.' } };
const validation = {
  detail: [{ type: 'missing', loc: ['body', 'agent_phone_number_id'], msg: 'Field required', input: null }],
};
const text = { detail: 'Not Found' };
const page = '<html><title>502 Bad Gateway</title></html>';

describe('dial: what came back', () => {
  it('success with ids is accepted', async () => {
    expect(await answered(200, { success: true, message: 'Success', ...ids })).toEqual({
      kind: 'accepted',
      ids: { conversationId: 'conv_1', callSid: 'CA1' },
    });
    expect(
      await answered(200, { success: true, message: '', conversation_id: null, sip_call_id: 'sip-1' }),
    ).toEqual({ kind: 'accepted', ids: { sipCallId: 'sip-1' } });
  });

  it('success false is not placed, with the carrier’s words and the conversation', async () => {
    const refused = await answered(200, {
      success: false,
      message: 'INVITE failed: sip status: 404: Domain unavailable (SIP 404)',
      conversation_id: 'conv_1',
      sip_call_id: null,
    });
    expect(refused).toMatchObject({
      kind: 'not-placed',
      cause: { code: 'invalid-number' },
      ids: { conversationId: 'conv_1' },
      words: expect.stringContaining('Domain unavailable'),
    });
  });

  it.each(
    [400, 401, 402, 403, 404, 405, 422, 429].flatMap((status) =>
      [envelope, legacy, validation, text].map((body) => [status, body] as const),
    ),
  )('%i with the provider’s own body %j is not placed', async (status, body) => {
    expect(await answered(status, body)).toMatchObject({
      kind: 'not-placed',
      cause: { code: `http-${status}`, retryable: status === 429 },
      exchange: { method: 'POST', path: '/v1/convai/twilio/outbound-call', status },
    });
  });

  it.each(
    [400, 401, 402, 403, 404, 405, 422, 429].flatMap((status) =>
      [page, '', {}, { error: 'x' }, { detail: {} }].map((body) => [status, body] as const),
    ),
  )('%i with a body %j of somebody else is unknown', async (status, body) => {
    expect((await answered(status, body)).kind).toBe('unknown');
  });

  it.each([
    [408, envelope],
    [409, envelope],
    [418, envelope],
    [425, legacy],
    [500, envelope],
    [502, page],
    [503, legacy],
    [504, ''],
    [301, ''],
    [304, ''],
  ])('%i is unknown, whoever says it', async (status, body) => {
    expect((await answered(status, body)).kind).toBe('unknown');
  });

  it.each([
    ['nothing', ''],
    ['a page', page],
    ['half of it', '{"success":true,"conversation_id":"conv_1"'],
    ['a list', []],
    ['null', 'null'],
    ['success as a word', { success: 'true', ...ids }],
    ['success without an id', { success: true, message: 'Success', conversation_id: null, callSid: '' }],
    ['ids without success', ids],
  ])('200 with %s is unknown', async (_, body) => {
    expect((await answered(200, body)).kind).toBe('unknown');
  });

  it('a lost, late, broken or reset reply is unknown', async () => {
    const answers: Answer[] = [
      () => {},
      (request) => request.socket.destroy(),
      (request) => request.socket.resetAndDestroy(),
      (request, reply) => {
        reply.writeHead(200, { 'content-length': '500' });
        reply.write('{"success":true', () => request.socket.destroy());
      },
    ];
    for (const one of answers) {
      answer = one;
      expect((await send()).kind).toBe('unknown');
    }
    // Each of them was sent once.
    expect(server.bodies).toHaveLength(answers.length);
  });

  it('a connection that was refused is not placed, and was not committed', async () => {
    let commits = 0;
    const reply = await send({}, await closedPort(), async () => {
      commits += 1;
    });
    expect(reply).toMatchObject({
      kind: 'not-placed',
      cause: { code: 'provider-unreachable', retryable: true },
    });
    expect(commits).toBe(0);
  });

  it('is sent once, whatever comes back', async () => {
    for (const status of [200, 408, 409, 429, 500, 503]) await answered(status, envelope);
    expect(server.bodies).toHaveLength(6);
  });
});

describe('dial: the request', () => {
  beforeEach(() => {
    answer = answerWith(200, { success: true, message: '', ...ids });
  });

  it.each([
    ['twilio', '/v1/convai/twilio/outbound-call'],
    ['sip_trunk', '/v1/convai/sip-trunk/outbound-call'],
    ['exotel', '/v1/convai/exotel/outbound-call'],
  ] as const)('of a %s line goes to %s', async (provider, path) => {
    await send({ line: { ...order.line, provider }, record: true });
    expect(asked).toEqual([{ path, key: 'test-key' }]);
    expect(JSON.parse(server.bodies[0] ?? '')).toEqual({
      agent_id: 'agent_one',
      agent_phone_number_id: 'phnum_main',
      to_number: '+12125550142',
      conversation_initiation_client_data: order.clientData,
      ...(provider === 'twilio' ? { call_recording_enabled: true } : {}),
    });
  });

  it('that does not fit the wire is refused before anything is committed', async () => {
    let commits = 0;
    const telephony = { ringing_timeout_secs: 5_000 };
    await expect(
      send({ telephony }, server.url, async () => {
        commits += 1;
      }),
    ).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('ringing_timeout_secs') });
    expect([commits, server.bodies.length]).toEqual([0, 0]);
  });

  it('is not sent when the commit fails, and its error comes out', async () => {
    await expect(send({}, server.url, () => Promise.reject(new RangeError('put back')))).rejects.toThrow(
      'put back',
    );
    expect(server.bodies).toEqual([]);
  });

  it('shows its key in no reply', async () => {
    const reply = await answered(401, legacy, { 'request-id': 'req_1' });
    expect(JSON.stringify(reply)).not.toContain('test-key');
    expect(reply).toMatchObject({ exchange: { requestId: 'req_1' } });
  });
});
