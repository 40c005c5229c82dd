import { describe, expect, it } from 'vitest';
import type { SentRequest } from '../exchange/exchange.ts';
import { readApiDocument } from '../spec/read-api-document.ts';
import { rank } from './rank.ts';

const booking = {
  type: 'object',
  required: ['berth_id', 'boat_name'],
  properties: { berth_id: { type: 'string' }, boat_name: { type: 'string' }, nights: { type: 'integer' } },
};
const takes = (schema: object) => ({ requestBody: { content: { 'application/json': { schema } } } });
const document = readApiDocument(
  {
    openapi: '3.1.0',
    info: { title: 'Harbour', version: '1' },
    servers: [{ url: 'https://api.harbour.example' }],
    paths: {
      '/v1/bookings': {
        get: { summary: 'List bookings' },
        post: { summary: 'Book a berth', ...takes(booking) },
      },
      '/v1/bookings/{booking_id}': {
        get: { summary: 'Get a booking' },
        delete: { summary: 'Cancel a booking' },
      },
      '/v1/pilots': {
        get: { summary: 'List pilots' },
        post: { summary: 'Add a pilot', ...takes({ properties: { name: {} } }) },
      },
      '/v1/pilots/{pilot_id}/orders': { post: { summary: 'Order a pilot' } },
    },
  },
  { kind: 'file', name: 'harbour.json' },
);

function ranked(method: string, path: string, value?: unknown, host = 'api.harbour.example') {
  const request: SentRequest = {
    method,
    scheme: 'https',
    host,
    path,
    query: [],
    headers: [],
    contentType: value === undefined ? undefined : 'application/json',
    body: value === undefined ? { kind: 'none' } : { kind: 'json', value },
  };
  return rank(request, [document]);
}

const first = (...sent: Parameters<typeof ranked>) => {
  const [best] = ranked(...sent).matches;
  return best && `${best.operation.method} ${best.operation.path}`;
};

describe('rank', () => {
  it.each([
    ['GET', '/v1/bookings/bk-1207', 'GET /v1/bookings/{booking_id}'],
    ['GET', '/v1/booking/bk-1207', 'GET /v1/bookings/{booking_id}'],
    ['DELETE', '/v1/bookngs/bk-1207', 'DELETE /v1/bookings/{booking_id}'],
    ['GET', '/bookings', 'GET /v1/bookings'],
    ['POST', '/v1/pilots/p-77/order', 'POST /v1/pilots/{pilot_id}/orders'],
  ])('finds what %s %s means', (method, path, meant) => {
    expect(first(method, path)).toBe(meant);
  });

  it('goes by the fields where the path says little', () => {
    expect(first('POST', '/v1/create', { berth_id: 'b-7', boat_name: 'Ada' })).toBe('POST /v1/bookings');
  });

  it('is exact only where method, host and path are right', () => {
    const exact = (...sent: Parameters<typeof ranked>) => ranked(...sent).matches[0]?.exact;
    expect(exact('GET', '/v1/pilots')).toBe(true);
    expect(exact('GET', '/v1/pilot')).toBe(false);
    expect(exact('GET', '/v1/pilots', undefined, 'www.other.example')).toBe(false);
    expect(exact('GET', '/v1/pilots', undefined, '')).toBe(true);
  });

  it('shares one certainty among all, and none', () => {
    const { matches, none } = ranked('GET', '/v1/booking/bk-1207');
    const sum = matches.reduce((all, { confidence }) => all + confidence, none);
    expect(sum).toBeLessThanOrEqual(1 + 1e-9);
    expect(matches.map(({ confidence }) => confidence)).toEqual(
      matches.map(({ confidence }) => confidence).sort((one, other) => other - one),
    );
  });

  it('is surer of none the less fits', () => {
    expect(ranked('GET', '/v1/pilots').none).toBeLessThan(0.1);
    expect(
      ranked('PATCH', '/weather/clouds/altitude', { rain: 1 }, 'sky.other.example').none,
    ).toBeGreaterThan(0.5);
  });

  it('plans the fields of what it found', () => {
    const [best] = ranked('POST', '/v1/bookings', { berthId: 'b-7', nights: 'many' }).matches;
    expect(best?.fields.moves.map(({ to }) => to.place.steps)).toEqual([['berth_id']]);
    expect(best?.fields.missing.map(({ place }) => place.steps)).toEqual([['boat_name']]);
    expect(best?.fields.issues.map(({ place }) => place.steps)).toEqual([['nights']]);
  });

  it('fills the path with what was sent, and tells what it is the template of', () => {
    const [best] = ranked('GET', '/v1/booking/bk-1207').matches;
    expect(best?.route).toMatchObject({
      path: '/v1/bookings/bk-1207',
      template: '/v1/bookings/{booking_id}',
    });
    expect(best?.speaksFor.length).toBeGreaterThan(0);
  });

  it('says the same twice, and nothing of no documents', () => {
    const told = () =>
      JSON.stringify(ranked('POST', '/v1/create', { berth_id: 'b-7' }).matches.map((one) => one.confidence));
    expect(told()).toBe(told());
    const { request } = ranked('GET', '/');
    expect(rank(request, [])).toMatchObject({ matches: [], none: 1 });
  });

  it('bears names of prototypes, and paths without end', () => {
    expect(first('GET', '/constructor/__proto__/toString')).toBeDefined();
    expect(ranked('GET', `/v1${'/bookings'.repeat(2000)}`).matches.length).toBeGreaterThan(0);
  });
});
