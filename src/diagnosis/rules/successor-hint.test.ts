import { expect, it } from 'vitest';
import { successorHint } from './successor-hint.ts';

it.each([
  ['**Deprecated.** Use `POST /v1/loaves/design` instead.', 'POST /v1/loaves/design'],
  ['Deprecated, use `order_by` instead.', 'order_by'],
  ['This was replaced by the "newLoaf" field.', 'newLoaf'],
  ['Deprecated in favour of `/v2/loaves`.', '/v2/loaves'],
  ['Superseded by GET /v2/loaves/{loaf_id}.', 'GET /v2/loaves/{loaf_id}'],
  ['Deprecated.', undefined],
  ['Lists loaves. Use `GET /shops` to find the shop.', undefined],
  [undefined, undefined],
])('reads %s', (description, successor) => {
  expect(successorHint(description)).toBe(successor);
});
