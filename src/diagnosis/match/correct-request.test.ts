import { describe, expect, it } from 'vitest';
import type { SentBody, SentRequest } from '../exchange/exchange.ts';
import { readApiDocument } from '../spec/read-api-document.ts';
import { correctRequest, withValue } from './correct-request.ts';
import type { FieldMove, FieldPlace, RouteStep } from './match.ts';

const document = readApiDocument(
  {
    openapi: '3.1.0',
    info: {},
    servers: [{ url: 'https://api.harbour.example/v1' }],
    paths: {
      '/berths/{berth_id}': {
        put: {
          requestBody: {
            content: { 'application/json': { schema: {} }, 'application/x-www-form-urlencoded': {} },
          },
        },
        get: {},
      },
    },
  },
  { kind: 'file', name: 'harbour.json' },
);
const [get, put] = document.operations;
const [server] = document.servers;

const request: SentRequest = {
  method: 'POST',
  scheme: 'http',
  host: 'www.harbour.example',
  path: '/v1/berth',
  query: [['open', '1']],
  headers: [['Content-Type', 'application/json']],
  contentType: 'application/json',
  body: { kind: 'json', value: { berth: 'b/7', boat: { lenght: 12 }, colour: 'red', tags: ['a'] } },
};
const steps: RouteStep[] = [
  { kind: 'same', sent: 'v1', right: 'v1' },
  { kind: 'changed', sent: 'berth', right: 'berths', how: 'number' },
  { kind: 'extra', sent: 'create' },
  { kind: 'absent', right: '{berth_id}', parameter: 'berth_id', base: false },
];

const place = (part: FieldPlace['in'], ...names: (string | number)[]): FieldPlace => ({
  in: part,
  steps: names,
});
const move = (from: FieldPlace, value: unknown, to: FieldPlace): FieldMove => ({
  from: { place: from, value },
  to: { place: to, required: false, pointer: '#', description: undefined, shape: () => document.shapeAt([]) },
  renamed: true,
  moved: true,
  confidence: 1,
  reasons: [],
});

function correct(
  sent: Partial<SentRequest>,
  moves: readonly FieldMove[] = [],
  unknown: readonly FieldPlace[] = [],
  operation = put,
) {
  if (!operation || !server) throw new Error('no operation');
  const gone = unknown.map((one) => ({ place: one, value: undefined }));
  return correctRequest(
    { ...request, ...sent },
    { operation, server, sameHost: false, steps, moves, unknown: gone },
  );
}

const json = (value: unknown): SentBody => ({ kind: 'json', value });

describe('correctRequest', () => {
  it('takes method, host and path of the operation, and keeps the rest', () => {
    const { body } = request;
    expect(correct({})).toMatchObject({
      method: 'PUT',
      scheme: 'https',
      host: 'api.harbour.example',
      path: '/v1/berths/{berth_id}',
      query: [['open', '1']],
      headers: [['Content-Type', 'application/json']],
      body,
    });
  });

  it('puts a value into the path, encoded, and takes it out of where it was', () => {
    const moved = correct({}, [move(place('body', 'berth'), 'b/7', place('path', 'berth_id'))]);
    expect(moved.path).toBe('/v1/berths/b%2F7');
    expect(moved.body).toEqual(json({ boat: { lenght: 12 }, colour: 'red', tags: ['a'] }));
  });

  it('renames inside an object, and leaves out what is unknown', () => {
    const moves = [move(place('body', 'boat', 'lenght'), 12, place('body', 'boat', 'length'))];
    expect(correct({}, moves, [place('body', 'colour')]).body).toEqual(
      json({ berth: 'b/7', boat: { length: 12 }, tags: ['a'] }),
    );
  });

  it('leaves no empty object behind', () => {
    const moves = [move(place('body', 'boat', 'lenght'), 12, place('query', 'length'))];
    const moved = correct({}, moves);
    expect(moved.body).toEqual(json({ berth: 'b/7', colour: 'red', tags: ['a'] }));
    expect(moved.query).toEqual([
      ['open', '1'],
      ['length', '12'],
    ]);
  });

  it('renames in the query, moves out of it, and drops what is unknown there', () => {
    const query: [string, string][] = [
      ['opne', '1'],
      ['size', '9'],
      ['noise', 'x'],
    ];
    const moves = [
      move(place('query', 'opne'), '1', place('query', 'open')),
      move(place('query', 'size'), '9', place('body', 'size')),
    ];
    const moved = correct({ query, body: json({}) }, moves, [place('query', 'noise')]);
    expect(moved.query).toEqual([['open', '1']]);
    expect(moved.body).toEqual(json({ size: '9' }));
  });

  it('sends no body, and no type of one, where none is taken', () => {
    const corrected = correct({}, [], [], get);
    expect(corrected).toMatchObject({ method: 'GET', body: { kind: 'none' }, headers: [] });
    expect(corrected.contentType).toBeUndefined();
  });

  it('never changes what was sent', () => {
    const before = structuredClone(request);
    correct({}, [move(place('body', 'berth'), 'b/7', place('path', 'berth_id'))], [place('body', 'colour')]);
    expect(request).toEqual(before);
  });

  it('leaves a body alone that it cannot read', () => {
    const body: SentBody = { kind: 'text', text: '{"a":' };
    expect(correct({ body }).body).toBe(body);
  });
});

describe('withValue', () => {
  it('makes the objects on the way', () => {
    expect(withValue(undefined, ['boat', 'length'], 12)).toEqual({ boat: { length: 12 } });
    expect(withValue({ boat: 'none' }, ['boat', 'length'], 12)).toEqual({ boat: { length: 12 } });
  });

  it('puts into a list by number', () => {
    expect(withValue({ boats: [{ a: 1 }] }, ['boats', 0, 'b'], 2)).toEqual({ boats: [{ a: 1, b: 2 }] });
  });

  it('inherits nothing, and leaves nothing to others', () => {
    const made = withValue({}, ['__proto__', 'polluted'], true);
    expect(Object.keys(made as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
