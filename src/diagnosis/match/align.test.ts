import { describe, expect, it } from 'vitest';
import { readApiDocument } from '../spec/read-api-document.ts';
import { align, likenessTo, routeSteps, settle } from './align.ts';
import { routeIndex } from './route-index.ts';
import { sentPath } from './sent-path.ts';

const paths = [
  '/v1/berths',
  '/v1/berths/{berth_id}',
  '/v1/berths/{berth_id}/bookings',
  '/v1/berths/{berth_id}/bookings/{booking_id}',
  '/v1/pilots/{pilot_id}/orders',
  '/v1/harbours/{country}/{harbour}',
];
const document = readApiDocument(
  {
    openapi: '3.1.0',
    info: { title: 'Harbour', version: '1' },
    paths: Object.fromEntries(paths.map((path) => [path, { get: {} }])),
  },
  { kind: 'file', name: 'harbour.json' },
);
const index = routeIndex(document);

function entryOf(path: string) {
  const entry = index.entries.find(({ operation }) => operation.path === path);
  if (!entry) throw new Error(`no ${path}`);
  return entry;
}

function stepsOf(sent: string, path: string) {
  const entry = entryOf(path);
  const from = sentPath(sent, index);
  return routeSteps(from, entry, align(from, entry)).map(
    (step) => `${step.kind} ${'right' in step ? step.right : step.sent}`,
  );
}

describe('align', () => {
  it('lays a path beside its own template', () => {
    expect(stepsOf('/v1/berths/b-1207/bookings', '/v1/berths/{berth_id}/bookings')).toEqual([
      'same v1',
      'same berths',
      'value b-1207',
      'same bookings',
    ]);
  });

  it('finds what is misspelt, what is too much and what lacks', () => {
    expect(stepsOf('/v1/bertsh/b-1207', '/v1/berths/{berth_id}')[1]).toBe('changed berths');
    expect(stepsOf('/v1/berths/create', '/v1/berths')).toEqual(['same v1', 'same berths', 'extra create']);
    expect(stepsOf('/berths', '/v1/berths')).toEqual(['absent v1', 'same berths']);
  });

  it('is 1 for what fits, and less the more differs', () => {
    const entry = entryOf('/v1/berths/{berth_id}/bookings');
    const likeness = (path: string) => align(sentPath(path, index), entry).likeness;
    expect(likeness('/v1/berths/b-1207/bookings')).toBeCloseTo(1);
    expect(likeness('/v1/berths/b-1207/booking')).toBeLessThan(1);
    expect(likeness('/v1/pilots')).toBeLessThan(likeness('/v1/berths'));
  });

  it('takes an empty path', () => {
    expect(stepsOf('/', '/v1/berths')).toEqual(['absent v1', 'absent berths']);
  });
});

describe('likenessTo', () => {
  const sent = ['/v1/berths/b-1207/booking', '/pilots/p-77/orders', '/v1/harbour/no/bergen', '/'];

  it.each(sent)('says of %s what aligning it with each entry says, in any order of the entries', (path) => {
    const from = sentPath(path, index);
    const aligned = (entries: typeof index.entries) => entries.map((entry) => align(from, entry).likeness);
    for (const entries of [index.entries, index.entries.toReversed(), [...index.entries, ...index.entries]])
      expect(entries.map(likenessTo(from))).toEqual(aligned(entries));
  });

  it('bears templates without end', () => {
    const path = '/mast'.repeat(50);
    const long = readApiDocument(
      { openapi: '3.1.0', info: {}, paths: { [path]: { get: {} }, '/mast': { get: {} } } },
      { kind: 'file', name: 'long.json' },
    );
    const { entries } = routeIndex(long);
    const from = sentPath(path, routeIndex(long));
    expect(entries.map(likenessTo(from))).toEqual(entries.map((entry) => align(from, entry).likeness));
  });
});

describe('settle', () => {
  const entry = entryOf('/v1/harbours/{country}/{harbour}');
  const settled = (names: readonly string[]) => {
    const from = sentPath('/v1/harbours/bergen', index);
    const found = routeSteps(from, entry, settle(align(from, entry), entry, new Set(names)));
    return found.flatMap((step) => (step.kind === 'value' ? [step.parameter] : []));
  };

  it('gives the one value of two parameters to the first', () => {
    expect(settled([])).toEqual(['country']);
  });

  it('gives it to the second where the first lies elsewhere in the request', () => {
    expect(settled(['country'])).toEqual(['harbour']);
    expect(settled(['country', 'harbour'])).toEqual(['country']);
  });
});
