import { describe, expect, it } from 'vitest';
import { diffDocuments } from './diff-documents.ts';
import { readApiDocument } from './read-api-document.ts';

type Json = Record<string, unknown>;

const text = { type: 'string' };

/** Doors that are opened and painted by one schema, and listed. */
function document(
  change: { door?: Json; required?: string[]; list?: Json; paths?: Json; base?: string } = {},
) {
  const door = {
    type: 'object',
    properties: Object.fromEntries([
      ...Object.entries({ id: text, speed: { enum: ['slow', 'fast'] }, note: text }),
      ...Object.entries(change.door ?? {}),
    ]),
    required: change.required ?? ['id'],
  };
  const body = {
    requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Door' } } } },
  };
  const reply = {
    responses: {
      200: {
        content: {
          'application/json': {
            schema: { type: 'object', properties: { doors: { type: 'array', items: text }, ...change.list } },
          },
        },
      },
    },
  };
  return readApiDocument(
    {
      openapi: '3.1.0',
      info: { title: 'Doors', version: '1' },
      servers: [{ url: `https://api.example${change.base ?? '/v1'}` }],
      paths: change.paths ?? {
        '/open': { post: { summary: 'Open', ...body } },
        '/paint': { post: { summary: 'Paint', ...body } },
        '/doors': { get: { summary: 'List the doors', ...reply } },
      },
      components: { schemas: { Door: door } },
    },
    { kind: 'given', name: 'doors' },
  );
}

describe('diffDocuments', () => {
  it('is silent about the same document, also where a base path moved into the paths', () => {
    expect(diffDocuments(document(), document())).toEqual([]);
    const whole = document();
    const paths = Object.fromEntries(
      Object.entries(whole.root.paths as Json).map(([path, item]) => [`/v1${path}`, item]),
    );
    expect(diffDocuments(whole, document({ paths, base: '' }))).toEqual([]);
  });

  it('tells a change of a shared schema once, with the operations that it reaches', () => {
    expect(diffDocuments(document(), document({ required: ['id', 'note'] }))).toEqual([
      {
        class: 'breaking',
        kind: 'newly-required',
        operations: ['POST /v1/open', 'POST /v1/paint'],
        where: 'request',
        field: 'note',
        pointer: '#/components/schemas/Door/properties/note',
        document: 'new',
        message: 'the field is required now',
      },
    ]);
  });

  it('puts what breaks first, then what is deprecated, changed and added', () => {
    const { root } = document();
    const paths = root.paths as Record<string, Json>;
    const next = document({
      door: { speed: { enum: ['slow', 'swift'] }, colour: text },
      list: { doors: { type: ['array', 'null'], items: text } },
      paths: {
        '/open': paths['/open'],
        '/paint': { post: { ...(paths['/paint']?.post as Json), deprecated: true } },
        '/doors': {
          get: {
            responses: {
              200: {
                content: {
                  'application/json': {
                    schema: {
                      type: 'object',
                      properties: { doors: { type: ['array', 'null'], items: text } },
                    },
                  },
                },
              },
            },
          },
        },
        '/close': { post: {} },
      },
    });
    expect(diffDocuments(document(), next).map((one) => [one.class, one.kind, one.field])).toEqual([
      ['breaking', 'enum-value-gone', 'speed'],
      ['deprecation', 'endpoint-deprecated', undefined],
      ['change', 'reply-type-changed', 'doors'],
      ['addition', 'endpoint-added', undefined],
      ['addition', 'enum-value-added', 'speed'],
      ['addition', 'field-added', 'colour'],
    ]);
  });

  it('says additions in the words and at the place of the newer document', () => {
    const [change] = diffDocuments(document(), document({ door: { colour: text } }));
    expect(change).toMatchObject({
      message: 'the field is new',
      pointer: '#/components/schemas/Door/properties/colour',
      document: 'new',
    });
    expect(diffDocuments(document({ required: ['id', 'note'] }), document())).toMatchObject([
      { class: 'addition', kind: 'field-relaxed', field: 'note', message: 'the field may be left out now' },
    ]);
  });

  it('follows an endpoint that moved, and compares it with what it became', () => {
    const { root } = document();
    const { '/open': open, ...rest } = root.paths as Record<string, Json>;
    const moved = document({ required: ['id', 'speed'], paths: { ...rest, '/doors/open': open } });
    expect(diffDocuments(document(), moved)).toMatchObject([
      {
        class: 'breaking',
        kind: 'endpoint-moved',
        operations: ['POST /v1/open'],
        successor: 'POST /v1/doors/open',
      },
      { kind: 'newly-required', field: 'speed', operations: ['POST /v1/open', 'POST /v1/paint'] },
    ]);
  });

  it('tells a field that is required and new, and a type that changed, once', () => {
    const next = document({ door: { colour: text, note: { type: 'integer' } }, required: ['id', 'colour'] });
    expect(diffDocuments(document(), next).map((one) => [one.kind, one.field])).toEqual([
      ['type-changed', 'note'],
      ['newly-required', 'colour'],
    ]);
  });

  it('bears fields with the names of prototypes', () => {
    const door = JSON.parse('{"__proto__":{"type":"string"},"constructor":{"type":"string"}}') as Json;
    expect(diffDocuments(document({ door }), document()).map(({ kind, field }) => [kind, field])).toEqual([
      ['field-gone', '__proto__'],
      ['field-gone', 'constructor'],
    ]);
  });
});
