import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { operation } from '../../wire/operation.ts';
import { drift } from './drift.ts';
import { readDocument } from './read-document.ts';
import { readOperations } from './read-operations.ts';

const source = { by: 'document', of: 'a test' } as const;

const order = operation({
  name: 'order',
  provider: 'elevenlabs',
  method: 'POST',
  path: '/v1/shops/{shop_id}/orders',
  summary: 'Order',
  query: z.strictObject({ dry_run: z.boolean().optional() }),
  body: z.strictObject({
    item: z.string(),
    count: z.int().optional(),
    speed: z.enum(['slow', 'fast']).optional(),
    gift: z.strictObject({ note: z.string() }).nullish(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
  reply: z.looseObject({
    id: z.string(),
    note: z.string().nullish(),
    lines: z.array(z.looseObject({ sku: z.string() })),
  }),
  operationId: 'place_order',
  source,
});

type Json = Record<string, unknown>;

/** A document that agrees with `order`, with one part replaced. */
function document(
  change: { request?: Json; required?: string[]; reply?: Json; operation?: Json; schemas?: Json } = {},
) {
  const schemas = {
    Gift: { type: 'object', properties: { note: { type: 'string' } }, required: ['note'] },
    Order: {
      type: 'object',
      properties: {
        item: { type: 'string' },
        count: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
        speed: { type: 'string', enum: ['slow', 'fast', 'faster'] },
        gift: { anyOf: [{ $ref: '#/components/schemas/Gift' }, { type: 'null' }] },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        ...change.request,
      },
      required: change.required ?? ['item'],
    },
    Placed: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        note: { type: 'string' },
        lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } },
        ...change.reply,
      },
      required: ['id', 'lines'],
    },
    Line: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] },
    ...change.schemas,
  };
  const json = (name: string) => ({
    'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
  });
  return {
    openapi: '3.1.0',
    paths: {
      '/v1/shops/{shop}/orders': {
        post: {
          operationId: 'place_order',
          parameters: [{ name: 'dry_run', in: 'query', schema: { type: 'boolean' } }],
          requestBody: { required: true, content: json('Order') },
          responses: { 200: { content: json('Placed') } },
          ...change.operation,
        },
      },
    },
    components: { schemas },
  };
}

function findings(doc: unknown) {
  const read = readDocument(doc);
  if (read.kind !== 'document') throw new Error(read.why);
  return drift(readOperations([order]), read.model);
}

describe('drift', () => {
  it('is silent about a document that agrees, whatever it names its path parameters', () => {
    expect(findings(document())).toEqual([]);
  });

  it('finds an endpoint that is gone, and its successor by operationId', () => {
    const { paths, ...rest } = document();
    const item = paths['/v1/shops/{shop}/orders'];
    expect(findings({ ...rest, paths: { '/v2/orders': item } })).toMatchObject([
      { kind: 'endpoint-gone', severity: 'error', successor: 'POST /v2/orders', pointer: '#/paths' },
    ]);
    expect(findings({ ...rest, paths: { '/v1/shops/{x}/orders': { put: item.post } } })).toMatchObject([
      { kind: 'endpoint-gone', message: expect.stringContaining('PUT only') },
    ]);
  });

  it('finds a deprecated endpoint', () => {
    expect(findings(document({ operation: { deprecated: true } }))).toMatchObject([
      {
        kind: 'endpoint-deprecated',
        severity: 'warning',
        pointer: '#/paths/~1v1~1shops~1{shop}~1orders/post',
      },
    ]);
  });

  it('finds a field that is gone, at its depth and by its pointer', () => {
    const schemas = { Gift: { type: 'object', properties: { text: { type: 'string' } } } };
    expect(findings(document({ schemas }))).toMatchObject([
      { kind: 'field-gone', field: 'gift.note', where: 'request', pointer: '#/components/schemas/Gift' },
    ]);
  });

  it('finds a query parameter that is gone', () => {
    expect(findings(document({ operation: { parameters: [] } }))).toMatchObject([
      { kind: 'field-gone', where: 'query', field: 'dry_run' },
    ]);
  });

  it('finds what is newly required, known to us or not', () => {
    const request = { currency: { type: 'string' } };
    expect(findings(document({ request, required: ['item', 'count', 'currency'] }))).toMatchObject([
      { kind: 'newly-required', field: 'count', message: 'the field is required now' },
      {
        kind: 'newly-required',
        field: 'currency',
        pointer: '#/components/schemas/Order/properties/currency',
      },
    ]);
  });

  it('finds a changed type, and says less of one that still takes part of what is sent', () => {
    expect(findings(document({ request: { count: { type: 'string' } } }))).toMatchObject([
      {
        kind: 'type-changed',
        severity: 'error',
        field: 'count',
        message: 'integer is sent, string is taken',
      },
    ]);
    expect(findings(document({ request: { count: { type: 'number' } } }))).toEqual([]);
  });

  it('finds a value that is not taken any more', () => {
    expect(findings(document({ request: { speed: { enum: ['slow'] } } }))).toMatchObject([
      { kind: 'enum-value-gone', field: 'speed', message: expect.stringContaining('"fast"') },
    ]);
  });

  it('finds what we read and no longer comes, may be missing, or is something else', () => {
    expect(findings(document({ reply: { lines: { type: 'string' } } }))).toMatchObject([
      { kind: 'reply-type-changed', severity: 'error', field: 'lines' },
    ]);
    const schemas = { Line: { type: 'object', properties: { sku: { type: 'string' } } } };
    expect(findings(document({ schemas }))).toMatchObject([
      { kind: 'reply-field-optional', field: 'lines[].sku' },
    ]);
    const gone = { Placed: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } };
    expect(findings(document({ schemas: gone }))).toMatchObject([
      { kind: 'reply-field-gone', field: 'note', severity: 'warning' },
      { kind: 'reply-field-gone', field: 'lines', severity: 'error' },
    ]);
  });

  it('compares two documents by the same rules', () => {
    const read = (doc: unknown) => {
      const { model } = readDocument(doc) as Extract<ReturnType<typeof readDocument>, { kind: 'document' }>;
      return model;
    };
    const old = read(document());
    expect(drift(old, read(document()))).toEqual([]);
    expect(drift(old, read(document({ required: ['item', 'speed'] })))).toMatchObject([
      { kind: 'newly-required', field: 'speed' },
    ]);
  });

  it('ends on shapes that hold themselves', () => {
    const tree = (required: string[]) =>
      document({
        schemas: {
          Order: { anyOf: [{ $ref: '#/components/schemas/Node' }, { $ref: '#/components/schemas/Order' }] },
          Node: {
            type: 'object',
            properties: {
              item: { type: 'string' },
              children: { type: 'array', items: { $ref: '#/components/schemas/Order' } },
              parent: { anyOf: [{ $ref: '#/components/schemas/Node' }, { type: 'null' }] },
            },
            required,
          },
        },
      });
    const read = (doc: unknown) => {
      const { model } = readDocument(doc) as Extract<ReturnType<typeof readDocument>, { kind: 'document' }>;
      return model;
    };
    expect(drift(read(tree([])), read(tree(['item'])))).toMatchObject([
      { kind: 'newly-required', field: 'item' },
    ]);
  });
});
