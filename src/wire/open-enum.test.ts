import { expect, it } from 'vitest';
import * as z from 'zod';
import { openEnum } from './open-enum.ts';

const status = openEnum(['done', 'failed']);

it('passes the words it knows, and words that came later', () => {
  expect(['done', 'failed', 'paused'].map((word) => status.parse(word))).toEqual([
    'done',
    'failed',
    'paused',
  ]);
});

it('passes nothing but words', () => {
  expect([7, null, undefined, {}].map((value) => status.safeParse(value).success)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

it('shows the words it knows in a document made from it', () => {
  expect(z.toJSONSchema(status)).toMatchObject({
    anyOf: [{ type: 'string', enum: ['done', 'failed'] }, { type: 'string' }],
  });
});
