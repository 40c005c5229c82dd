import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDonnaClient } from '../../src/client/index.ts';
import { realClock } from '../../src/kernel/clock.ts';
import { createExplainer, type Explainer } from '../../src/main/explanations/create-explainer.ts';
import { ensureBuilt } from '../fixtures/built.ts';
import { type OpenApi, openApi, token } from '../fixtures/open-api.ts';
import { storeDatabases } from '../fixtures/store-databases.ts';

const kept = await storeDatabases[0].open();
let folder: string;
let api: OpenApi;
let explainer: Explainer;

const bookshop = {
  openapi: '3.1.0',
  info: { title: 'Bookshop', version: '2' },
  servers: [{ url: 'https://api.bookshop.example' }],
  paths: { '/v2/books': { get: { summary: 'Lists books', responses: {} } } },
};
/** As scripts sent it before the endpoint moved. */
const key = 'sk_0000111122223333444455556666777788889999aaaabbbb';
const seed = `curl -X POST 'https://api.elevenlabs.io/v1/convai/phone-number/phnum_9d41kq/call' \\
  -H "xi-api-key: ${key}" -H 'Content-Type: application/json' \\
  -d '{"agent_id": "agent_5f2kq8", "to_phone_number": "+12125550142", "dynamic_variables": {"customer_name": "Ada"}}'`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'donna-api-explain-'));
  const file = path.join(folder, 'bookshop.json');
  await writeFile(file, JSON.stringify(bookshop));
  explainer = createExplainer({
    workerFile: path.join(ensureBuilt(), 'dist', 'explain-worker.js'),
    files: new Map([
      ['bookshop', file],
      ['lost', path.join(folder, 'lost.json')],
    ]),
    clock: realClock,
  });
  api = await openApi(kept, { change: (deps) => ({ ...deps, explain: explainer.explain }) });
}, 90_000);
afterAll(async () => {
  await explainer?.close();
  await api?.close();
  await kept.close();
  await rm(folder, { recursive: true, force: true });
});

const post = (body: unknown) => api.post('/v1/explain', body);
const books = { exchange: { request: { method: 'GET', url: 'https://api.bookshop.example/v2/book' } } };

