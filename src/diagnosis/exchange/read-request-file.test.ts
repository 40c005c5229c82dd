import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/errors.ts';
import { readReply } from './read-reply.ts';
import { readRequestFile } from './read-request-file.ts';

const own = (value: unknown) => readRequestFile(JSON.stringify(value));

describe("a request in Donna's own form", () => {
  it('is the same with a URL and with host, path and query', () => {
    const expected = {
      method: 'POST',
      scheme: 'https',
      host: 'api.example.com',
      path: '/v1/calls',
      query: [
        ['a', '1'],
        ['b', 'x y'],
      ],
      headers: undefined,
      contentType: undefined,
      body: { kind: 'json', value: { to: '+12125550142' } },
    };
    const body = { to: '+12125550142' };
    expect(own({ method: 'post', url: 'https://API.example.com/v1/calls?a=1&b=x+y', body }).request).toEqual(
      expected,
    );
    for (const query of [
      { a: 1, b: 'x y' },
      [
        ['a', '1'],
        ['b', 'x y'],
      ],
      [
        { name: 'a', value: '1' },
        { name: 'b', value: 'x y' },
      ],
    ]) {
      expect(own({ method: 'POST', host: 'api.example.com', path: 'v1/calls', query, body }).request).toEqual(
        expected,
      );
    }
  });

  it('knows no headers where it gives none, and no body where it is silent about one', () => {
    expect(own({ method: 'GET', path: '/x' }).request).toMatchObject({
      headers: undefined,
      body: { kind: 'none' },
    });
    expect(own({ method: 'POST', path: '/x' }).request.body.kind).toBe('unread');
    expect(own({ method: 'POST', path: '/x', body: null, headers: {} }).request).toMatchObject({
      headers: [],
      body: { kind: 'none' },
    });
  });

  it('takes the content type from a header or on its own', () => {
    const form = { kind: 'form', encoding: 'urlencoded', value: { a: '1' } };
    expect(
      own({ method: 'POST', path: '/x', content_type: 'application/x-www-form-urlencoded', body: { a: '1' } })
        .request.body,
    ).toEqual(form);
    expect(
      own({
        method: 'POST',
        path: '/x',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'a=1',
      }).request,
    ).toMatchObject({
      contentType: 'application/x-www-form-urlencoded',
      body: form,
    });
  });

  it('has the reply as a body, as text, or whole', () => {
    expect(own({ method: 'GET', path: '/x', status: 404, response: { detail: 'x' } }).reply).toEqual({
      status: 404,
      body: { detail: 'x' },
    });
    expect(own({ method: 'GET', path: '/x', response: '{"detail":"x"}' }).reply).toEqual({
      status: undefined,
      body: { detail: 'x' },
    });
    expect(
      own({ method: 'GET', path: '/x', response: { status: 401, headers: { a: 'b' }, body: 'no' } }).reply,
    ).toEqual({
      status: 401,
      headers: [['a', 'b']],
      body: 'no',
    });
    expect(own({ method: 'GET', path: '/x' }).reply).toBeUndefined();
  });

  it('may stand in a member "request", as in a log', () => {
    expect(
      own({ id: 'x', request: { method: 'GET', host: 'a.example', path: '/x', status: 404 } }),
    ).toMatchObject({
      request: { host: 'a.example' },
      reply: { status: 404 },
    });
  });

  it('may be the entry of a HAR', () => {
    expect(
      own({
        startedDateTime: 'x',
        request: { method: 'GET', url: 'https://a.example/x', headers: [] },
        response: { status: 404 },
      }),
    ).toMatchObject({ request: { host: 'a.example', headers: [] }, reply: { status: 404 } });
  });
});

