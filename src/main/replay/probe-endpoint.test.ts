import { describe, expect, it } from 'vitest';
import type { ProbeReply, ProbeRequest } from '../../diagnosis/doctor/probe.ts';
import { probeEndpoint } from './probe-endpoint.ts';

const dial = { method: 'POST', path: '/v1/convai/twilio/outbound-call' };

function answering(reply: ProbeReply) {
  const asked: ProbeRequest[] = [];
  const send = async (request: ProbeRequest) => {
    asked.push(request);
    return reply;
  };
  return { asked, probe: { send } };
}

const reply = (status: number, body: unknown): ProbeReply => ({
  kind: 'reply',
  status,
  headers: {},
  body,
  tookMs: 1,
});

describe('a probe of an endpoint', () => {
  it('tells what an empty body lacks', async () => {
    const detail = ['agent_id', 'to_number'].map((name) => ({ loc: ['body', name], msg: 'Field required' }));
    const { probe, asked } = answering(reply(422, { detail }));
    expect(await probeEndpoint(probe, dial)).toEqual({
      kind: 'probed',
      status: 422,
      what: expect.stringContaining('agent_id, to_number'),
    });
    expect(asked).toEqual([{ method: 'POST', provider: 'elevenlabs', path: dial.path }]);
  });

  it('tells what was said else', async () => {
    const { probe } = answering(
      reply(401, { detail: { status: 'invalid_api_key', message: 'Invalid key' } }),
    );
    expect(await probeEndpoint(probe, dial)).toMatchObject({
      status: 401,
      what: expect.stringMatching(/Invalid key/),
    });
  });

  it.each([
    { method: 'GET', path: dial.path },
    { method: 'DELETE', path: '/v1/convai/agents/{agent_id}' },
    { method: 'POST', path: '/v1/convai/agents/create' },
    { method: 'POST', path: '/v1/convai/batch-calling/submit' },
  ])('$method $path is not asked', async (operation) => {
    const { probe, asked } = answering(reply(200, {}));
    expect(await probeEndpoint(probe, operation)).toMatchObject({ kind: 'not-done' });
    expect(asked).toEqual([]);
  });

  it('that gets no reply was not done', async () => {
    const { probe } = answering({ kind: 'unreachable', why: 'dns', message: 'no such host', tookMs: 1 });
    expect(await probeEndpoint(probe, dial)).toMatchObject({
      kind: 'not-done',
      why: expect.stringContaining('no such host'),
    });
  });
});
