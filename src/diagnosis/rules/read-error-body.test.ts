import { describe, expect, it } from 'vitest';
import { readErrorBody } from './read-error-body.ts';

function places(body: unknown): unknown[] {
  return readErrorBody(body).complaints.map((one) => [one.in, ...one.steps, one.message]);
}

describe('readErrorBody', () => {
  it.each([
    [
      'FastAPI',
      { detail: [{ type: 'missing', loc: ['body', 'crust', 0, 'seeds'], msg: 'Field required' }] },
      [['body', 'crust', 0, 'seeds', 'Field required']],
    ],
    [
      'a problem of RFC 9457 with pointers',
      { title: 'Not valid', status: 422, errors: [{ detail: 'must be positive', pointer: '#/weight~1g' }] },
      [['body', 'weight/g', 'must be positive']],
    ],
    [
      'a problem of RFC 7807 with invalid-params',
      { title: 'Not valid', 'invalid-params': [{ name: 'weight', reason: 'must be positive' }] },
      [[undefined, 'weight', 'must be positive']],
    ],
    [
      'JSON:API with a pointer',
      { errors: [{ title: 'Bad', detail: 'too dark', source: { pointer: '/data/attributes/crust' } }] },
      [['body', 'data', 'attributes', 'crust', 'too dark']],
    ],
    [
      'JSON:API with a parameter',
      { errors: [{ detail: 'unknown order', source: { parameter: 'sort' } }] },
      [[undefined, 'sort', 'unknown order']],
    ],
    [
      'an error object with param',
      { error: { message: 'No such flour.', param: 'flour[0].kind', code: 'unknown_flour' } },
      [[undefined, 'flour', 0, 'kind', 'No such flour.']],
    ],
    [
      'lists by field',
      { errors: { weight: ['is too small', 'is odd'], crust: 'is missing' } },
      [
        [undefined, 'weight', 'is too small'],
        [undefined, 'crust', 'is missing'],
      ],
    ],
    [
      'a message with errors by field and code',
      {
        message: 'Validation Failed',
        errors: [{ resource: 'Loaf', field: 'weight', code: 'missing_field' }],
      },
      [[undefined, 'weight', 'missing_field']],
    ],
    [
      'a validator that names the part',
      { errors: [{ type: 'field', msg: 'Invalid value', path: 'weight', location: 'query' }] },
      [['query', 'weight', 'Invalid value']],
    ],
    [
      'field violations inside details',
      {
        error: {
          code: 3,
          message: 'Bad',
          details: [{ fieldViolations: [{ field: 'weight', description: 'odd' }] }],
        },
      },
      [[undefined, 'weight', 'odd']],
    ],
    [
      'issues with paths',
      { issues: [{ code: 'invalid_type', path: ['crust', 'seeds'], message: 'Expected string' }] },
      [[undefined, 'crust', 'seeds', 'Expected string']],
    ],
    [
      'a JSON Schema validator',
      { errors: [{ instancePath: '/crust', message: 'must have it', params: { missingProperty: 'seeds' } }] },
      [['body', 'crust', 'seeds', 'must have it']],
    ],
    [
      'detail as an object',
      { detail: { status: 'bad_crust', message: 'Too dark.', param: 'crust' } },
      [[undefined, 'crust', 'Too dark.']],
    ],
  ])('reads %s', (_, body, expected) => {
    expect(places(body)).toEqual(expected);
  });

  it('takes code and message from the innermost envelope', () => {
    expect(readErrorBody({ detail: { status: 'not_found', message: 'No such loaf.' } })).toMatchObject({
      code: 'not_found',
      message: 'No such loaf.',
    });
    expect(readErrorBody({ code: 20404, message: 'The loaf was not found', status: 404 })).toMatchObject({
      code: '20404',
      message: 'The loaf was not found',
    });
  });

  it('takes the title of an HTML page as its message', () => {
    const page = '<!DOCTYPE html><html><head><title>502 Bad\n Gateway</title></head><body>…</body></html>';
    expect(readErrorBody(page).message).toBe('502 Bad Gateway');
  });

  it('does not take the class or the path of an error for a field', () => {
    expect(places({ name: 'NotFoundError', message: 'gone' })).toEqual([]);
    expect(places({ timestamp: 1, status: 404, error: 'Not Found', path: '/loaves/7' })).toEqual([]);
  });

  it('says nothing of what has no form', () => {
    for (const body of [undefined, null, 7, true, [], {}, [[]], { errors: [null, 3, []] }])
      expect(readErrorBody(body).complaints).toEqual([]);
  });

  it('bears prototype names, depth and length', () => {
    let deep: unknown = { field: 'x', message: 'y' };
    for (let depth = 0; depth < 5000; depth++) deep = { error: deep, errors: [deep] };
    const body = JSON.parse('{"errors":{"__proto__":["no"],"constructor":["no"]}}');
    expect(readErrorBody(deep).complaints).toEqual([]);
    expect(readErrorBody(body).complaints.map((one) => one.steps)).toEqual([['__proto__'], ['constructor']]);
    const many = {
      errors: Array.from({ length: 5000 }, (_, index) => ({ field: `f${index}`, message: 'x'.repeat(9999) })),
    };
    expect(readErrorBody(many).complaints.length).toBeLessThanOrEqual(100);
    expect(readErrorBody(many).complaints[0]?.message.length).toBeLessThanOrEqual(300);
  });
});
