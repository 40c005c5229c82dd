import { describe, expect, it } from 'vitest';
import type { SentRequest } from '../exchange/exchange.ts';
import { readApiDocument } from '../spec/read-api-document.ts';
import type { FieldPlace, RouteStep } from './match.ts';
import { sketchFields } from './sketch-fields.ts';

const text = { type: 'string' };

function sketchOf(
  { schema, parameters = [], path = '/bookings' }: { schema?: object; parameters?: object[]; path?: string },
  { body, query = [] }: { body?: unknown; query?: [string, string][] },
  steps: readonly RouteStep[] = [],
) {
  const content = schema && { requestBody: { content: { 'application/json': { schema } } } };
  const { operations } = readApiDocument(
    { openapi: '3.1.0', info: {}, paths: { [path]: { post: { ...content, parameters } } } },
    { kind: 'file', name: 'harbour.json' },
  );
  const request: SentRequest = {
    method: 'POST',
    scheme: 'https',
    host: 'harbour.example',
    path,
    query,
    headers: [],
    contentType: body === undefined ? undefined : 'application/json',
    body: body === undefined ? { kind: 'none' } : { kind: 'json', value: body },
  };
  const [operation] = operations;
  if (!operation) throw new Error('no operation');
  return sketchFields(request, operation, steps);
}

const nameOf = ({ in: part, steps }: FieldPlace) => `${part === 'body' ? '' : `${part}:`}${steps.join('.')}`;
const movesOf = ({ moves }: ReturnType<typeof sketchOf>) =>
  Object.fromEntries(moves.map(({ from, to }) => [nameOf(from.place), nameOf(to.place)]));

const booking = {
  type: 'object',
  required: ['berth_id', 'to_number'],
  properties: {
    berth_id: text,
    to_number: text,
    arrival_time: text,
    boat: {
      type: 'object',
      properties: { draught_metres: { type: 'number' }, flag: { enum: ['green', 'red'] } },
    },
  },
};

describe('sketchFields', () => {
  it('leaves what is right where it is', () => {
    const sketch = sketchOf({ schema: booking }, { body: { berth_id: 'b-7', to_number: '+12125550142' } });
    expect(sketch).toMatchObject({ moves: [], unknown: [], missing: [], met: 2 });
    expect(sketch.knownNames).toEqual(['berth_id', 'to_number']);
  });

  it('finds the right name of one that is written otherwise, and that nothing lacks then', () => {
    const sketch = sketchOf({ schema: booking }, { body: { berthId: 'b-7', to_number: '+12125550142' } });
    expect(movesOf(sketch)).toEqual({ berthId: 'berth_id' });
    expect(sketch.moves[0]).toMatchObject({ renamed: true, moved: false });
    expect(sketch.missing).toEqual([]);
  });

  it('says which required fields are missing', () => {
    const { missing } = sketchOf({ schema: booking }, { body: { to_number: '+12125550142' } });
    expect(missing.map(({ place }) => nameOf(place))).toEqual(['berth_id']);
  });

  it('moves a field into the object that has it, and out of one that nobody knows', () => {
    expect(movesOf(sketchOf({ schema: booking }, { body: { draught_metres: 2.5 } }))).toEqual({
      draught_metres: 'boat.draught_metres',
    });
    const wrapped = { booking: { berth_id: 'b-7', to_number: '+12125550142' } };
    expect(movesOf(sketchOf({ schema: booking }, { body: wrapped }))).toEqual({
      'booking.berth_id': 'berth_id',
      'booking.to_number': 'to_number',
    });
  });

  it('moves a field of the body into the query, and one of the query into the body', () => {
    const parameters = [{ in: 'query', name: 'page_size', schema: { type: 'integer' } }];
    expect(movesOf(sketchOf({ schema: booking, parameters }, { body: { page_size: 5 } }))).toEqual({
      page_size: 'query:page_size',
    });
    expect(movesOf(sketchOf({ schema: booking }, { query: [['berth_id', 'b-7']] }))).toEqual({
      'query:berth_id': 'berth_id',
    });
  });

  it('gives a value of the path that has no place there to the field of its name', () => {
    const steps: RouteStep[] = [
      { kind: 'changed', sent: 'berth', right: 'bookings', how: 'other' },
      { kind: 'extra', sent: 'b-1207' },
    ];
    const sketch = sketchOf({ schema: booking }, { body: { to_number: '+12125550142' } }, steps);
    expect(movesOf(sketch)).toEqual({ 'path:berth_id': 'berth_id' });
    expect(sketch.moves[0]?.from.value).toBe('b-1207');
  });

  it('never gives one field to two that were sent', () => {
    const { moves, unknown } = sketchOf({ schema: booking }, { body: { berthId: 'b-7', BERTH_ID: 'b-8' } });
    expect(moves).toHaveLength(1);
    expect(unknown).toHaveLength(1);
  });

  it('takes an id for no other thing’s, and says what was near', () => {
    const { moves, unknown } = sketchOf({ schema: booking }, { body: { berth_key_id: 'k-1' } });
    expect(moves).toEqual([]);
    expect(unknown[0]?.near).toMatchObject([{ why: 'the one identifies a key, the other a berth' }]);
  });

  it('finds nothing for what the operation has nothing like', () => {
    const { moves, unknown } = sketchOf({ schema: booking }, { body: { mast_colour: 'white' } });
    expect(moves).toEqual([]);
    expect(unknown.map(({ name }) => name)).toEqual(['mast_colour']);
  });

  it('takes any name where the object is open, and those of its patterns', () => {
    const open = { type: 'object', additionalProperties: text };
    expect(sketchOf({ schema: open }, { body: { anything: 'goes' } }).unknown).toEqual([]);
    const patterned = { type: 'object', properties: { a: text }, patternProperties: { '^x-': {} } };
    expect(sketchOf({ schema: patterned }, { body: { 'x-colour': 'red' } }).unknown).toEqual([]);
  });

  it('knows the parts of a parameter of the query that is an object or a list', () => {
    const parameters = [
      { in: 'query', name: 'filter', schema: { type: 'object', properties: { open: {} } } },
      { in: 'query', name: 'tags[]', schema: { type: 'array' } },
    ];
    const query: [string, string][] = [
      ['filter[open]', '1'],
      ['tags', 'a'],
    ];
    expect(sketchOf({ parameters }, { query }).unknown).toEqual([]);
  });

  it('takes a field called __proto__ for a field', () => {
    const body: unknown = JSON.parse('{"__proto__": {"berth_id": 1}, "constructor": "x"}');
    const { unknown, moves } = sketchOf({ schema: booking }, { body });
    expect([
      ...unknown.map(({ name }) => name),
      ...moves.map(({ from }) => String(from.place.steps[0])),
    ]).toEqual(expect.arrayContaining(['constructor', '__proto__']));
  });

  it('bears schemas that hold themselves, and bodies with thousands of fields', () => {
    const ring = {
      type: 'object',
      properties: {
        deeper: { $ref: '#/paths/~1bookings/post/requestBody/content/application~1json/schema' },
        end: text,
      },
    };
    expect(movesOf(sketchOf({ schema: ring }, { body: { End: 'x' } }))).toEqual({ End: 'end' });
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, number) => [`mast_${number}`, number]));
    expect(sketchOf({ schema: booking }, { body: many }).unknown.length).toBeGreaterThan(4900);
  });
});
