import { describe, expect, it } from 'vitest';
import { rightOrder, wrongOrder } from '../../test/fixtures/explanations.ts';
import type { Explanation, Fix } from './explanation.ts';
import { proveConformance } from './prove-conformance.ts';
import { readApiDocument } from './spec/read-api-document.ts';

const document = readApiDocument(
  {
    openapi: '3.1.0',
    info: { title: 'Lantern Books API', version: '4.2' },
    servers: [{ url: 'https://api.lanternbooks.example/v1' }],
    paths: {
      '/orders': {
        post: {
          parameters: [{ in: 'query', name: 'notify', schema: { enum: ['yes', 'no'] } }],
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['isbn', 'customer_id'],
                  properties: {
                    isbn: { type: 'string' },
                    quantity: { type: 'integer' },
                    customer_id: { type: 'string', format: 'uuid' },
                    api_key: { type: 'string', pattern: '^[0-9a-f]{32}$' },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
  { kind: 'file', name: 'lantern.yaml' },
);

const other = readApiDocument(
  { openapi: '3.1.0', info: { title: 'Another', version: '1' }, paths: { '/other': { get: {} } } },
  { kind: 'file', name: 'other.yaml' },
);

function withBody(value: unknown, more: Partial<Fix> = {}): Explanation {
  return {
    ...wrongOrder,
    fix: { holes: [], dropped: [], ...more, request: { ...rightOrder, body: { kind: 'json', value } } },
  };
}

const customer = '6f1c2f7e-0000-4000-8000-000000000001';

describe('proveConformance', () => {
  it('finds a corrected request that is valid by its own document', () => {
    expect(
      proveConformance(withBody({ isbn: '978', quantity: 2, customer_id: customer }), [other, document]),
    ).toEqual({
      ok: true,
      issues: [],
      unchecked: ['X-Shop-Key'],
    });
  });

  it('says where the corrected request is still wrong', () => {
    const found = proveConformance(withBody({ isbn: '978', quantity: 'two' }), [document]);
    expect(found?.ok).toBe(false);
    expect(found?.issues.map(({ place, issue }) => [place.steps.join('.'), issue.keyword])).toEqual([
      ['', 'required'],
      ['quantity', 'type'],
    ]);
  });

  it('names holes and secrets as unchecked, and does not judge what stands for them', () => {
    const holes = [
      { name: 'customer_id', place: { in: 'body', steps: ['customer_id'] }, expects: 'Who pays' },
    ] as const;
    const value = { isbn: '978', customer_id: '<customer_id>', api_key: '$API_KEY' };
    expect(proveConformance(withBody(value, { holes }), [document])).toEqual({
      ok: true,
      issues: [],
      unchecked: ['customer_id', 'X-Shop-Key', 'api_key'],
    });
  });

  it('judges text that only holds a dollar sign', () => {
    const value = { isbn: '978', customer_id: customer, api_key: 'it costs $USD 5' };
    expect(proveConformance(withBody(value), [document])?.ok).toBe(false);
  });

  it('claims nothing without a fix or without the document', () => {
    const { fix: _fix, ...withoutFix } = wrongOrder;
    expect(proveConformance(withoutFix, [document])).toBeUndefined();
    expect(proveConformance(wrongOrder, [other])).toBeUndefined();
  });
});
