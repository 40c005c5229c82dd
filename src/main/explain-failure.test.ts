import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FailedExchange, type SentExchange, withSent } from '../kernel/errors.ts';
import { createVirtualClock } from '../kernel/virtual-clock.ts';
import { createDocumentCache } from './documents/document-cache.ts';
import { createExplainFailure } from './explain-failure.ts';

const number = '+12125550142';
const body = {
  agent_id: 'agent_7101k5zvyjhmfg983brhmhkd98n6',
  agent_phone_number_id: 'phnum_7101k5zvyjhmfg983brhmhkd98n6',
  to_number: number,
  conversation_initiation_client_data: { dynamic_variables: { customer_name: 'Ada Bakehouse' } },
};
const dial = '/v1/convai/twilio/outbound-call';

function refused(status: number, reply: unknown, sent: Partial<SentExchange> = {}): FailedExchange {
  const baseUrl = sent.baseUrl ?? 'https://api.elevenlabs.io';
  return withSent(
    { method: 'POST', path: dial, status, body: reply },
    {
      provider: 'elevenlabs',
      baseUrl,
      url: `${baseUrl}${dial}`,
      headerNames: ['accept', 'content-type', 'xi-api-key'],
      encoding: 'json',
      body,
      ...sent,
    },
  );
}

const explainFailure = createExplainFailure({
  directory: '/nowhere/at-all',
  clock: createVirtualClock(),
});

describe('an explanation of a refused request of ours', () => {
  it('names what is wrong with a configured address', async () => {
    for (const baseUrl of ['https://api.elevenlabs.io/v1', 'http://127.0.0.1:4321/v2']) {
      expect(await explainFailure(refused(404, { detail: 'Not Found' }, { baseUrl }))).toMatchObject({
        verdict: 'wrong',
        rules: ['wrong-base-path'],
        operation: `POST ${dial}`,
        document: 'ElevenLabs, as far as Donna uses it',
        more: `donna spec show POST ${dial}`,
      });
    }
  });

  it('rests on the document that was kept of the API, however old, where there is one', async () => {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'donna-explain-failure-'));
    const document = {
      openapi: '3.1.0',
      info: { title: 'The whole API', version: '9' },
      servers: [{ url: 'https://api.elevenlabs.io' }],
      paths: { [dial]: { post: { summary: 'Calls', responses: {} } } },
    };
    await createDocumentCache(path.join(directory, 'documents')).write(
      'https://api.elevenlabs.io/openapi.json',
      {
        fetchedAtMs: Date.parse('2025-02-03T10:00:00Z'),
        etag: undefined,
        bytes: Buffer.from(JSON.stringify(document)),
      },
    );
    const explainKept = createExplainFailure({ directory, clock: createVirtualClock() });
    expect(await explainKept(refused(404, { detail: 'Not Found' }))).toMatchObject({
      document: 'The whole API, 2025-02-03',
    });
    await rm(directory, { recursive: true });
  });

  it('takes the path of a proxy for right where the API answers behind it', async () => {
    const reply = { detail: { status: 'agent_not_found', message: 'Agent not found.' } };
    const explained = await explainFailure(
      refused(404, reply, { baseUrl: 'https://proxy.example.com/eleven' }),
    );
    expect(explained).toMatchObject({ verdict: 'nothing-wrong', rules: ['unknown-resource'] });
  });

  it.each([
    [401, { status: 'invalid_api_key', message: 'Invalid API key' }],
    [429, { status: 'too_many_concurrent_requests', message: 'Too many concurrent requests' }],
  ])('finds nothing wrong with a request that is answered %i', async (status, detail) => {
    expect(await explainFailure(refused(status, { detail }))).toMatchObject({ verdict: 'nothing-wrong' });
  });

  it('repeats no number and no variable, also where the provider quotes them', async () => {
    const words = `${number} of Ada Bakehouse, or +1 (212) 555-0199, or 12125550142, cannot be called`;
    const issue = { type: 'value_error', loc: ['body', 'to_number'], msg: words };
    const explained = await explainFailure(refused(422, { detail: [issue] }));
    expect(explained?.answer.join('\n')).toContain('to_number');
    expect(JSON.stringify(explained)).not.toMatch(/555|Ada|Bakehouse/);
  });

  it('says nothing of what is no refusal, or was not kept', async () => {
    expect(await explainFailure(refused(500, 'Internal Server Error'))).toBeUndefined();
    expect(await explainFailure({ method: 'POST', path: dial, status: 404 })).toBeUndefined();
  });

  it('is left out where it cannot be made', async () => {
    expect(await explainFailure(refused(404, {}, { url: 'no url', baseUrl: 'none' }))).toBeUndefined();
    expect(await explainFailure(refused(422, { detail: 'x'.repeat(300_000) }))).toBeUndefined();
    const around: Record<string, unknown> = {};
    around.self = around;
    expect(await explainFailure(refused(404, { detail: 'Not Found' }, { body: around }))).toBeUndefined();
  });
});

describe('what was sent', () => {
  it('is with the exchange, and in no JSON of it', () => {
    const exchange = refused(404, { detail: 'Not Found' });
    expect(exchange.sent?.body).toBe(body);
    expect(JSON.stringify({ exchange })).not.toContain(number);
    expect({ ...exchange }).not.toHaveProperty('sent');
  });
});
