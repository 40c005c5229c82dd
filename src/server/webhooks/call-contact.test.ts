import { describe, expect, it } from 'vitest';
import { callId, storedCall } from '../../../test/fixtures/stored-calls.ts';
import type { CallRecord, ServiceCaller, ServiceCallRequest, SubmitResult } from '../../calls/index.ts';
import { AppError } from '../../kernel/errors.ts';
import { createCallContact } from './call-contact.ts';

const secret = 'a-secret-of-the-tool-0123456789';

function record(): CallRecord {
  const { life, plan } = storedCall();
  return {
    life,
    plan,
    status: 'scheduled',
    createdMs: 0,
    updatedMs: 0,
    endedMs: undefined,
    forgottenMs: undefined,
    attempts: [],
  };
}
const submitted = (replayed = false): SubmitResult => ({
  kind: 'submitted',
  call: record(),
  replayed,
  warnings: [],
});

function setUp(result: SubmitResult | AppError = submitted(), own = secret) {
  const asked: { request: ServiceCallRequest; caller: ServiceCaller }[] = [];
  const logged: string[] = [];
  const write = (facts: unknown, message?: unknown) =>
    void logged.push(`${message} ${JSON.stringify(facts)}`);
  const app = createCallContact({
    secret: own,
    budget: { calls: 5 },
    log: { info: write, warn: write, error: write },
    async submitCall(request, caller) {
      asked.push({ request, caller });
      if (result instanceof AppError) throw result;
      return result;
    },
  });
  const send = async (body: unknown, headers: Record<string, string> = { 'x-donna-secret': secret }) => {
    const reply = await app.request('/webhooks/call-contact', {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
  };
  return { send, asked, logged };
}

const contact = { number: '+1 212 555 0142', company: 'Northwind Supplies', invoice: 'INV-1001' };

describe('POST /webhooks/call-contact', () => {
  it('schedules the call, with a sentence for the agent', async () => {
    const { send, asked } = setUp();
    expect(await send({ ...contact, reason: 'The amount looks odd.' })).toEqual({
      status: 200,
      body: {
        status: 'scheduled',
        callId,
        say: 'The call is scheduled, and goes out as soon as calling hours allow it.',
      },
    });
    expect(asked).toMatchObject([
      {
        request: {
          to: { number: '+12125550142' },
          clientData: { dynamic_variables: { company: 'Northwind Supplies', invoice_number: 'INV-1001' } },
          metadata: { company: 'Northwind Supplies', invoice: 'INV-1001', reason: 'The amount looks odd.' },
          origin: 'call-contact',
          personWaiting: false,
          bypass: {},
        },
        caller: { keyId: 'call-contact', keyBudget: { calls: 5 } },
      },
    ]);
  });

  it('lets the tool’s own variables go before', async () => {
    const { send, asked } = setUp();
    await send({ ...contact, variables: { company: 'Contoso', urgent: true }, agent: 'agent_2' });
    expect(asked[0]?.request).toMatchObject({
      agentId: 'agent_2',
      clientData: { dynamic_variables: { company: 'Contoso', invoice_number: 'INV-1001', urgent: true } },
    });
  });

  it('means one call by one conversation, number and invoice, in whatever words', async () => {
    const { send, asked } = setUp();
    const headers = { 'x-donna-secret': secret, 'x-conversation-id': 'conv_9' };
    await send({ ...contact, reason: 'one' }, headers);
    await send({ ...contact, number: '+12125550142', reason: 'another' }, headers);
    await send({ ...contact, conversationId: 'conv_9' });
    await send({ ...contact, invoice: 'INV-1002' }, headers);
    await send(contact);
    const keys = asked.map(({ request }) => request.idempotencyKey);
    expect(keys[0]).toMatch(/^contact:[0-9a-f]{64}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).toBe(keys[0]);
    expect(keys[3]).not.toBe(keys[0]);
    // Without a conversation the rule of the API stands: the same request within ten minutes.
    expect(keys[4]).toBeUndefined();
  });

  it.each<[string, SubmitResult | AppError, string, RegExp]>([
    ['a repetition', submitted(true), 'scheduled', /already/],
    ['other words for the same call', { kind: 'key-conflict' }, 'refused', /asked for already/],
    ['a request that still runs', { kind: 'running' }, 'refused', /seconds/],
    [
      'a suppressed number',
      {
        kind: 'refused',
        refusal: {
          kind: 'refused',
          code: 'gate',
          findings: [
            {
              rule: 'suppression',
              severity: 'error',
              where: 'to',
              evidence: '+12125550142 is suppressed',
              fix: '',
            },
          ],
        },
      },
      'refused',
      /not to be called/,
    ],
    ['a database that is gone', new AppError('storage', 'gone', { retryable: true }), 'refused', /minute/],
    ['a reserved variable', new AppError('bad-input', 'reserved'), 'refused', /not right/],
  ])('answers %s with 200 and a sentence', async (_, result, status, say) => {
    const { send, logged } = setUp(result);
    const reply = await send(contact);
    expect(reply).toMatchObject({ status: 200, body: { status, say: expect.stringMatching(say) } });
    expect(JSON.stringify(reply.body) + logged.join()).not.toContain('5550142');
  });

  it.each([
    ['a number without its country', { number: '212 555 0142' }, /country code/],
    ['an unknown field', { ...contact, amount: 7 }, /amount/],
    ['no number', { company: 'Contoso' }, /number/],
    ['a variable that is an object', { ...contact, variables: { a: {} } }, /variables/],
  ])('tells the agent what is wrong with %s', async (_, body, say) => {
    const { send, asked } = setUp();
    expect((await send(body)).body).toMatchObject({
      status: 'refused',
      callId: null,
      say: expect.stringMatching(say),
    });
    expect(asked).toHaveLength(0);
  });

  it('says and logs no more of a wrong request than fits a line', async () => {
    const { send, logged } = setUp();
    const odd = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`${n}`.padEnd(200, 'z\n'), {}]));
    const { body } = await send({ ...contact, variables: odd, ['x'.repeat(9_000)]: 1 });
    expect(JSON.stringify(body).length).toBeLessThan(1_000);
    expect(logged.join('\n').length).toBeLessThan(6_000);
  });

  it('lets in nobody without the secret', async () => {
    const { send, asked, logged } = setUp();
    for (const headers of [{}, { 'x-donna-secret': '' }, { 'x-donna-secret': `${secret}x` }])
      expect((await send(contact, headers as Record<string, string>)).status).toBe(401);
    expect(asked).toHaveLength(0);
    expect(logged.join()).not.toContain(secret);
  });

  it('lets in nobody while no secret is set', async () => {
    const { send, asked } = setUp(submitted(), '');
    expect((await send(contact, { 'x-donna-secret': '' })).status).toBe(503);
    expect(asked).toHaveLength(0);
  });

  it('refuses what is too large or no JSON', async () => {
    const { send } = setUp();
    expect((await send('{')).status).toBe(400);
    expect((await send(JSON.stringify({ ...contact, reason: 'x'.repeat(70_000) }))).status).toBe(413);
  });
});
