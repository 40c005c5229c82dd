import { describe, expect, it } from 'vitest';
import type { Answer } from './check.ts';
import { meaningOf, seen } from './read-answer.ts';

const reply = (status: number, body: unknown): Answer => ({
  kind: 'reply',
  status,
  headers: {},
  body,
  tookMs: 5,
  atMs: 0,
});
const detail = (status: string, message = 'words') => ({ detail: { status, message } });

describe('meaningOf', () => {
  it.each([
    [200, {}, 'fine'],
    [401, detail('invalid_api_key'), 'bad-key'],
    [
      401,
      { detail: { type: 'authentication_error', code: 'unauthorized', message: 'Invalid API key' } },
      'bad-key',
    ],
    [401, detail('needs_authorization'), 'no-key'],
    [401, detail('quota_exceeded'), 'other'],
    [403, detail('forbidden'), 'forbidden'],
    [404, { detail: 'Not Found' }, 'no-such-path'],
    [404, detail('document_not_found'), 'no-such-resource'],
    [405, { detail: 'Method Not Allowed' }, 'wrong-method'],
    [422, { detail: [{ loc: ['body', 'a'], msg: 'Field required', type: 'missing' }] }, 'invalid'],
    [429, detail('system_busy'), 'rate-limited'],
    [503, '<html>', 'provider-error'],
    [404, '<html>', 'foreign'],
    [401, '', 'foreign'],
  ])('reads %i with %j as %s', (status, body, kind) => {
    expect(meaningOf(reply(status, body)).kind).toBe(kind);
  });

  it('reads a right that is missing from a 401 or a 403', () => {
    const body = detail(
      'missing_permissions',
      'The API key you used is missing the permission user_read to execute this operation.',
    );
    expect(meaningOf(reply(401, body))).toEqual({ kind: 'missing-right', right: 'user_read' });
    expect(meaningOf(reply(403, body))).toEqual({ kind: 'missing-right', right: 'user_read' });
    expect(meaningOf(reply(401, detail('missing_permissions', 'no')))).toEqual({
      kind: 'missing-right',
      right: 'one it does not name',
    });
  });
});

describe('seen', () => {
  const request = { method: 'GET', provider: 'elevenlabs', path: '/v1/user' } as const;

  it('tells what was asked and the provider’s own words', () => {
    const answer = {
      ...reply(401, detail('invalid_api_key', 'Invalid API key')),
      headers: { 'request-id': 'r1' },
    };
    expect(seen(request, answer)).toEqual({
      authority: 'live',
      text: 'GET /v1/user: 401 invalid_api_key “Invalid API key” (5 ms, request id r1)',
    });
  });

  it('says when a body is not the provider’s', () => {
    expect(seen(request, reply(404, '<h1>nginx</h1>')).text).toContain('not in a shape of the provider');
  });

  it('tells why nothing came', () => {
    const answer: Answer = { kind: 'unreachable', why: 'dns', message: 'no such host', tookMs: 1, atMs: 0 };
    expect(seen(request, answer).text).toBe('GET /v1/user: no answer (dns): no such host');
  });
});
