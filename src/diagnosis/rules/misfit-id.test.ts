import { describe, expect, it } from 'vitest';
import { bakeryDocument, jsonBody } from '../../../test/fixtures/rule-context.ts';
import { misfitId } from './misfit-id.ts';
import { beginningOf, shapeOfIds } from './shape-of-ids.ts';

const document = bakeryDocument(
  jsonBody({
    loaf_id: { type: 'string', example: 'loaf_8fk2mxq1' },
    ovenId: { type: 'string', pattern: '^oven_[a-z0-9]+$' },
    tray_sid: { type: 'string', pattern: '^(?:TR|TY)[0-9a-f]{32}$' },
    shop_sid: { type: 'string', pattern: '^SH[0-9a-f]{32}$' },
    baker_id: { type: 'string', description: 'The baker, e.g. `baker_77ab12cd`.' },
    phone_number_id: { type: 'string' },
    caller_id: { type: 'string' },
    id: { type: 'string', example: 'thing_12345678' },
    note: { type: 'string' },
  }),
);

function judged(name: string, value: unknown, description?: string): string | undefined {
  return misfitId(document, { name, description }, value)?.is;
}

describe('shapeOfIds', () => {
  it('learns beginnings from examples, patterns and descriptions', () => {
    const shapes = shapeOfIds(document);
    expect([...shapes.beginningsOf('loaf_id').keys()]).toEqual(['loaf_']);
    expect([...shapes.beginningsOf('oven-id').keys()]).toEqual(['oven_']);
    expect([...shapes.beginningsOf('ShopSid').keys()]).toEqual(['SH']);
    expect([...shapes.beginningsOf('tray_sid').keys()]).toEqual(['TR', 'TY']);
    expect([...shapes.beginningsOf('bakerId').keys()]).toEqual(['baker_']);
    expect([...shapes.fieldsOf('oven_').keys()]).toEqual(['ovenid']);
  });

  it('learns from a schema that is referred to, and from example payloads', () => {
    const root = bakeryDocument({}).root;
    const other = {
      ...root,
      paths: {},
      components: {
        schemas: {
          Key: { type: 'string', example: 'crate_55aa66bb' },
          Order: { properties: { crate_id: { $ref: '#/components/schemas/Key' } } },
        },
        examples: { one: { value: { tray_id: 'tray_11223344' } } },
      },
    };
    const shapes = shapeOfIds({ ...document, root: other });
    expect([...shapes.beginningsOf('crate_id').keys()]).toEqual(['crate_']);
    expect([...shapes.beginningsOf('tray_id').keys()]).toEqual(['tray_']);
  });

  it('bears a schema that holds itself, and one that is nested deeply', () => {
    const circle: Record<string, unknown> = { properties: {} };
    circle.properties = { self: circle, loop: { $ref: '#/paths' } };
    let deep: Record<string, unknown> = {};
    for (let depth = 0; depth < 20_000; depth++) deep = { properties: { a: deep } };
    const root = { ...document.root, components: { schemas: { circle, deep } } };
    expect(shapeOfIds({ ...document, root }).beginningsOf('a').size).toBe(0);
  });
});

describe('beginningOf', () => {
  it.each([
    ['loaf_8fk2mxq1', 'loaf_'],
    [`CA${'0a'.repeat(16)}`, 'CA'],
    ['sourdough', undefined],
    ['a_b', undefined],
    ['loaf__8fk2mxq1', undefined],
    ['x'.repeat(10_000), undefined],
  ])('%s begins with %s', (value, beginning) => {
    expect(beginningOf(value)).toBe(beginning);
  });
});

describe('misfitId', () => {
  it('tells the id of another kind of thing', () => {
    expect(judged('loaf_id', 'oven_99zz88yy')).toContain('`oven_`');
    expect(judged('shop_sid', 'loaf_8fk2mxq1')).toContain('`loaf_`');
  });

  it('tells a phone number and an address where an id is due', () => {
    expect(judged('loaf_id', '+12125550142')).toBe('a phone number');
    expect(judged('phone_number_id', '+12125550142')).toBe('a phone number');
    expect(judged('loaf_id', 'ada@bakery.example')).toBe('an e-mail address');
  });

  it.each([
    ['loaf_id', 'loaf_00000000', 'the right kind'],
    ['loaf_id', 'crumb_12345678', 'a beginning that the document shows nowhere'],
    ['loaf_id', '12345', 'an id without a beginning'],
    ['caller_id', '+12125550142', 'an id that is a phone number'],
    ['unknown_id', 'oven_99zz88yy', 'a field of which nothing is taught'],
    ['id', 'oven_99zz88yy', 'the id of anything'],
    ['note', 'oven_99zz88yy', 'no id'],
    ['loaf_id', 42, 'no text'],
  ])('says nothing of %s with %s: %s', (name: string, value: unknown, _why: string) => {
    expect(judged(name, value)).toBeUndefined();
  });

  it('believes a description that says phone number or e-mail', () => {
    expect(judged('loaf_id', '+12125550142', 'The customer in E.164.')).toBeUndefined();
    expect(judged('loaf_id', 'ada@bakery.example', 'Id or e-mail.')).toBeUndefined();
  });
});