describe('POST /v1/explain', () => {
  it('names the endpoint that took the place of the old one, and moves the fields', async () => {
    const { status, json, text } = await post({
      curl: seed,
      reply: { status: 404, body: { detail: 'Not Found' } },
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      format: 'donna-explanation-1',
      verdict: 'wrong',
      operation: { method: 'POST', fullPath: '/v1/convai/twilio/outbound-call' },
    });
    expect(json.fieldMap).toMatchObject({
      to_phone_number: 'to_number',
      dynamic_variables: 'conversation_initiation_client_data.dynamic_variables',
    });
    expect(text).not.toContain(key);
  });

  it('takes a document that is given, one that is configured, and an entry of a HAR', async () => {
    for (const document of [bookshop, 'bookshop']) {
      const { json } = await post({ ...books, documents: [document] });
      expect([json.verdict, json.operation.fullPath]).toEqual(['wrong', '/v2/books']);
    }
    const har = {
      request: { method: 'GET', url: 'https://api.bookshop.example/v2/books', headers: [] },
      response: { status: 200 },
    };
    expect((await post({ har, documents: ['bookshop'] })).json.verdict).toBe('nothing-wrong');
  });

  it('is in the client', async () => {
    const client = createDonnaClient({ url: api.url, apiKey: token });
    expect((await client.explain({ ...books, documents: ['bookshop'] })).verdict).toBe('wrong');
  });

  it('is for viewers', async () => {
    const viewer = await api.keyOf('viewer');
    expect((await api.post('/v1/explain', books, { authorization: 'Bearer none' })).status).toBe(401);
    expect((await api.post('/v1/explain', { ...books, documents: ['bookshop'] }, viewer.header)).status).toBe(
      200,
    );
  });

  it.each([
    ['https://example.com/openapi.json', /is an address/],
    ['file:///etc/passwd', /is an address/],
    ['../../etc/passwd', /is an address/],
    ['bookshp', /Is bookshop meant\?/],
  ])('opens nothing by the name %s', async (name, detail) => {
    const { status, json } = await post({ ...books, documents: [name] });
    expect([status, json.code]).toEqual([422, 'no-document']);
    expect(json.detail).toMatch(detail);
  });

  it.each([
    ['nothing', {}, 400, 'bad-input'],
    ['what is no JSON', '{"curl":', 400, 'bad-input'],
    ['an unknown name', { ...books, spec: 'bookshop' }, 400, 'bad-input'],
    ['two requests', { ...books, curl: 'curl https://example.com' }, 400, 'bad-input'],
    ['a reply twice', { ...books, reply: { status: 404 } }, 400, 'bad-input'],
    ['no method', { exchange: { request: { url: 'https://example.com' } } }, 400, 'bad-input'],
    ['no curl', { curl: 'wget https://example.com' }, 400, 'bad-input'],
    ['no entry', { har: { request: 1 } }, 400, 'bad-input'],
    ['an unknown host', books, 422, 'no-document'],
    ['Swagger 2.0', { ...books, documents: [{ swagger: '2.0', paths: {} }] }, 422, 'no-document'],
    ['no document', { ...books, documents: [{ a: 1 }] }, 422, 'no-document'],
    ['a file that is gone', { ...books, documents: ['lost'] }, 503, 'bad-config'],
  ])('refuses %s', async (_, body, status, code) => {
    const reply = await post(body);
    expect([reply.status, reply.json.code]).toEqual([status, code]);
    expect(reply.text).not.toContain(folder);
  });

  it('takes 8 MB and no more', async () => {
    const large = { ...bookshop, 'x-filler': 'x'.repeat(7 * 1024 * 1024) };
    expect((await post({ ...books, documents: [large] })).status).toBe(200);
    expect((await post({ ...books, documents: [{ a: 'x'.repeat(9 * 1024 * 1024) }] })).status).toBe(413);
  });
});

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const schemaOf = (schemas: unknown) => ({
  openapi: '3.1.0',
  info: { title: 'Hostile', version: '1' },
  servers: [{ url: 'https://api.bookshop.example' }],
  paths: {
    '/v2/book': {
      post: {
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } },
        },
        responses: {},
      },
    },
  },
  components: { schemas },
});
const posted = {
  exchange: {
    request: { method: 'POST', url: 'https://api.bookshop.example/v2/book', body: { a: 'a'.repeat(5_000) } },
  },
};

describe('a hostile document', () => {
  it.each([
    [
      'references in a circle',
      schemaOf({ A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } }),
    ],
    [
      'a schema that holds itself many times',
      schemaOf({
        A: {
          allOf: Array.from({ length: 40 }, () => ({
            anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'object' }],
          })),
        },
      }),
    ],
    [
      'a bomb of references',
      schemaOf(
        Object.fromEntries(
          Array.from({ length: 26 }, (_, index) => [
            String.fromCharCode(65 + index),
            {
              allOf: Array.from({ length: 10 }, () => ({
                $ref: `#/components/schemas/${String.fromCharCode(66 + index)}`,
              })),
            },
          ]),
        ),
      ),
    ],
    [
      'a pattern that backtracks',
      schemaOf({ A: { properties: { a: { type: 'string', pattern: '^(a+)+$' } }, required: ['a'] } }),
    ],
  ])('with %s is answered, and others are served meanwhile', async (_, document) => {
    const began = performance.now();
    const [reply] = await Promise.all([post({ ...posted, documents: [document] }), servedMeanwhile()]);
    expect([200, 422]).toContain(reply.status);
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it.each([
    ['a document', '"documents":[]', `"documents":[${nested(100_000)}]`, 'no-document'],
    ['a body', '"body":{}', `"body":${nested(100_000)}`, 'too-costly'],
  ])('%s that is nested a hundred thousand times is refused', async (_, place, deep, code) => {
    const { request } = posted.exchange;
    const plain = { exchange: { request: { ...request, body: {} } }, documents: [] };
    const given = place.startsWith('"doc') ? plain : { ...plain, documents: ['elevenlabs'] };
    const [reply] = await Promise.all([post(JSON.stringify(given).replace(place, deep)), servedMeanwhile()]);
    expect([reply.status, reply.json.code]).toEqual([422, code]);
  });
});

/** The loop is not stalled for seconds: a probe of the server comes back. */
async function servedMeanwhile(): Promise<void> {
  for (let count = 0; count < 5; count++) {
    const began = performance.now();
    expect((await api.get('/healthz')).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(1_500);
  }
}