describe('a request as HTTP text', () => {
  it('is read as it goes over the wire', () => {
    expect(
      readRequestFile(
        'POST /v1/calls?a=b HTTP/1.1\r\nHost: api.example.com\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n',
      ).request,
    ).toEqual({
      method: 'POST',
      scheme: 'https',
      host: 'api.example.com',
      path: '/v1/calls',
      query: [['a', 'b']],
      headers: [
        ['Host', 'api.example.com'],
        ['Content-Type', 'application/json'],
      ],
      contentType: 'application/json',
      body: { kind: 'json', value: { a: 1 } },
    });
  });

  it('is read as editors keep it', () => {
    const text = [
      '@base = https://api.example.com',
      '@url = {{base}}/v1',
      '### create',
      '# @name create',
      'POST {{url}}/calls',
      '    ?a=1',
      '    &b={{unknown}}',
      'X-Key: {{key}}',
      '// a comment',
      'Content-Type: application/json',
      '',
      '# no comment: JSON refuses it',
      '{"a": 1}',
      '',
      '> {% client.test() %}',
    ].join('\n');
    expect(readRequestFile(text).request).toMatchObject({
      host: 'api.example.com',
      path: '/v1/calls',
      query: [
        ['a', '1'],
        ['b', '{{unknown}}'],
      ],
      headers: [
        ['X-Key', '{{key}}'],
        ['Content-Type', 'application/json'],
      ],
      body: { kind: 'text', problem: expect.stringContaining('a comment') },
    });
    expect(readRequestFile('https://api.example.com/x').request).toMatchObject({
      method: 'GET',
      path: '/x',
      headers: [],
    });
    expect(readRequestFile('PUT https://a.example/x\n\n< ./body.json\n').request.body.kind).toBe('unread');
  });
});

describe('a refusal', () => {
  it.each([
    ['', 'is empty'],
    ['{"method":"GET",}', 'line 1, column 17'],
    ['[{}]', 'is a list'],
    ['{"log":{"entries":[]}}', '--har'],
    ['{"openapi":"3.1.0"}', '--spec'],
    ['{"info":{},"item":[]}', 'Postman'],
    ['{"method":"GET"}', 'neither "url" nor "path"'],
    ['{"path":"/x"}', 'has no method'],
    ['{"method":"GET","path":"/x","heders":{}}', 'Did you mean "headers"?'],
    ['{"method":"GET","path":"/x","status":"404"}', '"status" is "404"'],
    ['{"method":"GET","path":"/x","headers":"a: b"}', '"headers" is not read'],
    ['{"method":"GET","url":{}}', 'not a text'],
    ['curl https://a.example', 'as the argument'],
    ['GET https://a.example/x\n\n###\nGET https://a.example/y\n', '2 requests'],
    ['hello there', 'no request line'],
  ])('of %s names what was found', (text, expected) => {
    let told = '';
    try {
      readRequestFile(text);
    } catch (error) {
      if (error instanceof AppError) told = `${error.message} ${error.hint ?? ''}`;
    }
    expect(told).toContain(expected);
  });
});

describe('a reply', () => {
  it('has JSON parsed, and other text as it is', () => {
    expect(readReply(404, '{"detail":"Not Found"}')).toEqual({ status: 404, body: { detail: 'Not Found' } });
    expect(readReply(502, '<html>')).toEqual({ status: 502, body: '<html>' });
    expect(readReply(204, '')).toEqual({ status: 204, body: '' });
    expect(readReply(500, undefined)).toEqual({ status: 500 });
  });

  it('is read with its head, the last of several', () => {
    const text =
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/2 422 \r\ncontent-type: application/json\r\nx-id: 7\r\n\r\n{"detail":[]}';
    expect(readReply(undefined, text)).toEqual({
      status: 422,
      headers: [
        ['content-type', 'application/json'],
        ['x-id', '7'],
      ],
      body: { detail: [] },
    });
  });

  it('stays text where its JSON is nested without end', () => {
    const deep = '['.repeat(100_000);
    expect(readReply(500, deep).body).toBe(deep);
  });
});

describe('any text or value', () => {
  const names = fc.constantFrom(
    'method',
    'url',
    'host',
    'path',
    'query',
    'headers',
    'body',
    'status',
    'response',
    'request',
    'log',
    '__proto__',
  );
  const values = fc.oneof(
    fc.constantFrom('POST', '/v1/x', 'https://a.example/x?y', 404, null),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const member = fc.dictionary(names, fc.oneof(values, fc.dictionary(names, values)), { maxKeys: 7 });
  const text = fc
    .array(
      fc.constantFrom(
        'POST ',
        '/x',
        ' HTTP/1.1',
        '\n',
        '\r\n',
        'a: b',
        '###',
        '@a = 1',
        '{{a}}',
        '{',
        '#',
        '?b',
        '< f',
        'é',
      ),
    )
    .map((parts) => parts.join(''));

  it('is read or refused, and in no other way', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          member.map((value) => JSON.stringify(value)),
          text,
          fc.json(),
        ),
        (input) => {
          try {
            expect(readRequestFile(input).request.path).toMatch(/^\//);
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
            expect(error.code).toBe('bad-input');
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
