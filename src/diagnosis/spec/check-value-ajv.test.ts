import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkValue } from './check-value.ts';

type Schema = Readonly<Record<string, unknown>>;

// Not `__proto__`: ajv passes over properties of that name.
const names = ['a', 'b', 'c', 'constructor', 'hasOwnProperty'];
const texts = fc.constantFrom('', 'a', 'ab', 'abc', '😀', '5', 'true');
const numbers = fc.constantFrom(-1, 0, 1, 1.5, 2, 5, 10);

const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    texts,
    numbers,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fieldsOf(tie('value')),
  ),
})).value;

function fieldsOf<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Record<string, Value>> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), value), { maxLength: 4, selector: ([name]) => name })
    .map((fields) => Object.fromEntries(fields));
}

const scalars: fc.Arbitrary<Schema> = fc.oneof(
  fc.record(
    {
      type: fc.constant('string'),
      minLength: fc.nat(3),
      maxLength: fc.nat(4),
      pattern: fc.constantFrom('^a', 'b$', '[0-9]'),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    {
      type: fc.constantFrom('integer', 'number'),
      minimum: numbers,
      exclusiveMaximum: numbers,
      multipleOf: fc.constantFrom(1, 2, 0.5),
    },
    { requiredKeys: ['type'] },
  ),
  fc.constantFrom<Schema>(
    { type: 'boolean' },
    { type: 'null' },
    { type: ['string', 'null'] },
    { enum: ['a', 1, null, { a: 1 }] },
    { const: 'ab' },
    {},
    { $ref: '#/components/schemas/Self' },
  ),
);

function schemas(combined: boolean): fc.Arbitrary<Schema> {
  return fc.letrec<{ schema: Schema }>((tie) => {
    const schema = tie('schema');
    const objects = fc.record(
      {
        type: fc.constant('object'),
        properties: fieldsOf(schema),
        required: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
        additionalProperties: fc.oneof(fc.boolean(), schema),
        propertyNames: fc.constantFrom({ maxLength: 1 }, { enum: names }),
        patternProperties: schema.map((one) => ({ '^[bc]$': one })),
        minProperties: fc.nat(2),
        maxProperties: fc.nat(3),
      },
      { requiredKeys: ['type', 'properties'] },
    );
    const arrays = fc.record(
      {
        type: fc.constant('array'),
        prefixItems: fc.array(schema, { minLength: 1, maxLength: 2 }),
        items: fc.oneof(fc.constant(false), schema),
        minItems: fc.nat(2),
        maxItems: fc.nat(3),
        uniqueItems: fc.boolean(),
      },
      { requiredKeys: ['type'] },
    );
    const branches = fc.array(schema, { minLength: 1, maxLength: 3 });
    const both = fc.oneof(
      branches.map((anyOf) => ({ anyOf })),
      branches.map((allOf) => ({ allOf })),
      scalars.map((not) => ({ not })),
    );
    return { schema: fc.oneof({ maxDepth: 3 }, scalars, objects, arrays, ...(combined ? [both] : [])) };
  }).schema;
}

/** `Self` holds itself, below a field. */
function rootOf(schema: unknown) {
  const Self = {
    type: 'object',
    properties: { a: { $ref: '#/components/schemas/Self' }, b: { type: 'string' } },
  };
  return { openapi: '3.1.0', schema, components: { schemas: { Self } } };
}

// One for all: to make one costs more than to judge.
const ajv = new Ajv2020({
  strict: false,
  logger: false,
  ownProperties: true,
  validateSchema: false,
  meta: false,
});

function judges(schema: unknown): (value: unknown) => boolean {
  ajv.removeSchema();
  ajv.addSchema(rootOf(schema), 'document');
  const validate = ajv.getSchema('document#/schema');
  return (value) => validate?.(value) === true;
}

/** Closed schemas inside a combination contradict what is beside them; there the two differ on purpose. */
function withoutClosed(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === 'additionalProperties' && value === false ? true : value,
  );
}

describe('checkValue beside ajv', () => {
  it('comes to the same verdict on schemas without combinations', () => {
    fc.assert(
      fc.property(schemas(false), fc.array(values, { minLength: 5, maxLength: 10 }), (schema, sent) => {
        const fits = judges(schema);
        for (const value of sent) {
          expect([
            value,
            checkValue({ root: rootOf(schema) }, '#/schema', value, 'json').length === 0,
          ]).toEqual([value, fits(value)]);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('comes to the same verdict on combinations', () => {
    fc.assert(
      fc.property(
        schemas(true).map(withoutClosed),
        fc.array(values, { minLength: 5, maxLength: 10 }),
        (schema, sent) => {
          const fits = judges(schema);
          for (const value of sent) {
            expect([
              value,
              checkValue({ root: rootOf(schema) }, '#/schema', value, 'json').length === 0,
            ]).toEqual([value, fits(value)]);
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  it('takes a nullable of 3.0 as a type list of 3.1', () => {
    fc.assert(
      fc.property(fc.constantFrom('string', 'integer', 'object', 'array'), values, (type, value) => {
        const root = { openapi: '3.0.3', schema: { type, nullable: true } };
        const fits = judges({ type: [type, 'null'] });
        expect(checkValue({ root }, '#/schema', value, 'json').length === 0).toBe(fits(value));
      }),
      { numRuns: 200 },
    );
  });

  it('tells a place that is in the value and a schema that is in the document', () => {
    fc.assert(
      fc.property(schemas(true), values, (schema, value) => {
        const root = rootOf(schema);
        for (const { at, sent, pointer } of checkValue({ root }, '#/schema', value, 'json')) {
          let found: unknown = value;
          for (const step of at) found = Object(found)[step];
          expect(found).toEqual(sent);
          expect(pointer).toMatch(/^#\/(schema|components)/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
