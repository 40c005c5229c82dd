import { describe, expect, it } from 'vitest';
import { checkValue } from './check-value.ts';

type Schemas = Readonly<Record<string, unknown>>;

function check(schemas: Schemas, value: unknown, mode: 'json' | 'text' = 'json') {
  return checkValue(
    { root: { openapi: '3.1.0', components: { schemas } } },
    '#/components/schemas/A',
    value,
    mode,
  );
}

const toA = { $ref: '#/components/schemas/A' };
const toB = { $ref: '#/components/schemas/B' };

function nested(depth: number, inner: unknown, around: (inside: unknown) => unknown): unknown {
  let value = inner;
  for (let level = 0; level < depth; level++) value = around(value);
  return value;
}

describe('checkValue of hostile documents', () => {
  it.each<[string, Schemas]>([
    ['a reference to itself', { A: toA }],
    ['references in a ring', { A: toB, B: toA }],
    ['allOf of itself', { A: { allOf: [toA, toA] } }],
    ['anyOf of itself', { A: { anyOf: [toA, toB] }, B: { oneOf: [toA, toB] } }],
    ['not itself', { A: { not: toA } }],
    ['itself beside a reference', { A: { ...toA, minLength: 0 } }],
    ['a reference to a step of itself', { A: { $ref: '#/components/schemas/A/allOf/0', allOf: [toA] } }],
  ])('ends by %s and takes the value', (_, schemas) => {
    expect(check(schemas, { a: 'b' })).toEqual([]);
    expect(check(schemas, 'b', 'text')).toEqual([]);
  });

  it('judges what a schema that holds itself says of each level', () => {
    const schemas = { A: { type: 'object', properties: { next: toA, n: { type: 'integer' } } } };
    expect(check(schemas, { next: { next: { n: 'x' } } }).map(({ at }) => at)).toEqual([
      ['next', 'next', 'n'],
    ]);
  });

  it('bears schemas and values 10,000 levels deep', () => {
    const schema = nested(10_000, { type: 'integer' }, (inside) => ({
      type: 'object',
      properties: { a: inside },
    }));
    const allOf = nested(10_000, { type: 'integer' }, (inside) => ({ allOf: [inside] }));
    const value = nested(10_000, 'x', (inside) => ({ a: inside }));
    expect(check({ A: schema }, value)).toEqual([]);
    expect(check({ A: allOf }, 'x')).toEqual([]);
    expect(check({ A: { enum: [value] } }, { a: 1 })).toMatchObject([{ keyword: 'enum' }]);
    expect(check({ A: { const: value } }, value)).toEqual([]);
    expect(
      check({ A: { uniqueItems: true } }, [value, nested(10_000, 'x', (inside) => ({ a: inside }))]),
    ).toEqual([]);
    expect(
      check(
        { A: { type: 'object' } },
        nested(10_000, '', (inside) => `{"a":${String(inside)}`),
        'text',
      ),
    ).toHaveLength(1);
  });

  it('bears a value that holds itself', () => {
    const value: Record<string, unknown> = { n: 'x' };
    value.next = value;
    const schemas = {
      A: { type: 'object', properties: { next: toA, n: { type: 'integer' } }, required: ['next'] },
    };
    expect(check(schemas, value).map(({ at }) => at)).toEqual([['n']]);
  });

  it('gives up after its steps instead of trying all ways', () => {
    const branches = { anyOf: [{ items: toA }, { items: toA }, { items: toA }] };
    const schemas = { A: { ...branches, type: ['array', 'string'], maxLength: 0 } };
    const value = nested(40, 'x', (inside) => [inside]);
    const before = performance.now();
    expect(Array.isArray(check(schemas, value))).toBe(true);
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  it('does not run patterns for long', () => {
    const schemas = { A: { items: { pattern: '^(a+)+$' }, patternProperties: { '(x+x+)+y': false } } };
    const before = performance.now();
    expect(check(schemas, Array(1_000).fill(`${'a'.repeat(500)}!`))).toEqual([]);
    expect(check(schemas, { ['x'.repeat(1_000)]: 1 })).toEqual([]);
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('takes names of prototypes as names', () => {
    const schema: unknown = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"integer"},"a":{}},"required":["__proto__","constructor"],"additionalProperties":false}',
    );
    const told = (text: string) =>
      check({ A: schema }, JSON.parse(text)).map(({ at, keyword, expected }) => [...at, keyword, expected]);
    expect(told('{"__proto__":"x","a":1}')).toEqual([
      ['required', 'constructor'],
      ['__proto__', 'type', 'integer'],
    ]);
    expect(told('{"a":1}')).toEqual([
      ['required', '__proto__'],
      ['required', 'constructor'],
    ]);
    expect(told('{"__proto__":1,"constructor":1,"toString":1}').map(([name]) => name)).toEqual([
      'constructor',
      'toString',
    ]);
  });

  it.each<[string, unknown]>([
    [
      'words of another type',
      {
        type: 5,
        properties: [],
        required: {},
        enum: 'a',
        items: 1,
        allOf: {},
        minimum: 'x',
        pattern: {},
        discriminator: 7,
      },
    ],
    [
      'an empty list of everything',
      { type: [], enum: [], required: [], allOf: [], anyOf: [], oneOf: [], prefixItems: [] },
    ],
    ['branches that are none', { anyOf: [null, 5] }],
    [
      'a discriminator of nothing',
      { oneOf: [{}], discriminator: { propertyName: 'a', mapping: { b: 5, c: '#/x' } } },
    ],
  ])('passes over %s', (_, schema) => {
    for (const value of ['b', 5, null, [1], { a: 'b' }]) expect(check({ A: schema }, value)).toEqual([]);
  });

  it('bears texts and lists without measure', () => {
    const schema = {
      items: { maxLength: 10 },
      maxLength: 10,
      uniqueItems: true,
      format: 'email',
      pattern: '^a',
    };
    expect(check({ A: schema }, 'a'.repeat(5_000_000)).map(({ keyword }) => keyword)).toEqual(['length']);
    expect(
      check(
        { A: schema },
        Array.from({ length: 300_000 }, (_, n) => ({ n })),
      ),
    ).toEqual([]);
  });
});
