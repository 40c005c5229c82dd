import { describe, expect, it } from 'vitest';
import { ruleContext, sentRequest } from '../../../test/fixtures/rule-context.ts';
import type { SentRequest } from '../exchange/exchange.ts';
import { readApiDocument } from '../spec/read-api-document.ts';
import { rules, runRules } from './index.ts';

const schemes = {
  key: { type: 'apiKey', in: 'header', name: 'X-Oven-Key' },
  query: { type: 'apiKey', in: 'query', name: 'oven_key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
  bearer: { type: 'http', scheme: 'bearer' },
  basic: { type: 'http', scheme: 'basic' },
  oauth: { type: 'oauth2', flows: {} },
};

function said(security: unknown, facts: Partial<SentRequest>, status?: number): readonly string[] {
  const document = readApiDocument(
    {
      openapi: '3.1.0',
      info: { title: 'Bakery', version: '1' },
      servers: [{ url: 'https://api.bakery.example' }],
      paths: { '/loaves': { get: { security } } },
      components: { securitySchemes: schemes },
    },
    { kind: 'given', name: 'bakery' },
  );
  const context = ruleContext(document, sentRequest({ method: 'GET', ...facts }), { status });
  return runRules(rules, context).map((one) => `${one.rule}: ${one.sent} -> ${one.right}`);
}

const header = (name: string, value: string): Partial<SentRequest> => ({ headers: [[name, value]] });

describe('credentials', () => {
  it.each([
    ['an API key', [{ key: [] }], header('x-oven-key', 'abc')],
    ['a key in the query', [{ query: [] }], { headers: [], query: [['oven_key', 'abc']] as const }],
    ['a cookie', [{ cookie: [] }], header('Cookie', 'a=b; session=abc')],
    ['a bearer token', [{ bearer: [] }], header('authorization', 'bearer abc')],
    ['basic', [{ basic: [] }], header('Authorization', 'Basic YWJj')],
    ['an OAuth token', [{ oauth: ['read'] }], header('Authorization', 'Bearer abc')],
    ['the second alternative', [{ key: [] }, { bearer: [] }], header('Authorization', 'Bearer abc')],
    ['nothing where nothing is asked for', [], { headers: [] }],
    ['nothing where it may go without', [{}, { key: [] }], { headers: [] }],
    ['what is not known', [{ key: [] }], {}],
  ])('takes %s', (_, security, facts) => {
    expect(said(security, facts)).toEqual([]);
  });

  it('asks for both where two go together', () => {
    expect(said([{ key: [], bearer: [] }], header('X-Oven-Key', 'abc'), 401)).toEqual([
      'missing-auth: (nothing) -> Authorization: Bearer …',
    ]);
  });

  it('tells a key in another place, without the key', () => {
    expect(said([{ key: [] }], header('Authorization', 'Bearer sesame-open'))).toEqual([
      'wrong-auth: Authorization: Bearer … -> X-Oven-Key: …',
    ]);
    expect(said([{ key: [] }], { headers: [], query: [['x_oven_key', 'sesame-open']] })[0]).toBe(
      'wrong-auth: ?x_oven_key=… -> X-Oven-Key: …',
    );
    expect(said([{ bearer: [] }], header('Authorization', 'sesame-open'), 401)[0]).toBe(
      'wrong-auth: Authorization: … -> Authorization: Bearer …',
    );
    expect(JSON.stringify(said([{ basic: [] }], header('X-Api-Key', 'sesame-open'), 401))).not.toContain(
      'sesame',
    );
  });

  it('tells a key that was never filled or a scheme that stands twice', () => {
    expect(said([{ bearer: [] }], header('Authorization', 'Bearer undefined'), 401)).toEqual([
      'wrong-auth: Bearer undefined -> Authorization: Bearer …',
    ]);
    expect(said([{ bearer: [] }], header('Authorization', 'Bearer Bearer abc'), 401)).toEqual([
      'wrong-auth: Bearer Bearer … -> Authorization: Bearer …',
    ]);
  });

  it('says nothing of a request that got past the door', () => {
    for (const status of [200, 422, 429, 500].filter((one) => one < 429))
      expect(said([{ key: [] }], { headers: [] }, status)).toEqual([]);
  });

  it('misses a header that may be left out only when the provider does', () => {
    const document = readApiDocument(
      {
        openapi: '3.1.0',
        info: { title: 'Bakery', version: '1' },
        servers: [{ url: 'https://api.bakery.example' }],
        paths: {
          '/loaves': {
            get: {
              parameters: [
                { name: 'oven-api-key', in: 'header', required: false, schema: { type: 'string' } },
              ],
            },
          },
        },
      },
      { kind: 'given', name: 'bakery' },
    );
    const found = (status: number | undefined) =>
      runRules(rules, ruleContext(document, sentRequest({ method: 'GET', headers: [] }), { status })).map(
        ({ rule }) => rule,
      );
    expect(found(undefined)).toEqual([]);
    expect(found(401)).toEqual(['missing-auth']);
  });
});
