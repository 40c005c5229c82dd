import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AnsweringServer,
  answeringServer,
  answerWith,
  closedPort,
} from '../../../test/fixtures/answering-server.ts';
import { getAgent, listAgents } from '../../wire/elevenlabs/agent.ts';
import { createNodeFetch } from '../node-fetch.ts';
import { createElevenLabsClient } from './client.ts';
import { createVoiceProvider } from './voice-provider.ts';

let answer: Answer;
let server: AnsweringServer;
let paths: (string | undefined)[];
let fetch: ReturnType<typeof createNodeFetch>;
beforeEach(async () => {
  paths = [];
  server = await answeringServer((request, reply, body) => {
    paths.push(request.url);
    return answer(request, reply, body);
  });
  fetch = createNodeFetch({ connectTimeoutMs: 2_000, replyTimeoutMs: 300 });
});
afterEach(async () => {
  fetch.close();
  await server.close();
});
const client = (baseUrl = server.url) => createElevenLabsClient(fetch, { baseUrl, apiKey: 'test-key' });
const agent = { path: { agent_id: 'agent_one' } };

describe('createElevenLabsClient', () => {
  it('parses a reply and lets fields through that it does not know', async () => {
    answer = answerWith(200, {
      agents: [{ agent_id: 'agent_one', name: 'Donna', new_field: 1 }],
      has_more: false,
    });
    expect((await client().send(listAgents)).agents[0]).toMatchObject({
      agent_id: 'agent_one',
      new_field: 1,
    });
  });

  it.each([
    [
      401,
      { detail: { status: 'invalid_api_key', message: 'Invalid API key' } },
      'does not accept the API key',
    ],
    [
      401,
      { detail: { status: 'missing_permissions', message: 'missing the permission convai_read' } },
      'lacks a right',
    ],
    [402, { detail: { status: 'quota_exceeded', message: 'x' } }, 'too few credits'],
    [405, { detail: 'Method Not Allowed' }, 'another method'],
    [
      429,
      { detail: { type: 'rate_limit_error', code: 'concurrent_limit_exceeded', message: 'x' } },
      'as many calls at once',
    ],
    [500, { detail: { status: 'x', message: 'x' } }, 'ElevenLabs failed'],
    [502, '<html>', 'between here and ElevenLabs'],
  ])('says what %i %j means, with the exchange and without the key', async (status, body, sentence) => {
    answer = answerWith(status, body, { 'request-id': 'req_1' });
    const error = await client()
      .send(getAgent, agent)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'provider-refused',
      message: expect.stringContaining(sentence),
      retryable: status === 429 || status >= 500,
      exchange: { method: 'GET', path: '/v1/convai/agents/agent_one', status, requestId: 'req_1', body },
    });
    expect(JSON.stringify(error) + String(error)).not.toContain('test-key');
  });

  it('finds nothing where the provider says that the resource is not there', async () => {
    answer = answerWith(404, { detail: { status: 'document_not_found', message: 'No such agent.' } });
    expect(await client().find(getAgent, agent)).toBeUndefined();
  });

  it.each([
    ['an unknown route', { detail: 'Not Found' }],
    ['a proxy', '<html>404</html>'],
  ])('does not take the 404 of %s for an absent resource', async (_, body) => {
    answer = answerWith(404, body);
    await expect(client().find(getAgent, agent)).rejects.toMatchObject({ code: 'provider-refused' });
  });

  it('names the place in a reply that is not as documented', async () => {
    answer = answerWith(200, { agents: 'none' });
    await expect(client().send(listAgents)).rejects.toMatchObject({
      code: 'provider-reply',
      message: expect.stringContaining('body.agents'),
    });
  });

  it('reads once more when a kept connection was stale, and not a third time', async () => {
    let resets = 1;
    answer = (request, reply) => {
      if (resets-- > 0) request.socket.resetAndDestroy();
      else reply.end('{"agents":[]}');
    };
    expect((await client().send(listAgents)).agents).toEqual([]);
    resets = 5;
    await expect(client().send(listAgents)).rejects.toMatchObject({ code: 'provider-unreachable' });
    expect(paths).toHaveLength(4);
  });

  it('says who cannot be reached', async () => {
    await expect(client(await closedPort()).send(listAgents)).rejects.toMatchObject({
      code: 'provider-unreachable',
      retryable: true,
      message: expect.stringContaining('refuses connections'),
    });
  });

  it('does not let an id address another resource', async () => {
    answer = answerWith(404, { detail: { status: 'x', message: 'x' } });
    await expect(client().find(getAgent, { path: { agent_id: '..' } })).rejects.toMatchObject({
      code: 'bad-input',
    });
    await client().find(getAgent, { path: { agent_id: '../user?x=1' } });
    expect(paths).toEqual(['/v1/convai/agents/..%2Fuser%3Fx%3D1']);
  });
});

describe('createVoiceProvider', () => {
  const provider = () => createVoiceProvider(client(), server.url);

  it('reads every page of agents, and ends when the cursor stands still', async () => {
    answer = (request, reply) => {
      const first = !request.url?.includes('cursor');
      const id = first ? 'agent_one' : 'agent_two';
      reply.end(
        JSON.stringify({ agents: [{ agent_id: id, name: id }], next_cursor: 'same', has_more: true }),
      );
    };
    expect((await provider().agents()).map(({ id }) => id)).toEqual(['agent_one', 'agent_two']);
  });

  it('takes a line without a provider for one of Twilio, and reads a trunk', async () => {
    answer = answerWith(200, [
      { phone_number_id: 'phnum_old', phone_number: '+12125550100', label: 'Old' },
      {
        phone_number_id: 'phnum_sip',
        phone_number: '+12125550101',
        label: 'Trunk',
        provider: 'sip_trunk',
        supports_outbound: false,
      },
    ]);
    expect(await provider().lines()).toMatchObject([
      { id: 'phnum_old', provider: 'twilio', supportsOutbound: true },
      { id: 'phnum_sip', provider: 'sip_trunk', supportsOutbound: false },
    ]);
  });

  it('asks for conversations by user id, agent and start', async () => {
    answer = answerWith(200, { conversations: [], has_more: false });
    await provider().conversations({ agentId: 'a', userId: 'u', startedAfterSecs: 12, limit: 5 });
    expect(paths).toEqual([
      '/v1/convai/conversations?page_size=5&agent_id=a&call_start_after_unix=12&user_id=u',
    ]);
  });
});
