import { afterEach, expect, it } from 'vitest';
import { type AnsweringServer, answeringServer, answerWith } from '../../test/fixtures/answering-server.ts';
import type { StoredCall } from '../calls/call-store.ts';
import { realClock } from '../kernel/clock.ts';
import { createGateHook } from './gate-hook.ts';
import { createNodeFetch } from './node-fetch.ts';

const fetch = createNodeFetch({ connectTimeoutMs: 2_000, replyTimeoutMs: 2_000 });
let server: AnsweringServer | undefined;
afterEach(() => server?.close());

const call = {
  life: { callId: 'call_1', attempt: { id: 'att_1', number: 2 } },
  plan: {
    to: '+12125550142',
    agentId: 'agent_1',
    line: { id: 'phnum_1' },
    keyId: 'key_1',
    origin: 'api',
    metadata: { order: '7' },
    clientData: { dynamic_variables: { secret__pin: '1234' } },
  },
} as unknown as StoredCall;

async function ask(...answer: Parameters<typeof answerWith>) {
  server = await answeringServer(answerWith(...answer));
  return createGateHook({ url: server.url, secret: 'whsec_c2VjcmV0', fetch, clock: realClock })(call);
}

it('allows by 200 and allow: true alone', async () => {
  expect(await ask(200, { allow: true })).toEqual({ kind: 'allowed' });
  expect(await ask(200, { allow: false, reason: 'on\u001b[31m holiday' })).toEqual({
    kind: 'refused',
    why: 'on holiday',
  });
});

it.each<[number, unknown]>([
  [200, { allow: 'true' }],
  [200, 'yes'],
  [200, { allowed: true }],
  [204, ''],
  [302, { allow: true }],
  [500, { allow: true }],
])('takes %i %j for no answer', async (status, body) => {
  expect(await ask(status, body)).toMatchObject({ kind: 'no-answer' });
});

it('takes a hook that is not there for no answer', async () => {
  const hook = createGateHook({ url: 'http://127.0.0.1:1', secret: undefined, fetch, clock: realClock });
  expect(await hook(call)).toMatchObject({ kind: 'no-answer' });
});

it('tells what is dialled, signed, and none of the variables', async () => {
  let headers: Record<string, unknown> = {};
  server = await answeringServer((request, reply, body) => {
    headers = request.headers;
    return answerWith(200, { allow: true })(request, reply, body);
  });
  await createGateHook({ url: server.url, secret: 'whsec_c2VjcmV0', fetch, clock: realClock })(call);
  expect(headers).toMatchObject({
    'webhook-id': 'att_1',
    'webhook-signature': expect.stringMatching(/^v1,/),
  });
  expect(JSON.parse(server.bodies[0] ?? '')).toEqual({
    callId: 'call_1',
    attemptId: 'att_1',
    attempt: 2,
    to: '+12125550142',
    agent: 'agent_1',
    line: 'phnum_1',
    key: 'key_1',
    origin: 'api',
    metadata: { order: '7' },
  });
});
