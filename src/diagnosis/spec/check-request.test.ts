import { describe, expect, it } from 'vitest';
import type { SentBody, SentRequest } from '../exchange/exchange.ts';
import { checkRequest } from './check-request.ts';
import { readApiDocument } from './read-api-document.ts';

const text = { type: 'string' };
const inPath = (name: string, schema: object = text) => ({ in: 'path', name, required: true, schema });
const json = (schema: object, required = true) => ({ required, content: { 'application/json': { schema } } });

const order = {
  type: 'object',
  properties: {
    item: text,
    count: { type: 'integer' },
    note: { type: 'string', format: 'binary' },
    tags: { type: 'array', items: text },
  },
  required: ['item'],
};

const document = readApiDocument(
  {
    openapi: '3.1.0',
    info: { title: 'Harbour', version: '1' },
    servers: [{ url: 'https://api.example.com/v1' }],
    paths: {
      '/shops/{shop_id}/orders/{number}.json': {
        get: {
          parameters: [
            inPath('shop_id', { type: 'string', pattern: '^shop_' }),
            inPath('number', { type: 'integer' }),
          ],
        },
      },
      '/files/{path}': { get: { parameters: [inPath('path')] } },
      '/orders': {
        get: {
          parameters: [
            { in: 'query', name: 'limit', required: true, schema: { type: 'integer', maximum: 100 } },
            { in: 'query', name: 'ids', schema: { type: 'array', items: { type: 'integer' } } },
            {
              in: 'query',
              name: 'codes',
              style: 'pipeDelimited',
              explode: false,
              schema: { type: 'array', items: { maxLength: 2 } },
            },
            {
              in: 'query',
              name: 'filter',
              style: 'deepObject',
              schema: {
                type: 'object',
                properties: {
                  paid: { type: 'boolean' },
                  size: { type: 'object', properties: { least: { type: 'integer' } } },
                },
              },
            },
            { in: 'query', name: 'filter[name]', schema: { type: 'string' } },
            {
              in: 'query',
              name: 'page',
              schema: { type: 'object', properties: { offset: { type: 'integer' } } },
            },
            { in: 'header', name: 'X-Trace', required: true, schema: { type: 'string', format: 'uuid' } },
            { in: 'header', name: 'Authorization', required: true, schema: text },
            { in: 'cookie', name: 'session', schema: { type: 'string', minLength: 3 } },
          ],
        },
        post: { requestBody: json(order) },
        patch: { requestBody: json({ type: 'object', properties: { item: text } }) },
        put: {
          requestBody: {
            content: {
              'application/x-www-form-urlencoded': { schema: order },
              'multipart/form-data': { schema: order },
              'text/*': { schema: text },
            },
          },
        },
      },
      '/notes': { post: { requestBody: { content: { 'application/vnd.example+json': { schema: order } } } } },
      '/raw': { post: { requestBody: { content: { '*/*': { schema: order } } } } },
    },
  },
  { kind: 'given', name: 'harbour' },
);

function check(line: string, sent: Partial<SentRequest> = {}): string[] {
  const [method = '', path = ''] = line.split(' ');
  const operation = document.operations.find((one) => one.method === method && one.path === path);
  const [server] = document.servers;
  if (!operation || !server) throw new Error(`${line} is not in the document`);
  const request: SentRequest = {
    method,
    scheme: 'https',
    host: 'api.example.com',
    path: `/v1${path}`,
    query: [],
    headers: undefined,
    contentType: undefined,
    body: { kind: 'none' },
    ...sent,
  };
  return checkRequest(document, operation, server, request).map(({ place, issue }) =>
    [place.in, ...place.steps, issue.keyword].join(' '),
  );
}

const form = (
  value: Record<string, unknown>,
  encoding: 'urlencoded' | 'multipart' = 'urlencoded',
): SentBody => ({
  kind: 'form',
  encoding,
  value,
});

