import { expect, it } from 'vitest';
import { readApiDocument } from '../spec/read-api-document.ts';
import { servesHost } from './serves-host.ts';

function documentAt(...servers: unknown[]) {
  return readApiDocument(
    { openapi: '3.1.0', info: { title: 'Bakery' }, servers, paths: {} },
    { kind: 'given', name: 'bakery' },
  );
}

const regions = {
  url: 'https://{region}.bakery.example',
  variables: { region: { default: 'eu', enum: ['eu', 'us-1'] } },
};

it.each([
  [documentAt({ url: 'https://api.bakery.example/v1' }), 'api.bakery.example', true],
  [documentAt({ url: 'https://api.bakery.example/v1' }), 'bakery.example', false],
  [documentAt(regions), 'us-1.bakery.example', true],
  [documentAt(regions), 'ap.bakery.example', false],
  [documentAt({ url: 'https://{shop}.bakery.example' }), 'any.bakery.example', true],
  [documentAt({ url: 'https://{shop}.bakery.example' }), 'any.other.bakery.example', false],
  [documentAt({ url: '/v1' }), 'wherever.example', true],
  [documentAt(), 'wherever.example', true],
])('knows the hosts of a document (%#)', (document, host, fits) => {
  expect(servesHost(document, undefined, host)).toBe(fits);
});
