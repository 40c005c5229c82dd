import { describe, expect, it } from 'vitest';
import { describeOperation } from './describe-operation.ts';
import { findOperation } from './find-operation.ts';
import { operationName } from './full-path.ts';
import { readApiDocument } from './read-api-document.ts';
import { searchOperations } from './search.ts';

const order = {
  content: {
    'application/json': {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/Base' },
          { type: 'object', properties: { deliveryAddress: { type: 'string' } } },
        ],
      },
    },
  },
};

const document = readApiDocument(
  {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    servers: [{ url: 'https://api.example/v1' }],
    paths: {
      '/orders': {
        get: { summary: 'List orders', operationId: 'listOrders' },
        post: { summary: 'Place an order', operationId: 'placeOrder', requestBody: order },
      },
      '/orders/{order_id}': { get: { summary: 'Read an order' }, delete: { summary: 'Cancel an order' } },
      '/orders/latest': { get: { summary: 'Read the newest order' } },
      '/order_exports': { post: { summary: 'Export orders', deprecated: true } },
      '/vouchers': { post: { description: 'Gives a voucher away. It holds for a year.' } },
      '/reports/sales.csv': { get: { summary: 'Sales', tags: ['Reporting'] } },
    },
    components: {
      schemas: {
        Base: { type: 'object', properties: { to_number: { type: 'string' } }, required: ['to_number'] },
      },
    },
  },
  { kind: 'given', name: 'shop' },
);

const search = (...words: string[]) =>
  searchOperations(document, words).map((one) => operationName(one.operation));
const first = (...words: string[]) => search(...words)[0];

describe('searchOperations', () => {
  it('finds by path, title, tag, operationId and description, whatever the number or the case', () => {
    expect(first('list', 'order')).toBe('GET /v1/orders');
    expect(first('ORDERS cancel')).toBe('DELETE /v1/orders/{order_id}');
    expect(first('reporting')).toBe('GET /v1/reports/sales.csv');
    expect(first('placeOrder')).toBe('POST /v1/orders');
    expect(first('voucher')).toBe('POST /v1/vouchers');
  });

  it('finds by the names of fields, a whole name before its words', () => {
    expect(search('to_number')).toEqual(['POST /v1/orders']);
    expect(search('delivery address')).toEqual(['POST /v1/orders']);
  });

  it('bears a slip of the pen, a beginning, and idle words', () => {
    expect(first('vocher')).toBe('POST /v1/vouchers');
    expect(first('vouch')).toBe('POST /v1/vouchers');
    expect(first('how', 'do', 'I', 'place', 'an', 'order')).toBe('POST /v1/orders');
  });

  it('keeps the operations of a method in capitals, and puts deprecated ones last', () => {
    expect(search('POST', 'orders')).toEqual(['POST /v1/orders', 'POST /v1/order_exports']);
    expect(search('DELETE')).toEqual(['DELETE /v1/orders/{order_id}']);
  });

  it('finds nothing where nothing fits', () => {
    expect(search('zebra')).toEqual([]);
    expect(search('__proto__', 'constructor')).toEqual([]);
  });
});

describe('findOperation', () => {
  it('takes a template or a path as it was sent, with the base path or without', () => {
    const found = (method: string, path: string) => {
      const one = findOperation(document, method, path);
      return one && operationName(one);
    };
    expect(found('get', '/v1/orders/{id}')).toBe('GET /v1/orders/{order_id}');
    expect(found('GET', '/orders/17')).toBe('GET /v1/orders/{order_id}');
    expect(found('GET', '/v1/orders/latest')).toBe('GET /v1/orders/latest');
    expect(found('PATCH', '/orders/17')).toBeUndefined();
  });
});

describe('describeOperation', () => {
  it('says all of an operation as plain data', () => {
    const operation = findOperation(document, 'POST', '/orders');
    if (!operation) throw new Error('the shop takes orders');
    expect(describeOperation(document, operation)).toEqual({
      method: 'POST',
      path: '/orders',
      fullPath: '/v1/orders',
      servers: ['https://api.example/v1'],
      operationId: 'placeOrder',
      summary: 'Place an order',
      tags: [],
      deprecated: false,
      security: [],
      bodyRequired: false,
      contentTypes: ['application/json'],
      pointer: '#/paths/~1orders/post',
      required: [{ name: 'to_number', type: 'string' }],
      optional: [{ name: 'deliveryAddress', type: 'string' }],
    });
  });

  it('says ways to be let in and the successor in words', () => {
    const other = readApiDocument(
      {
        openapi: '3.1.0',
        info: { title: 'Shop', version: '1' },
        paths: {
          '/old': {
            get: {
              deprecated: true,
              description: 'Deprecated. Use `GET /new`.',
              security: [{ key: [], basic: [] }, { bearer: [] }, { flow: [] }, {}],
            },
          },
          '/new': { get: {} },
        },
        components: {
          securitySchemes: {
            key: { type: 'apiKey', in: 'header', name: 'x-key' },
            basic: { type: 'http', scheme: 'basic' },
            bearer: { type: 'http', scheme: 'Bearer' },
            flow: { type: 'oauth2' },
          },
        },
      },
      { kind: 'given', name: 'shop' },
    );
    const [old] = other.operations;
    if (!old) throw new Error('there is an old operation');
    const { security, successor } = describeOperation(other, old);
    expect(security).toEqual([
      'header x-key and header Authorization: Basic',
      'header Authorization: Bearer',
      'OAuth 2 (flow)',
      'nothing',
    ]);
    expect(successor).toEqual({ sentence: 'Use `GET /new`.', operation: 'GET /new' });
  });
});
