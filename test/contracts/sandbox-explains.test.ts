import { afterEach, beforeEach, expect, it } from 'vitest';
import { demo } from '../../src/sandbox/index.ts';
import { type Json, type OpenSandbox, openSandbox } from '../fixtures/open-sandbox.ts';

let open: OpenSandbox;
beforeEach(async () => {
  open = await openSandbox();
});
afterEach(() => open.close());

const number = '+12125550142';
const latest = async (): Promise<Json> => (await open.get('/_sandbox/journal')).json.requests.at(-1);

it('tells the historical request by what took its place', async () => {
  const path = `/v1/convai/phone-number/${demo.twilioLineId}/call`;
  const body = {
    agent_id: demo.agentId,
    to_phone_number: number,
    dynamic_variables: { customer_name: 'Ada' },
  };
  expect((await open.request('POST', path, body)).status).toBe(404);
  const entry = await latest();
  expect(entry).toMatchObject({ path, status: 404 });
  expect(entry.explanation).toMatchObject({
    verdict: 'wrong',
    operation: 'POST /v1/convai/twilio/outbound-call',
    fieldMap: {
      to_phone_number: 'to_number',
      dynamic_variables: 'conversation_initiation_client_data.dynamic_variables',
    },
  });
  expect(Object.values(entry.explanation.fieldMap)).toContain('agent_phone_number_id');
});

it.each([
  ['an underscore in the path', '/v1/convai/twilio/outbound_call', {}, 404, 'unknown-path'],
  [
    'another name of a field',
    '/v1/convai/twilio/outbound-call',
    { phone_number: number },
    422,
    'renamed-field',
  ],
])('tells %s', async (_, path, more, status, rule) => {
  const { phone_number } = more as { phone_number?: string };
  const body = {
    agent_id: demo.agentId,
    agent_phone_number_id: demo.twilioLineId,
    ...(phone_number ? { phone_number } : { to_number: number }),
  };
  expect((await open.request('POST', path, body)).status).toBe(status);
  const { explanation } = await latest();
  expect(explanation).toMatchObject({
    verdict: 'wrong',
    operation: 'POST /v1/convai/twilio/outbound-call',
  });
  expect(explanation.rules).toContain(rule);
});

it('tells a field that was accepted and had no effect', async () => {
  expect((await open.dial(number, { dynamic_variables: { customer_name: 'Ada' } })).status).toBe(200);
  const entry = await latest();
  expect(entry).toMatchObject({ status: 200, ignored: ['dynamic_variables'] });
  expect(entry.explanation.fieldMap).toEqual({
    dynamic_variables: 'conversation_initiation_client_data.dynamic_variables',
  });
});

it('tells Twilio’s from ElevenLabs’', async () => {
  await open.twilio('GET', '/Call.json');
  expect((await latest()).explanation).toMatchObject({
    operation: 'GET /2010-04-01/Accounts/{AccountSid}/Calls.json',
    document: 'Twilio, as far as Donna uses it',
  });
});

it('says nothing of a request that was taken whole, or struck by a fault', async () => {
  await open.dial(number);
  expect(await latest()).not.toHaveProperty('explanation');
  open.sandbox.faults.add({ fault: { kind: 'status', status: 404, when: 'before' } });
  await open.dial(number);
  expect(await latest()).toMatchObject({ status: 404, fault: 'status' });
  expect(await latest()).not.toHaveProperty('explanation');
});

it('shows no key, and the same explanation each time it is read', async () => {
  const key = 'sk_0000111122223333444455556666777788889999aaaabbbb';
  await open.request('POST', '/v1/convai/twilio/outbound_call', '{"agent_id":', {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
  });
  const { json } = await open.get('/_sandbox/journal');
  expect(JSON.stringify(json)).not.toContain(key);
  expect(await latest()).toEqual(json.requests.at(-1));
});

it('explains the latest two hundred', async () => {
  for (let count = 0; count < 203; count++) await open.get(`/v1/nothing/${count}`);
  const { requests } = open.sandbox.journal;
  expect(requests).toHaveLength(203);
  const [first, last] = [requests[0], requests.at(-1)];
  if (!first || !last) throw new Error('the journal is empty');
  expect(await open.sandbox.journal.explain(first)).toBeUndefined();
  expect(await open.sandbox.journal.explain(last)).toMatchObject({ verdict: expect.any(String) });
});
