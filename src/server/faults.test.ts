import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { faultsOf, MOST_FAULTS } from './faults.ts';

const schema = z.strictObject({
  variables: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  retry: z.strictObject({ busy: z.string() }).optional(),
});
const faults = (body: unknown) => {
  const { error } = schema.safeParse(body, { reportInput: true });
  return error ? faultsOf(error, schema, 'body') : [];
};

describe('the faults of a request', () => {
  it('name the known name that was meant, also further down', () => {
    expect(faults({ varaibles: {}, retry: { busi: 'x', busy: 'y' } })).toEqual([
      { pointer: '/retry/busi', detail: 'busi is not known here. Is busy meant?' },
      { pointer: '/varaibles', detail: 'varaibles is not known here. Is variables meant?' },
    ]);
  });

  it('tell what is missing from what has the wrong type', () => {
    const both = z.strictObject({
      to: z.string(),
      limit: z.coerce.number(),
      tags: z.record(z.string(), z.string()),
    });
    const { error } = both.safeParse({ limit: 'abc', tags: { a: { b: 1 } } }, { reportInput: true });
    expect(error && faultsOf(error, both, 'query')).toEqual([
      { parameter: 'to', detail: 'It is required.' },
      { parameter: 'limit', detail: 'It has to be a number.' },
      { parameter: 'tags.a', detail: 'It has to be a string.' },
    ]);
    expect(faults([])).toEqual([{ pointer: '', detail: 'It has to be an object.' }]);
  });

  it.each([
    ['unknown names', Object.fromEntries(Array.from({ length: 40_000 }, (_, n) => [`varaible${n}`, 1]))],
    [
      'wrong values',
      { variables: Object.fromEntries(Array.from({ length: 40_000 }, (_, n) => [`a${n}`, {}])) },
    ],
  ])('are told up to a limit, however many %s there are', (_, body) => {
    expect(faults(body)).toHaveLength(MOST_FAULTS);
  });

  it('say of a name without end only how it begins', () => {
    const [fault] = faults({ ['variables'.repeat(100_000)]: 1 });
    expect(fault?.detail).toMatch(/^(?:variables)+.* is not known here\. Known: variables, retry\.$/);
    expect(JSON.stringify(fault).length).toBeLessThan(500);
  });
});
