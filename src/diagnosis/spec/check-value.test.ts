import { describe, expect, it } from 'vitest';
import { type CheckMode, checkValue } from './check-value.ts';

type Schema = Readonly<Record<string, unknown>> | boolean;

function issuesOf(schema: Schema, value: unknown, mode: CheckMode = 'json', schemas: object = {}) {
  const root = { openapi: '3.1.0', schema, components: { schemas } };
  return checkValue({ root }, '#/schema', value, mode);
}

/** Issues in short: `a.0 type`. */
function told(schema: Schema, value: unknown, mode: CheckMode = 'json', schemas: object = {}) {
  return issuesOf(schema, value, mode, schemas).map(({ at, keyword }) => [...at, keyword].join(' '));
}

describe('checkValue', () => {
  it('tells where, by which schema, what is due and what was sent', () => {
    const schema = {
      type: 'object',
      properties: { lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } } },
    };
    const Line = { type: 'object', properties: { count: { type: 'integer' } }, required: ['sku'] };
    expect(issuesOf(schema, { lines: [{ sku: 'a', count: 'two' }, {}] }, 'json', { Line })).toEqual([
      {
        at: ['lines', 0, 'count'],
        pointer: '#/components/schemas/Line/properties/count',
        keyword: 'type',
        expected: 'integer',
        sent: 'two',
        message: 'It must be a whole number, and is a text.',
      },
      {
        at: ['lines', 1],
        pointer: '#/components/schemas/Line',
        keyword: 'required',
        expected: 'sku',
        sent: {},
        message: 'A required field is missing.',
      },
    ]);
  });

  it.each<[string, Schema, unknown, string[]]>([
    ['an integer sent as 5.0', { type: 'integer' }, 5.0, []],
    ['an integer for a number', { type: 'number' }, 5, []],
    ['a fraction for an integer', { type: 'integer' }, 5.5, ['type']],
    ['an int64 sent as text', { type: 'integer', format: 'int64' }, '5', ['type']],
    ['null for a plain type', { type: 'string' }, null, ['type']],
    ['null for a nullable', { type: 'string', nullable: true }, null, []],
    [
      'null for a nullable enum that does not list it',
      { type: 'string', enum: ['a'], nullable: true },
      null,
      [],
    ],
    ['null for a list of types', { type: ['string', 'null'] }, null, []],
    ['null where it is the default', { type: 'integer', default: null }, null, []],
    ['a type that JSON Schema does not have', { type: 'file' }, 5, []],
    ['a value off the enum', { enum: ['a', 'b'] }, 'c', ['enum']],
    ['a number where the enum of texts lists it as a number', { type: 'string', enum: [8000] }, '8000', []],
    ['an object of the enum in another order', { enum: [{ a: 1, b: 2 }] }, { b: 2, a: 1 }, []],
    ['another value than the const', { const: 'a' }, 'b', ['const']],
    ['a bound', { minimum: 1 }, 0, ['range']],
    ['an exclusive bound of 3.0', { minimum: 1, exclusiveMinimum: true }, 1, ['range']],
    ['an exclusive bound of 3.1', { exclusiveMaximum: 1 }, 1, ['range']],
    ['a multiple by doubles', { multipleOf: 0.1 }, 0.3, []],
    ['no multiple', { multipleOf: 5 }, 7, ['range']],
    ['a length in characters, not in UTF-16 units', { maxLength: 2 }, '😀😀', []],
    ['a text too short', { minLength: 3 }, 'ab', ['length']],
    ['too few items', { minItems: 1 }, [], ['items']],
    ['an item that comes twice', { uniqueItems: true }, [{ a: 1 }, { a: 1 }], ['unique']],
    ['too few fields', { minProperties: 1 }, {}, ['length']],
    ['a format', { type: 'string', format: 'uuid' }, 'x', ['format']],
    ['a format nobody knows', { type: 'string', format: 'phone' }, 'x', []],
    ['a pattern', { pattern: '^a+$' }, 'b', ['pattern']],
    ['a pattern that is no regular expression', { pattern: '(' }, 'b', []],
    ['a tuple', { prefixItems: [{ type: 'string' }], items: false }, ['a', 1], ['1 false']],
    ['what must not be', { not: { required: ['a', 'b'] } }, { a: 1, b: 2 }, ['not']],
    ['what must not be, where a pattern cannot be told', { not: { pattern: '^(a+)+$' } }, 'b', []],
    ['a schema that allows nothing', { properties: { a: false } }, { a: 1 }, ['a false']],
    ['an object without its type', { properties: { a: { type: 'string' } } }, 'x', ['type']],
  ])('judges %s', (_, schema, value, expected) => {
    expect(told(schema, value)).toEqual(expected);
  });

  it('takes fields that only replies have as not required', () => {
    const schema = {
      properties: { id: { $ref: '#/components/schemas/Id' }, name: {} },
      required: ['id', 'name'],
    };
    expect(told(schema, { name: 'a' }, 'json', { Id: { type: 'string', readOnly: true } })).toEqual([]);
  });

  it('tells a field that a closed object does not have, at its own name', () => {
    const schema = {
      type: 'object',
      properties: { a: {} },
      patternProperties: { '^x-': {} },
      additionalProperties: false,
    };
    expect(told(schema, { a: 1, 'x-b': 2, c: 3 })).toEqual(['c additionalProperties']);
  });

  it('checks other fields by the schema for them, and names by theirs', () => {
    const schema = {
      type: 'object',
      additionalProperties: { type: 'number' },
      propertyNames: { maxLength: 2 },
    };
    expect(told(schema, { a: 1, b: 'x', long: 3 })).toEqual(['b type', 'long length']);
  });

  it('takes schemas that are joined as one object, although each is closed', () => {
    const named = { type: 'object', properties: { name: {} }, additionalProperties: false };
    const aged = { type: 'object', properties: { age: {} }, additionalProperties: false };
    expect(told({ allOf: [named, aged] }, { name: 'a', age: 1, other: 2 })).toContain(
      'other additionalProperties',
    );
    expect(told({ allOf: [named, aged] }, { name: 'a', age: 1 })).toEqual([]);
  });

  it('knows what joined schemas and fitting branches speak of before it refuses the rest', () => {
    const schema = {
      type: 'object',
      allOf: [{ properties: { a: {} } }],
      anyOf: [{ properties: { b: { type: 'string' } } }, { properties: { c: {} }, required: ['c'] }],
      unevaluatedProperties: false,
    };
    expect(told(schema, { a: 1, b: 'x' })).toEqual([]);
    expect(told(schema, { a: 1, b: 'x', c: 1, d: 1 })).toEqual(['d additionalProperties']);
    expect(told(schema, { c: 'x', b: 1 })).toEqual(['b additionalProperties']);
  });

  it('follows references inside the document only', () => {
    const A = { type: 'string' };
    expect(told({ $ref: '#/components/schemas/A' }, 1, 'json', { A })).toEqual(['type']);
    for (const $ref of ['other.json#/A', 'https://example.com/a', '#/components/schemas/None', '#', '#A']) {
      expect(told({ $ref }, 1, 'json', { A })).toEqual([]);
    }
  });

  it('heeds what stands beside a reference in 3.1, and nothing but nullable in 3.0', () => {
    const schema = { $ref: '#/a', minLength: 3, nullable: true };
    const check = (openapi: string, value: unknown) =>
      checkValue({ root: { openapi, schema, a: { type: 'string' } } }, '#/schema', value, 'json').length;
    expect([check('3.1.0', 'ab'), check('3.1.0', 5), check('3.0.3', 'ab'), check('3.0.3', null)]).toEqual([
      1, 1, 0, 0,
    ]);
    expect(check('3.0.3', 5)).toBe(1);
  });

  it('says the same thing about a value once', () => {
    const one = { type: 'object', properties: { a: { type: 'string' } }, required: ['b'] };
    expect(told({ allOf: [one, one] }, { a: 1 })).toEqual(['required', 'a type']);
  });

  it('takes what is not here as fitting and stops after 100 issues', () => {
    expect(told({ type: 'string' }, 5)).toHaveLength(1);
    expect(checkValue({ root: {} }, '#/nowhere', 5, 'json')).toEqual([]);
    expect(told({ items: { type: 'string' } }, Array(1_000).fill(1))).toHaveLength(100);
  });
});