describe('checkRequest', () => {
  it.each<[string, string[]]>([
    ['/v1/shops/shop_1/orders/5.json', []],
    ['/v1/shops/shop%5F1/orders/5.json/', []],
    ['/v1/shops/shop_1/orders/5', ['path pattern']],
    ['/shops/shop_1/orders/5.json', ['path pattern']],
    ['/v1/shops/shop_1/orders/five.json', ['path number type']],
    ['/v1/shops/1/orders/5.json', ['path shop_id pattern']],
    ['/v1/shops/%3Cshop_id%3E/orders/<number>.json', []],
    ['/v1/shops/{shop_id}/orders/{number}.json', []],
    ['/v1/shops/%E0%A4%A/orders/5.json', ['path shop_id pattern']],
  ])('judges the path %s', (path, expected) => {
    expect(check('GET /shops/{shop_id}/orders/{number}.json', { path })).toEqual(expected);
  });

  it('takes slashes in a parameter that is a path', () => {
    expect(check('GET /files/{path}', { path: '/v1/files/a/b.txt' })).toEqual([]);
  });

  it('tells another method', () => {
    expect(check('PATCH /orders', { method: 'POST', body: { kind: 'json', value: {} } })).toEqual([
      'path const',
    ]);
  });

  it.each<[string, [string, string][], string[]]>([
    ['what is due', [], ['query limit required']],
    ['a value', [['limit', '101']], ['query limit range']],
    [
      'a name nobody knows',
      [
        ['limit', '5'],
        ['other', 'x'],
      ],
      [],
    ],
    [
      'a name that comes twice for one value',
      [
        ['limit', '5'],
        ['limit', '6'],
      ],
      ['query limit type'],
    ],
    [
      'a list by repetition',
      [
        ['limit', '5'],
        ['ids', '1'],
        ['ids', 'x'],
      ],
      ['query ids 1 type'],
    ],
    [
      'a list by commas',
      [
        ['limit', '5'],
        ['ids', '1,2'],
      ],
      [],
    ],
    [
      'a list by brackets',
      [
        ['limit', '5'],
        ['ids[]', '1'],
        ['ids[]', 'x'],
      ],
      ['query ids 1 type'],
    ],
    [
      'a list by the style of the parameter',
      [
        ['limit', '5'],
        ['codes', 'ab|abc'],
      ],
      ['query codes 1 length'],
    ],
    [
      'an object by brackets',
      [
        ['limit', '5'],
        ['filter[paid]', 'x'],
        ['filter[size][least]', 'y'],
      ],
      ['query filter paid type', 'query filter size least type'],
    ],
    [
      'a parameter whose name has brackets',
      [
        ['limit', '5'],
        ['filter[name]', 'x'],
      ],
      [],
    ],
    [
      'the fields of an object as parameters',
      [
        ['limit', '5'],
        ['offset', 'x'],
      ],
      ['query page offset type'],
    ],
    ['a hole', [['limit', '<limit>']], []],
  ])('judges in the query %s', (_, query, expected) => {
    expect(check('GET /orders', { query })).toEqual(expected);
  });

  it('judges headers and cookies only where they are known', () => {
    const query: [string, string][] = [['limit', '5']];
    expect(check('GET /orders', { query, headers: undefined })).toEqual([]);
    expect(check('GET /orders', { query, headers: [] })).toEqual(['header X-Trace required']);
    const headers: [string, string][] = [
      ['x-trace', 'abc'],
      ['Cookie', 'a=1; session=ab'],
    ];
    expect(check('GET /orders', { query, headers })).toEqual([
      'header X-Trace format',
      'cookie session length',
    ]);
  });

  it.each<[string, Partial<SentRequest>, string[]]>([
    ['a right one', { body: { kind: 'json', value: { item: 'a' } }, contentType: 'application/json' }, []],
    ['a wrong one', { body: { kind: 'json', value: { count: '5' } } }, ['body required', 'body count type']],
    ['a hole', { body: { kind: 'json', value: { item: '<item>', count: '<count>' } } }, []],
    ['none where its fields are due', { body: { kind: 'none' } }, ['body required']],
    ['one that is not here', { body: { kind: 'unread', why: 'a file' } }, []],
    ['text that is no JSON', { body: { kind: 'text', text: '{', problem: 'it ends' } }, ['body type']],
    ['a form where JSON is due', { body: form({ item: 'a', count: '5' }) }, ['header Content-Type enum']],
    [
      'another media type',
      { body: { kind: 'json', value: { item: 'a' } }, contentType: 'text/plain' },
      ['header Content-Type enum'],
    ],
    ['any media type', { body: { kind: 'json', value: { item: 'a' } }, contentType: '*/*' }, []],
    [
      'a JSON of its own name',
      { body: { kind: 'json', value: { item: 'a' } }, contentType: 'application/vnd.x+json' },
      [],
    ],
  ])('judges as a JSON body %s', (_, sent, expected) => {
    expect(check('POST /orders', sent)).toEqual(expected);
  });

  it('asks for a body although none of its fields is due', () => {
    expect(check('PATCH /orders')).toEqual(['body type']);
  });

  it.each<[string, Partial<SentRequest>, string[]]>([
    ['text for a number', { body: form({ item: 'a', count: '5' }) }, []],
    ['text that is no number', { body: form({ item: 'a', count: 'x' }) }, ['body count type']],
    [
      'names in brackets',
      { body: form({ item: 'a', 'tags[0]': 'x', 'tags[1]': 'y', 'tags[2][z]': 'z' }) },
      ['body tags 2 type'],
    ],
    ['a file', { body: form({ item: 'a', note: { file: 'a.txt' } }, 'multipart') }, []],
    [
      'a file for a number',
      { body: form({ item: 'a', count: { file: 'a.txt' } }, 'multipart') },
      ['body count type'],
    ],
    [
      'JSON where a form is due',
      { body: { kind: 'json', value: { item: 'a', count: 5 } } },
      ['header Content-Type enum'],
    ],
    ['text of a kind that is taken', { body: { kind: 'text', text: 'a' }, contentType: 'text/csv' }, []],
    ['no body where none is due', {}, []],
  ])('judges as a form %s', (_, sent, expected) => {
    expect(check('PUT /orders', sent)).toEqual(expected);
  });

  it('takes JSON of one name for another, and any type where any is taken', () => {
    const body: SentBody = { kind: 'json', value: { count: 1 } };
    expect(check('POST /notes', { body, contentType: 'application/json' })).toEqual(['body required']);
    expect(check('POST /raw', { body, contentType: 'application/json' })).toEqual(['body required']);
  });
});
