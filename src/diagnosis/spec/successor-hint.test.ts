import { describe, expect, it } from 'vitest';
import { operationName } from './full-path.ts';
import { readApiDocument } from './read-api-document.ts';
import { successorHint, successorName } from './successor-hint.ts';

function hintOf(description: string, deprecated = true) {
  const document = readApiDocument(
    {
      openapi: '3.1.0',
      info: { title: 'Teams', version: '1' },
      servers: [{ url: 'https://api.example/v2' }],
      paths: {
        '/teams/{id}': { get: { summary: 'Get a team (Legacy)', deprecated, description } },
        '/orgs/{org}/teams/{slug}': {
          get: { summary: 'Get a team', operationId: 'teams/get-by-slug' },
          patch: { summary: 'Update a team' },
        },
        '/orgs/{org}/squads': { post: { summary: 'Make a squad' } },
      },
    },
    { kind: 'given', name: 'teams' },
  );
  const [old] = document.operations;
  if (!old) throw new Error('there is an old operation');
  const hint = successorHint(old, document.operations);
  return hint && { ...hint, operation: hint.operation && operationName(hint.operation) };
}

const successor = 'GET /v2/orgs/{org}/teams/{slug}';

describe('successorHint', () => {
  it.each([
    ['**Deprecated.** Use `GET /orgs/{org}/teams/{slug}` instead. Reads a team.', successor],
    ['Deprecated: use /v2/orgs/:org/teams/:slug.', successor],
    ['Superseded by https://api.example/v2/orgs/<org>/teams/<slug>.', successor],
    ['Use PATCH /teams/{slug} instead.', 'PATCH /v2/orgs/{org}/teams/{slug}'],
    ['We recommend migrating to the [Get a team](https://docs.example/x#y) endpoint.', successor],
    ['Please use `teams/get-by-slug` instead.', successor],
    ['Moved to /orgs/{org}/squads.', 'POST /v2/orgs/{org}/squads'],
  ])('finds the operation that is named in %j', (description, operation) => {
    expect(hintOf(description)).toMatchObject({ operation });
  });

  it('keeps the sentence where no operation of the document is meant', () => {
    expect(hintOf('Reads a team.\n\n> [!WARNING]\n> Please use the new portal instead.')).toEqual({
      sentence: 'Please use the new portal instead.',
      operation: undefined,
    });
  });

  it('takes no advice for a successor', () => {
    expect(
      hintOf('Reads a team. To change it use `PATCH /orgs/{org}/teams/{slug}` instead.', false),
    ).toBeUndefined();
    expect(hintOf('Reads a team.')).toBeUndefined();
  });

  it('believes a description that says it without the flag', () => {
    expect(hintOf('Closing down. Use `GET /orgs/{org}/teams/{slug}` instead.', false)).toMatchObject({
      operation: successor,
    });
  });

  it('reads long descriptions in no time', () => {
    const before = performance.now();
    hintOf(`Deprecated. ${'use [/a '.repeat(100_000)}`);
    hintOf(`Deprecated use ${'/'.repeat(100_000)}`);
    hintOf(`Deprecated use ${'[[`"'.repeat(100_000)}`);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

describe('successorName', () => {
  it.each([
    ['**Deprecated.** Use `POST /v1/loaves/design` instead.', 'POST /v1/loaves/design'],
    ['Deprecated, use `order_by` instead.', 'order_by'],
    ['This was replaced by the "newLoaf" field.', 'newLoaf'],
    ['Deprecated in favour of `/v2/loaves`.', '/v2/loaves'],
    ['Superseded by GET /v2/loaves/{loaf_id}.', 'GET /v2/loaves/{loaf_id}'],
    ['Deprecated.', undefined],
    ['Lists loaves. Use `GET /shops` to find the shop.', undefined],
    [undefined, undefined],
  ])('reads %s', (description, name) => {
    expect(successorName(description)).toBe(name);
  });
});
