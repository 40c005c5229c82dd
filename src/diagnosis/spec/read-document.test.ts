import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drift } from './drift.ts';
import { readDocument } from './read-document.ts';
import { createShapeReader } from './read-shape.ts';

const shape = (schema: unknown, root: object = {}) => createShapeReader({ ...root, schema })(['#/schema']);

describe('a shape', () => {
  it('joins the alternatives of a nullable, in the style of 3.0 and of 3.1', () => {
    expect([...shape({ type: 'string', nullable: true }).types]).toEqual(['string', 'null']);
    expect([...shape({ type: ['string', 'null'] }).types]).toEqual(['string', 'null']);
    expect([...shape({ anyOf: [{ type: 'string' }, { type: 'null' }] }).types]).toEqual(['string', 'null']);
  });

  it('takes a field of a union as required only where each object requires it', () => {
    const union = shape({
      oneOf: [
        { properties: { kind: { const: 'a' }, sid: { type: 'string' } }, required: ['kind', 'sid'] },
        { properties: { kind: { const: 'b' } }, required: ['kind'] },
        { type: 'null' },
      ],
    });
    expect(union.fields.get('kind')?.required).toBe(true);
    expect(union.fields.get('sid')?.required).toBe(false);
    expect([...(union.fields.get('kind')?.shape().values ?? [])]).toEqual(['"a"', '"b"']);
  });

  it('adds the parts of an allOf up', () => {
    const root = { Named: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } };
    const sum = shape(
      { allOf: [{ $ref: '#/Named' }, { properties: { age: { type: 'integer' } }, required: ['age'] }] },
      root,
    );
    expect([...sum.fields].map(([name, field]) => [name, field.required])).toEqual([
      ['name', true],
      ['age', true],
    ]);
  });

  it('lists no values where one alternative is open', () => {
    expect(shape({ anyOf: [{ enum: ['a'] }, { type: 'string' }] }).values).toBeUndefined();
    expect([...(shape({ anyOf: [{ enum: ['a'] }, { type: 'null' }] }).values ?? [])]).toEqual(['"a"']);
  });

  it('tells a map, an object that drops what it does not know, and a closed one apart', () => {
    expect(shape({ type: 'object' }).rest).toBe('map');
    expect(shape({ type: 'object', properties: { a: {} } }).rest).toBe('ignored');
    expect(shape({ type: 'object', properties: { a: {} }, additionalProperties: false }).rest).toBe('closed');
  });

  it('says nothing of a reference that leads nowhere or to itself', () => {
    expect(shape({ $ref: '#/nowhere' }).types.size).toBe(0);
    expect(shape({ $ref: '#/schema' }).types.size).toBe(0);
  });

  it('gives up on a union of unions that multiplies, and on a chain without end', () => {
    const choice = { anyOf: Array.from({ length: 30 }, (_, index) => ({ const: index })) };
    expect(shape({ allOf: Array(20).fill(choice) }).types.size).toBe(0);
    const chain = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`s${index}`, { $ref: `#/s${index + 1}` }]),
    );
    expect(shape({ $ref: '#/s0' }, chain).types.size).toBe(0);
  });

  it('finds names with slashes, tildes and percent signs', () => {
    const reader = createShapeReader({ defs: { 'a/b~c': { type: 'string' }, 'd e': { type: 'boolean' } } });
    expect([...reader(['#/defs/a~1b~0c']).types]).toEqual(['string']);
    expect([...reader(['#/defs/d%20e']).types]).toEqual(['boolean']);
  });
});

describe('a document', () => {
  it('follows references of parameters, bodies and replies', () => {
    const read = readDocument({
      openapi: '3.0.3',
      paths: {
        '/a': {
          parameters: [{ $ref: '#/components/parameters/Page' }],
          post: {
            requestBody: { $ref: '#/components/requestBodies/A' },
            responses: { 201: { $ref: '#/components/responses/Done' } },
          },
        },
      },
      components: {
        parameters: { Page: { name: 'page', in: 'query', required: true, schema: { type: 'integer' } } },
        requestBodies: {
          A: {
            required: true,
            content: {
              'application/x-www-form-urlencoded': {
                schema: { type: 'object', properties: { To: { type: 'string' } } },
              },
            },
          },
        },
        responses: {
          Done: {
            content: {
              'application/json; charset=utf-8': { schema: { type: 'array', items: { type: 'string' } } },
            },
          },
        },
      },
    });
    if (read.kind !== 'document') throw new Error(read.why);
    const [operation] = read.model.operations;
    expect(operation?.query.get('page')?.required).toBe(true);
    expect([...(operation?.request?.fields.keys() ?? [])]).toEqual(['To']);
    expect([...(operation?.reply?.items()?.types ?? [])]).toEqual(['string']);
  });

  it('is refused with the reason when it is something else', () => {
    expect(readDocument('<html>')).toMatchObject({ kind: 'not-a-document' });
    expect(readDocument({ swagger: '2.0', paths: {} })).toMatchObject({ kind: 'not-a-document' });
    expect(readDocument({ openapi: '3.1.0' })).toMatchObject({ why: 'it has no `paths`' });
  });

  it('passes over parts that are not as the standard has them', () => {
    const odd = {
      openapi: '3.1.0',
      paths: { '/a': null, '/b': { get: 7 }, '/c': { get: { parameters: [null, 3], responses: [] } } },
    };
    expect(readDocument(odd)).toMatchObject({ model: { operations: [{ path: '/c', query: new Map() }] } });
  });

  it('is read or refused without an error, whatever it holds, and agrees with itself', () => {
    const words = [
      '$ref',
      'type',
      'properties',
      'items',
      'allOf',
      'anyOf',
      'required',
      'enum',
      'const',
      'nullable',
    ];
    const schema = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>('object', 'string', '#/components/schemas/A', null, true, 3),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...words, 'name'), tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    fc.assert(
      fc.property(schema, schema, (a, b) => {
        const json = { 'application/json': { schema: a } };
        const post = { requestBody: { content: json }, responses: { 200: { content: json } } };
        const read = readDocument({
          openapi: '3.1.0',
          paths: { '/a': { post } },
          components: { schemas: { A: b } },
        });
        if (read.kind !== 'document') throw new Error(read.why);
        expect(drift(read.model, read.model)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
