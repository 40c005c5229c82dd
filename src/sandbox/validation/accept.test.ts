import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { accept } from './accept.ts';

const inBody = { in: 'body', embedded: false } as const;
const inQuery = { in: 'query', embedded: false } as const;

describe('what the provider accepts', () => {
  const inner = z.strictObject({ b: z.int().min(1).optional() });
  const schema = z.strictObject({
    a: inner.optional(),
    list: z.array(inner).optional(),
    on: z.boolean().optional(),
  });

  it('drops unknown fields at any depth, and names them', () => {
    expect(accept(schema, { a: { b: 1, x: 1 }, list: [{}, { y: { z: 1 } }], w: 1 }, inBody)).toEqual({
      kind: 'accepted',
      value: { a: { b: 1 }, list: [{}, {}] },
      ignored: expect.arrayContaining(['a.x', 'list.1.y', 'w']),
    });
  });

  it('drops them in the branch of a union that fits', () => {
    const union = z.union([z.strictObject({ one: z.string() }), z.strictObject({ two: z.int() })]);
    expect(accept(z.strictObject({ u: union }), { u: { two: 2, x: 1 } }, inBody)).toEqual({
      kind: 'accepted',
      value: { u: { two: 2 } },
      ignored: ['u.x'],
    });
  });

  it('takes texts for numbers and truth values as pydantic does', () => {
    expect(accept(schema, { a: { b: ' 7 ' }, on: 'yes' }, inBody)).toMatchObject({
      value: { a: { b: 7 }, on: true },
    });
  });

  it('does not take an object that came with a prototype for more than its own fields', () => {
    const value = JSON.parse('{"__proto__": {"on": true}, "constructor": 1}');
    expect(accept(schema, value, inBody)).toMatchObject({ kind: 'accepted', value: {} });
  });

  it('reads a parameter that is given once or twice', () => {
    const query = z.strictObject({ tags: z.array(z.string()).optional(), size: z.int().max(100).optional() });
    expect(accept(query, { tags: 'a', size: ['5', '6'] }, inQuery)).toMatchObject({
      value: { tags: ['a'], size: 6 },
    });
  });
});

describe('what the provider refuses', () => {
  const schema = z.strictObject({
    n: z.int().min(1).max(9).optional(),
    x: z.number().optional(),
    kind: z.enum(['a', 'b']).optional(),
    list: z.array(z.string()).max(1).optional(),
    must: z.strictObject({ s: z.string() }).optional(),
  });
  const issue = (input: unknown) => {
    const result = accept(schema, input, inBody);
    return result.kind === 'refused' ? result.issues[0] : undefined;
  };

  it.each([
    [{ n: 'x' }, 'int_parsing'],
    [{ n: [] }, 'int_type'],
    [{ n: 1.5 }, 'int_from_float'],
    [{ n: 0 }, 'greater_than_equal'],
    [{ n: 10 }, 'less_than_equal'],
    [{ x: 'x' }, 'float_parsing'],
    [{ x: {} }, 'float_type'],
    [{ kind: 'c' }, 'literal_error'],
    [{ list: ['a', 'b'] }, 'too_long'],
    [{ list: [1] }, 'string_type'],
    [{ must: 'x' }, 'model_attributes_type'],
    [{ must: {} }, 'missing'],
  ])('%j as %s', (input, type) => {
    expect(issue(input)?.type).toBe(type);
  });

  it('shows the object around a missing field, as FastAPI does for a model', () => {
    expect(issue({ must: { t: 1 } })).toMatchObject({
      type: 'missing',
      loc: ['body', 'must', 's'],
      input: {},
    });
  });
});
