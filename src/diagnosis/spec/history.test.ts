import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHistory, pastOf } from './history.ts';
import { readApiDocument } from './read-api-document.ts';

type Json = Record<string, unknown>;

function dated(date: string, paths: Json, server = 'https://api.example/base') {
  return {
    date,
    document: readApiDocument(
      { openapi: '3.1.0', info: { title: 'Doors', version: '1' }, servers: [{ url: server }], paths },
      { kind: 'given', name: date },
    ),
  };
}

const body = (...names: string[]): Json => ({
  requestBody: {
    content: {
      'application/json': {
        schema: { type: 'object', properties: Object.fromEntries(names.map((name) => [name, {}])) },
      },
    },
  },
});

describe('pastOf', () => {
  const open = { operationId: 'open', summary: 'Open a door', ...body('door_id', 'speed') };
  const history = createHistory([
    dated('2025-03-01', {
      '/doors/{id}/open_now': { post: { ...open, deprecated: true } },
      '/doors/{id}': { get: { summary: 'Read a door' } },
    }),
    dated('2025-01-01', {
      '/doors/{id}/open_now': { post: open },
      '/doors/{id}': { get: { summary: 'Read a door' } },
    }),
    dated('2025-06-01', {
      '/doors/{door}/open-now': { post: { ...open, operationId: 'open_door' } },
      '/doors/{door}': { get: { summary: 'Read a door' } },
      '/doors/all': { get: { summary: 'List the doors' } },
    }),
  ]);

  it('tells when an endpoint came, was deprecated and went, and what took its place', () => {
    expect(pastOf(history, 'POST', '/base/doors/{id}/open_now')).toEqual({
      oldest: '2025-01-01',
      newest: '2025-06-01',
      firstSeen: '2025-01-01',
      lastSeen: '2025-03-01',
      deprecatedSince: '2025-03-01',
      goneBy: '2025-06-01',
      successor: 'POST /base/doors/{door}/open-now',
      evidence: ['It has the same path in another spelling and the same title and the same fields.'],
    });
  });

  it('knows an endpoint by a path as it was sent, and prefers one without parameters', () => {
    expect(pastOf(history, 'post', '/base/doors/7/open_now')).toMatchObject({ goneBy: '2025-06-01' });
    expect(pastOf(history, 'GET', '/base/doors/all')).toMatchObject({ firstSeen: '2025-06-01' });
    expect(pastOf(history, 'GET', '/base/doors/7/')).toMatchObject({ firstSeen: '2025-01-01' });
    expect(pastOf(history, 'GET', '/base/doors/7')).not.toHaveProperty('goneBy');
  });

  it('says of an endpoint that never was only what the path takes', () => {
    expect(pastOf(history, 'DELETE', '/base/doors/7')).toEqual({
      oldest: '2025-01-01',
      newest: '2025-06-01',
      evidence: ['Its path takes GET.'],
    });
    expect(pastOf(history, 'GET', '/doors/7')).not.toHaveProperty('firstSeen');
  });

  it('takes the successor by the description before any likeness, also from an older document', () => {
    const told = createHistory([
      dated('2025-01-01', {
        '/a': { post: { deprecated: true, description: 'Deprecated. Use `POST /call`.' } },
      }),
      dated('2025-02-01', {
        '/a': { post: { deprecated: true } },
        '/b': { post: {} },
        '/call': { post: {} },
      }),
    ]);
    expect(pastOf(told, 'POST', '/base/a')).toMatchObject({ successor: 'POST /base/call' });
  });

  it('takes the successor by operationId, and follows it where it was renamed again', () => {
    const moved = createHistory([
      dated('2025-01-01', { '/first': { get: { operationId: 'read', summary: 'Read the lot' } } }),
      dated('2025-02-01', { '/second/x': { get: { operationId: 'read', summary: 'Get everything' } } }),
      dated('2025-03-01', { '/third/y/z': { get: { operationId: 'read', summary: 'All' } } }),
    ]);
    expect(pastOf(moved, 'GET', '/base/first')).toMatchObject({
      goneBy: '2025-02-01',
      successor: 'GET /base/third/y/z',
    });
  });

  it('names no successor where two come as near, or where a write became a read', () => {
    const unsure = createHistory([
      dated('2025-01-01', {
        '/doors/list': { get: { summary: 'List' } },
        '/x': { post: { operationId: 'x' } },
      }),
      dated('2025-02-01', {
        '/halls/list': { get: { summary: 'List' } },
        '/rooms/list': { get: { summary: 'List' } },
        '/x': { get: {} },
      }),
    ]);
    expect(pastOf(unsure, 'GET', '/base/doors/list')).not.toHaveProperty('successor');
    expect(pastOf(unsure, 'POST', '/base/x')).not.toHaveProperty('successor');
  });

  it('drops a deprecation that was taken back', () => {
    const back = createHistory([
      dated('2025-01-01', { '/a': { get: { deprecated: true } } }),
      dated('2025-02-01', { '/a': { get: {} } }),
    ]);
    expect(pastOf(back, 'GET', '/base/a')).not.toHaveProperty('deprecatedSince');
  });
});

const folder = path.resolve(import.meta.dirname, '../../../../shared/specs-history/elevenlabs');

describe.skipIf(!existsSync(folder))('the provider’s dated documents (need ../shared)', () => {
  it('are read in no time (0.3 s alone, 2 s allowed, twice that on a busy machine), and know what took the place of calls', () => {
    const before = performance.now();
    const history = createHistory(
      readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => ({
          date: name.slice(0, 10),
          document: readApiDocument(JSON.parse(readFileSync(path.join(folder, name), 'utf8')), {
            kind: 'file',
            name,
          }),
        })),
    );
    const call = pastOf(history, 'POST', '/v1/convai/twilio/outbound_call');
    expect(performance.now() - before).toBeLessThan(4000);
    expect(call).toMatchObject({
      lastSeen: '2025-05-07',
      goneBy: '2025-07-01',
      successor: 'POST /v1/convai/twilio/outbound-call',
    });
    expect(pastOf(history, 'GET', '/v1/projects/p1/chapters')).toMatchObject({
      successor: 'GET /v1/studio/projects/{project_id}/chapters',
    });
    expect(pastOf(history, 'POST', '/v1/convai/phone-number/phnum_1/call')).not.toHaveProperty('firstSeen');
  });
});