describe('checkValue of values that travelled as text', () => {
  it.each<[string, Schema, unknown, string[]]>([
    ['an integer', { type: 'integer', maximum: 5 }, '3', []],
    ['an integer out of its range', { type: 'integer', maximum: 5 }, '7', ['range']],
    ['no integer', { type: 'integer' }, '3px', ['type']],
    ['a number', { type: 'number' }, '-1.5e3', []],
    ['a boolean', { type: 'boolean' }, 'True', []],
    ['no boolean', { type: 'boolean' }, 'yes', ['type']],
    ['a listed number', { type: 'integer', enum: [1, 2] }, '2', []],
    ['a number that is not listed', { type: 'integer', enum: [1, 2] }, '3', ['enum']],
    ['one value for a list', { type: 'array', items: { type: 'integer' } }, '3', []],
    ['values between commas', { type: 'array', items: { type: 'integer' } }, '3,4', []],
    ['a wrong one between commas', { type: 'array', items: { type: 'integer' } }, '3,x', ['1 type']],
    ['a comma inside the one value', { type: 'array', maxItems: 1 }, 'a,b', []],
    ['a list as JSON', { type: 'array', items: { type: 'integer' } }, '[3,4]', []],
    ['an object as JSON', { type: 'object', properties: { a: { type: 'string' } } }, '{"a":1}', ['a type']],
    ['text for an object', { type: 'object' }, 'x', ['type']],
    ['fields of a form', { type: 'object', properties: { n: { type: 'integer' } } }, { n: 'x' }, ['n type']],
    ['an empty text that takes a value back', { type: 'string', format: 'uri', minLength: 1 }, '', []],
    ['a number that a form takes as text', { type: 'string' }, 5, []],
    ['a file for binary text', { type: 'string', format: 'binary' }, { file: 'a.pdf' }, []],
    [
      'a file for a list of files',
      { type: 'array', items: { type: 'string', format: 'binary' } },
      { file: 'a.pdf' },
      [],
    ],
    ['a file for a number', { type: 'integer' }, { file: 'a.pdf' }, ['type']],
    ['an alternative of types', { anyOf: [{ type: 'integer' }, { type: 'null' }] }, '3', []],
    ['none of the types', { anyOf: [{ type: 'integer' }, { type: 'boolean' }] }, 'x', ['type']],
  ])('judges %s', (_, schema, value, expected) => {
    expect(told(schema, value, 'text')).toEqual(expected);
  });

  it('tells the text as it was sent', () => {
    expect(issuesOf({ type: 'integer', maximum: 5 }, '7', 'text')[0]?.sent).toBe('7');
  });
});

