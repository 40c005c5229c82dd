import { describe, expect, it } from 'vitest';
import { bakeryDocuments } from '../../../test/fixtures/open-bakery.ts';
import type { SentRequest } from '../exchange/exchange.ts';
import { readApiDocument } from '../spec/read-api-document.ts';
import { createConcern } from './concern.ts';

const concern = createConcern(await bakeryDocuments());

function of(host: string, path: string, by = concern) {
  const request: SentRequest = {
    method: 'GET',
    scheme: 'https',
    host,
    path,
    query: [],
    headers: undefined,
    contentType: undefined,
    body: { kind: 'none' },
  };
  return by.of(request, host === '');
}

describe('a request concerns the documents', () => {
  it('by their hosts, whatever its path is', () => {
    expect(of('api.marlowfinch.example', '/anything')).toEqual({ by: 'host', ahead: '' });
  });

  it('by a host of the same owner, where its path is one of the API', () => {
    expect(of('eu.marlowfinch.example', '/v2/orders')).toEqual({ by: 'host', ahead: '' });
    expect(of('www.marlowfinch.example', '/about')).toBeUndefined();
  });

  it('by its path, where its host is not known', () => {
    expect(of('', '/v2/orders/<id>')).toEqual({ by: 'path', ahead: '' });
    expect(of('', '/v2/orders/<id>/cancelation')).toEqual({ by: 'likeness', ahead: '' });
    expect(of('', '/v9/anything')).toBeUndefined();
  });

  it('by the rest of a path, where the base URL may bring its beginning', () => {
    expect(of('', '/orders/<id>/cancellation')).toEqual({ by: 'path', ahead: '/v2' });
    expect(of('', '/convai/twilio/outbound-call')).toEqual({ by: 'path', ahead: '/v1' });
    expect(of('', '/orders')).toBeUndefined();
  });

  it('by a path or its beginning, where the document does not say its host', () => {
    const open = { openapi: '3.1.0', info: { title: 'Doors', version: '1' } };
    const hostless = readApiDocument(
      { ...open, paths: { '/v1/doors/open-door': { post: { responses: {} } } } },
      { kind: 'file', name: 'doors.json' },
    );
    const doors = createConcern([hostless]);
    expect(of('api.doors.example', '/v1/doors/open-door', doors)).toEqual({ by: 'path', ahead: '' });
    expect(of('api.doors.example', '/v1/doors/open_door', doors)).toEqual({ by: 'likeness', ahead: '' });
    expect(of('api.doors.example', '/v1/windows', doors)).toBeUndefined();
  });

  it('by nothing else', () => {
    expect(of('api.weather.example', '/v2/orders')).toBeUndefined();
    expect(of('localhost:3000', '/v2/orders')).toBeUndefined();
  });
});
