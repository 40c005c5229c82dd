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

  it('ends on chains of thousands of schemas, on unions that never repeat and on values nested without end', () => {
    const text = { type: 'string' };
    const step = (next: string): Json => ({
      type: 'object',
      properties: { x: { $ref: `#/components/schemas/${next}` } },
    });
    const chain = (leaf: Json): Json =>
      Object.fromEntries([
        ...Array.from({ length: 5000 }, (_, n) => [`S${n}`, step(`S${n + 1}`)]),
        ['S5000', leaf],
      ]);
    const both = (a: number, b: number): Json => ({
      anyOf: [{ $ref: `#/components/schemas/S${a % 10}` }, { $ref: `#/components/schemas/S${b % 10}` }],
    });
    const unions = (leaf: Json): Json =>
      Object.fromEntries(
        Array.from({ length: 10 }, (_, n) => [
          `S${n}`,
          { type: 'object', properties: { a: both(2 * n + 1, n + 1), b: both(3 * n + 2, 5 * n + 1), leaf } },
        ]),
      );
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level++) deep = [deep];
    const nested = (): Json => ({ S0: { type: 'object', properties: { e: { enum: [deep, 'a'] } } } });
    const read = (schemas: Json) =>
      readApiDocument(
        {
          openapi: '3.1.0',
          paths: {
            '/a': {
              post: {
                requestBody: {
                  content: { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } },
                },
              },
            },
          },
          components: { schemas },
        },
        { kind: 'given', name: 'hostile' },
      );
    expect(diffDocuments(read(chain(text)), read(chain({ type: 'integer' })))).toEqual([]);
    expect(diffDocuments(read(nested()), read(nested()))).toEqual([]);
    expect(diffDocuments(read(unions(text)), read(unions({ type: 'integer' }))).length).toBeGreaterThan(0);
  }, 20_000);
});