describe('checkValue of alternatives', () => {
  const Cat = {
    type: 'object',
    properties: { kind: { const: 'cat' }, lives: { type: 'integer' } },
    required: ['kind', 'lives'],
  };
  const Dog = {
    type: 'object',
    properties: { kind: { const: 'dog' }, tricks: { type: 'array' } },
    required: ['kind'],
  };
  const schemas = { Cat, Dog };
  const branches = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }];

  it('takes a value that fits two branches of oneOf', () => {
    expect(told({ oneOf: [{ type: 'number' }, { type: 'integer' }] }, 5)).toEqual([]);
  });

  it('joins types to one issue', () => {
    const [issue, ...others] = issuesOf(
      { anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }] },
      [],
    );
    expect(others).toEqual([]);
    expect(issue).toMatchObject({
      keyword: 'type',
      expected: 'string or integer or null',
      pointer: '#/schema',
    });
  });

  it('tells what is wrong inside the branch whose type it has', () => {
    const schema = {
      anyOf: [{ type: 'array', items: { type: 'string' } }, { type: 'string' }, { type: 'null' }],
    };
    expect(told(schema, [1])).toEqual(['0 type']);
  });

  it('joins listed values to one issue', () => {
    const issues = issuesOf({ anyOf: [{ enum: ['a', 'b'] }, { const: 'c' }] }, 'd');
    expect(issues).toMatchObject([{ keyword: 'enum', expected: '["a","b","c"]' }]);
  });

  it('finds the branch by a property of one value, without a discriminator', () => {
    expect(told({ oneOf: branches }, { kind: 'cat' }, 'json', schemas)).toEqual(['required']);
    expect(told({ oneOf: branches }, { kind: 'dog', tricks: 'sit' }, 'json', schemas)).toEqual([
      'tricks type',
    ]);
    expect(issuesOf({ oneOf: branches }, { kind: 'cow' }, 'json', schemas)).toMatchObject([
      { at: ['kind'], keyword: 'enum', expected: '["cat","dog"]', sent: 'cow' },
    ]);
  });

  it.each([
    [
      'a mapping to references',
      { feline: '#/components/schemas/Cat', canine: '#/components/schemas/Dog' },
      'feline',
      'cow',
    ],
    ['a mapping to names', { feline: 'Cat', canine: 'Dog' }, 'feline', 'cow'],
    ['no mapping', undefined, 'Cat', 'Cow'],
  ])('goes by the discriminator with %s', (_, mapping, cat, cow) => {
    const plain = {
      Cat: { properties: { lives: { type: 'integer' } } },
      Dog: { properties: { tricks: { type: 'array' } } },
    };
    const schema = { oneOf: branches, discriminator: { propertyName: 'kind', ...(mapping && { mapping }) } };
    expect(told(schema, { kind: cat, lives: 'x' }, 'json', plain)).toEqual(['lives type']);
    expect(told(schema, { kind: cow, lives: 9, tricks: [] }, 'json', plain)).toEqual([]);
    expect(told(schema, { kind: cow, lives: 'x', tricks: 'x' }, 'json', plain)).toEqual(['kind enum']);
  });

  it('tells each branch, the nearest first, where several can be meant', () => {
    const schema = {
      anyOf: [
        { title: 'By card', required: ['number', 'expiry'], properties: { number: {}, expiry: {} } },
        { title: 'By account', required: ['iban'], properties: { iban: {} } },
      ],
    };
    const [issue] = issuesOf(schema, { amount: 5 });
    expect(issue).toMatchObject({
      at: [],
      keyword: 'branch',
      expected: 'By account or By card',
      pointer: '#/schema',
    });
    expect(issue?.branches?.map(({ title, issues }) => [title, issues.map((one) => one.expected)])).toEqual([
      ['By account', ['iban']],
      ['By card', ['number', 'expiry']],
    ]);
  });

  it('leaves out branches that are far from what was sent', () => {
    const letter = { type: 'object', properties: { to: {}, text: {} }, required: ['to', 'text'] };
    const order = { type: 'object', required: ['item', 'count', 'price', 'tax'] };
    expect(told({ oneOf: [order, letter] }, { to: 'a', txt: 'b' })).toEqual(['required']);
  });
});
