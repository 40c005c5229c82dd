import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEndpointHistory, endpointHistory } from './endpoint-history.ts';

describe('the history that is shipped', () => {
  it('knows that the spelling of the outbound call changed in 2025', () => {
    expect(endpointHistory.find('POST', '/v1/convai/twilio/outbound_call')).toEqual({
      endpoint: 'POST /v1/convai/twilio/outbound_call',
      firstSeen: '2025-05-07',
      lastSeen: '2025-05-07',
      goneBy: '2025-07-01',
      successor: 'POST /v1/convai/twilio/outbound-call',
    });
  });

  it('knows the endpoints of today by real paths as well as by templates', () => {
    const endpoint = 'GET /v1/convai/conversations/{conversation_id}';
    expect(endpointHistory.find('GET', '/v1/convai/conversations/conv_1')).toMatchObject({ endpoint });
    expect(endpointHistory.find('GET', '/v1/convai/conversations/{id}')).toMatchObject({ endpoint });
    expect(endpointHistory.find('POST', '/v1/convai/conversations')).toBeUndefined();
    expect(endpointHistory.livingMethods('/v1/convai/conversations')).toEqual(['GET']);
  });
});

describe('a history', () => {
  const history = createEndpointHistory({
    dates: ['2025-01-01', '2025-06-01'],
    endpoints: {
      'GET /a/{id}': { first: 0 },
      'GET /a/me': { first: 1 },
      'PUT /a/{id}': { first: 0, last: 0 },
    },
  });

  it('prefers a path without parameters', () => {
    expect(history.find('GET', '/a/me')?.endpoint).toBe('GET /a/me');
    expect(history.find('GET', '/a/7')?.endpoint).toBe('GET /a/{id}');
  });

  it('counts no removed method among the living', () => {
    expect(history.livingMethods('/a/7')).toEqual(['GET']);
  });
});

describe('scripts/endpoint-history.ts', () => {
  it('makes the table from dated documents, with successors', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'donna-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const document = (paths: object) => JSON.stringify({ openapi: '3.1.0', paths });
    const old = {
      '/v1/convai/do_it': { post: { operationId: 'a' } },
      '/v1/convai/x': { get: { operationId: 'x' } },
    };
    const now = {
      '/v1/convai/do-it': { post: { operationId: 'b' } },
      '/v1/convai/x': { get: { operationId: 'x', deprecated: true } },
      '/v1/convai/y': { get: { operationId: 'x' } },
      '/v1/voices': { get: { operationId: 'v' } },
    };
    await writeFile(path.join(folder, '2025-01-01.json'), document(old));
    await writeFile(path.join(folder, '2025-06-01.json'), document(now));
    const out = path.join(folder, 'table');
    const scripts = path.resolve(import.meta.dirname, '../../scripts');
    await promisify(execFile)(process.execPath, [
      path.join(scripts, 'run.mjs'),
      path.join(scripts, 'endpoint-history.ts'),
      folder,
      out,
    ]);
    expect(JSON.parse(await readFile(out, 'utf8'))).toEqual({
      dates: ['2025-01-01', '2025-06-01'],
      endpoints: {
        'GET /v1/convai/x': { first: 0, id: 'x', deprecated: 1, next: 'GET /v1/convai/y' },
        'GET /v1/convai/y': { first: 1, id: 'x' },
        'POST /v1/convai/do-it': { first: 1, id: 'b' },
        'POST /v1/convai/do_it': { first: 0, last: 0, id: 'a', next: 'POST /v1/convai/do-it' },
      },
    });
  });
});
