import { describe, expect, it } from 'vitest';
import { createShapeReader } from './read-shape.ts';

function shapeOf(root: unknown) {
  return createShapeReader(root)(['#/schema']);
}

describe('createShapeReader', () => {
  it('ends on unions that double at each step', () => {
    const schemas: Record<string, unknown> = {};
    for (let step = 0; step < 90; step++) {
      const next = { $ref: `#/s${step + 1}` };
      schemas[`s${step}`] = { oneOf: [next, next] };
    }
    const before = performance.now();
    expect(shapeOf({ ...schemas, schema: { $ref: '#/s0' } }).types.size).toBe(0);
    expect(performance.now() - before).toBeLessThan(1000);
  });

  it('takes what lies outside of the document as anything', () => {
    const root = { components: { schemas: { A: { type: 'integer' } } } };
    for (const $ref of ['other.yaml#/components/schemas/A', 'https://api.example/a.json', '#A', 'a']) {
      expect(shapeOf({ ...root, type: 'string', schema: { $ref } }).types.size).toBe(0);
    }
  });

  it('joins allOf and keeps what each alternative of oneOf requires', () => {
    const text = { type: 'string' };
    const shape = shapeOf({
      schema: {
        allOf: [{ properties: { id: text }, required: ['id'] }],
        oneOf: [
          { properties: { a: text, b: text }, required: ['a', 'b'] },
          { properties: { a: text }, required: ['a'] },
        ],
      },
    });
    expect([...shape.fields].filter(([, { required }]) => required).map(([name]) => name)).toEqual([
      'id',
      'a',
    ]);
    expect([...shape.fields.keys()]).toEqual(['id', 'a', 'b']);
  });
});
