import { expect, it } from 'vitest';
import { isCredentialName } from './is-credential-name.ts';

it.each([
  'Authorization',
  'X-Api-Key',
  'xi-api-key',
  'apikey',
  'X-Auth-Token',
  'private-token',
  'client_secret',
])('knows %s for a credential', (name) => {
  expect(isCredentialName(name)).toBe(true);
});

it.each([
  'author_id',
  'page_token',
  'next-token',
  'key',
  'idempotency-key',
  'X-CSRF-Token',
  'monkey',
  'x-request-id',
])('does not take %s for one', (name) => {
  expect(isCredentialName(name)).toBe(false);
});
