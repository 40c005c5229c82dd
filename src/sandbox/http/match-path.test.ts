import { expect, it } from 'vitest';
import { createPathMatcher } from './match-path.ts';

const match = createPathMatcher([
  { method: 'GET', path: '/agents/{id}', target: 'get' },
  { method: 'PATCH', path: '/agents/{id}', target: 'patch' },
  { method: 'POST', path: '/agents/create', target: 'create' },
  { method: 'GET', path: '/Calls/{Sid}.json', target: 'call' },
]);

it('finds a path by its template and decodes the places', () => {
  expect(match('GET', '/agents/a%20b')).toEqual({ kind: 'found', target: 'get', params: { id: 'a b' } });
  expect(match('GET', '/Calls/CA1.json')).toMatchObject({ target: 'call', params: { Sid: 'CA1' } });
  expect(match('GET', '/Callsx/CA1xjson')).toEqual({ kind: 'unknown' });
});

it('prefers a path that is spelled out', () => {
  expect(match('POST', '/agents/create')).toMatchObject({ target: 'create' });
  expect(match('GET', '/agents/create')).toMatchObject({ target: 'get', params: { id: 'create' } });
});

it('tells a wrong method, with those that are allowed, from an unknown path', () => {
  expect(match('PUT', '/agents/x')).toEqual({ kind: 'wrong-method', allowed: ['GET', 'PATCH'] });
  expect(match('GET', '/agents/x/y')).toEqual({ kind: 'unknown' });
  expect(match('GET', '/agents/%E0%A4%A')).toMatchObject({ kind: 'found' });
});
