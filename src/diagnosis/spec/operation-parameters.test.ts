import { describe, expect, it } from 'vitest';
import { operationParameters } from './operation-parameters.ts';
import { readApiDocument } from './read-api-document.ts';

type Json = Record<string, unknown>;

function parametersOf(operation: Json, schemas: Json = {}) {
  const document = readApiDocument(
    {
      openapi: '3.1.0',
      info: { title: 'Doors', version: '1' },
      paths: { '/v1/doors/{door_id}': { post: operation } },
      components: { schemas },
    },
    { kind: 'given', name: 'doors' },
  );
  const [found] = document.operations;
  if (!found) throw new Error('the document has one operation');
  return operationParameters(document, found);
}

function body(schema: unknown, type = 'application/json'): Json {
  return { requestBody: { required: true, content: { [type]: { schema } } } };
}

const text = { type: 'string' };

describe('operationParameters', () => {
  it('names parameters by their place and body fields by their bare names', () => {
    const { required, optional } = parametersOf({
      parameters: [
        { name: 'door_id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        { name: 'dry_run', in: 'query', description: 'Opens\n  nothing.', schema: { type: 'boolean' } },
        { name: 'X-Trace', in: 'header', schema: text },
        { name: 'Authorization', in: 'header', required: true, schema: text },
      ],
      ...body({ type: 'object', properties: { speed: text, note: text }, required: ['speed'] }),
    });
    expect(required).toEqual([
      { name: 'path:door_id', type: 'string (uuid)' },
      { name: 'speed', type: 'string' },
    ]);
    expect(optional).toEqual([
      { name: 'query:dry_run', type: 'boolean', description: 'Opens nothing.' },
      { name: 'header:X-Trace', type: 'string' },
      { name: 'note', type: 'string' },
    ]);
  });

  it('says types in words, through references and alternatives', () => {
    const properties = {
      count: { anyOf: [{ type: 'integer', format: 'int32' }, { type: 'null' }] },
      speed: { $ref: '#/components/schemas/Speed' },
      tags: { type: 'array', items: text },
      labels: { type: 'object', additionalProperties: text },
      whatever: {},
      kind: { const: 'door' },
    };
    const speeds = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const { optional } = parametersOf(body({ type: 'object', properties }), {
      Speed: { enum: speeds, description: 'How fast.' },
    });
    expect(Object.fromEntries(optional.map(({ name, type }) => [name, type]))).toEqual({
      count: 'integer (int32) or null',
      speed: 'one of "a", "b", "c", "d", "e", "f", … (8 values)',
      tags: 'list of string',
      labels: 'map of string',
      whatever: 'anything',
      kind: '"door"',
    });
    expect(optional.find(({ name }) => name === 'speed')?.description).toBe('How fast.');
  });

  it('leaves out what only replies have and marks what is deprecated', () => {
    const properties = { id: { ...text, readOnly: true }, old: { ...text, deprecated: true } };
    expect(parametersOf(body({ type: 'object', properties })).optional).toEqual([
      { name: 'old', type: 'string, deprecated' },
    ]);
  });

  it('takes JSON before a form, and a body that is no object as a whole', () => {
    const both = {
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': { schema: { type: 'object', properties: { file: text } } },
          'application/merge-patch+json': { schema: { type: 'array', items: text } },
        },
      },
    };
    expect(parametersOf(both)).toEqual({
      required: [{ name: '(body)', type: 'list of string' }],
      optional: [],
    });
  });

  it('bears references that lead in a circle or out of the document, and names of prototypes', () => {
    const properties = JSON.parse(
      '{"__proto__":{"type":"string"},"constructor":{"$ref":"#/components/schemas/A"},"far":{"$ref":"other.yaml#/A"}}',
    );
    const { optional } = parametersOf(body({ type: 'object', properties }), {
      A: { $ref: '#/components/schemas/B' },
      B: { $ref: '#/components/schemas/A' },
    });
    expect(optional).toEqual([
      { name: '__proto__', type: 'string' },
      { name: 'constructor', type: 'anything' },
      { name: 'far', type: 'anything' },
    ]);
  });
});
