import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange, SentRequest } from './exchange.ts';
import { hideSecrets } from './hide-secrets.ts';
import { readCurl } from './read-curl.ts';
import { writeCurl } from './write-curl.ts';
import { writePython } from './write-python.ts';
import { writeTypescript } from './write-typescript.ts';

const plain: SentRequest = {
  method: 'POST',
  scheme: 'https',
  host: 'api.example.com',
  path: '/v1/calls',
  query: [],
  headers: [],
  contentType: 'application/json',
  body: { kind: 'none' },
};

const hidden = (request: Partial<SentRequest>) => hideSecrets({ request: { ...plain, ...request } }).request;
const headers = (...pairs: [string, string][]) =>
  hidden({ headers: pairs }).headers?.map(([, value]) => value);
const json = (value: unknown) => {
  const { body } = hidden({ body: { kind: 'json', value } });
  return body.kind === 'json' ? body.value : body;
};

describe('secrets in headers', () => {
  it('become variables named after the header', () => {
    expect(
      headers(['xi-api-key', 'abc123'], ['X-Auth-Token', 'def456'], ['Authorization', 'Bearer ghi789']),
    ).toEqual(['$XI_API_KEY', '$X_AUTH_TOKEN', 'Bearer $API_TOKEN']);
    expect(
      headers(
        ['authorization', 'abc123'],
        ['Proxy-Authorization', 'Digest a="b"'],
        ['X-Key', 'Token t123456'],
      ),
    ).toEqual(['$API_TOKEN', 'Digest $PROXY_TOKEN', 'Token $X_KEY']);
    expect(headers(['x-custom', 'Zx81kQ0aVb72LmNp44RtYw09'])).toEqual(['$X_CUSTOM']);
  });

  it('are taken out of Basic and of cookies one by one', () => {
    const basic = (pair: string) =>
      headers(['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`]);
    expect(basic('ana:pa:ss')).toEqual(['Basic $API_USER:$API_PASSWORD']);
    expect(basic('key-without-password:')).toEqual(['Basic $API_KEY:']);
    expect(headers(['Authorization', 'Basic $SID:$TOKEN'])).toEqual(['Basic $SID:$TOKEN']);
    expect(headers(['Cookie', 'sid=abc; theme=dark'], ['Set-Cookie', 'sid=abc; Path=/; HttpOnly'])).toEqual([
      'sid=$COOKIE_SID; theme=$COOKIE_THEME',
      'sid=$COOKIE_SID; Path=/; HttpOnly',
    ]);
  });

  it('leave others as they are, and what is no secret at all', () => {
    const pairs: [string, string][] = [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'client/1.2.3 (abcdefghijklmnop 123456789)'],
      ['Idempotency-Key', '4f6c1b2a9d8e7f6a5b4c3d2e1f0a9b8c'],
      ['X-Request-Id', '4f6c1b2a9d8e7f6a5b4c3d2e1f0a9b8c'],
      ['Authorization', 'Bearer'],
      ['X-Api-Key', '<key>'],
      ['X-Token', `\${TOKEN}`],
      ['X-Secret', 'undefined'],
    ];
    expect(headers(...pairs)).toEqual(pairs.map(([, value]) => value));
  });
});

describe('secrets elsewhere', () => {
  it('are found in the query by name and by form', () => {
    expect(
      hidden({
        query: [
          ['key', 'abc123'],
          ['api_key', 'def456'],
          ['page_token', 'ghi'],
          ['q', 'sk-abcdefghijklmnop1234'],
        ],
      }).query,
    ).toEqual([
      ['key', '$KEY'],
      ['api_key', '$API_KEY'],
      ['page_token', 'ghi'],
      ['q', '$Q'],
    ]);
  });

  it('are found in the body by name, also inside what is named so', () => {
    expect(
      json({
        password: 'x',
        apiKey: 'y',
        pin: 1234,
        token: 99,
        max_tokens: 100,
        tokens: ['t-one', 't-two'],
        auth: { type: 'basic', username: 'ana', password: 'z' },
        credentials: { type: 'header', value: 'v', secret_id: 'sec_1' },
        token_type: 'bearer',
        secret_name: 'mine',
      }),
    ).toEqual({
      password: '$PASSWORD',
      apiKey: '$API_KEY',
      pin: 1234,
      token: '$TOKEN',
      max_tokens: 100,
      tokens: ['$TOKENS', '$TOKENS_2'],
      auth: { type: 'basic', username: 'ana', password: '$PASSWORD_2' },
      credentials: { type: 'header', value: '$CREDENTIALS_VALUE', secret_id: 'sec_1' },
      token_type: 'bearer',
      secret_name: 'mine',
    });
  });

  it('are found by their form, and the value goes as a whole', () => {
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
    expect(
      json({
        a: jwt,
        url: 'https://me:hunter2@hooks.example.com/x',
        hook: 'https://hooks.example.com/x?token=abc',
        note: 'use sk_live_0123456789abcdef please',
        pem: '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
      }),
    ).toEqual({ a: '$A', url: '$URL', hook: '$HOOK', note: '$NOTE', pem: '$PEM' });
  });

  it('are found in text that is no JSON', () => {
    const text = `{'password': 'two words', "api_key": "abc", user: 'ana', auth=Bearer abcdefghijkl1234}`;
    const { body } = hidden({ body: { kind: 'text', text } });
    expect(body.kind === 'text' && body.text).toBe(
      `{'password': '$PASSWORD', "api_key": "$API_KEY", user: 'ana', auth=$SECRET}`,
    );
  });

  it('are not ids, phone numbers, e-mail addresses and names of prototypes', () => {
    const value = {
      agent_id: 'agent_01jz8qk3v5e6t7y8u9i0o1p2a3',
      sid: 'CA0123456789abcdef0123456789abcdef',
      voice: '21m00Tcm4TlvDq8ikWAM',
      to: '+12125550142',
      mail: 'ana@example.com',
      key: 'customer_name',
      next_page_token: 'abc',
      url: 'https://hooks.example.com/x?a=b',
      ...Object.fromEntries([['__proto__', 'x']]),
    };
    expect(json(value)).toEqual(value);
  });

  it('are replaced where the reply repeats them, and in whatever is made of the exchange', () => {
    const { reply, hide } = hideSecrets({
      request: { ...plain, headers: [['x-api-key', 'abc123def']], query: [['token', 'a b/c&d']] },
      reply: {
        status: 401,
        body: { detail: 'no such key: abc123def', url: '/x?token=a%20b%2Fc%26d', access_token: 'new' },
      },
    });
    expect(reply?.body).toEqual({
      detail: 'no such key: $X_API_KEY',
      url: '/x?token=$TOKEN',
      access_token: '$ACCESS_TOKEN',
    });
    expect(hide({ message: 'sent "abc123def"', list: ['new', 'news'] })).toEqual({
      message: 'sent "$X_API_KEY"',
      list: ['$ACCESS_TOKEN', 'news'],
    });
  });

  it('are replaced in a header that is carried over, however short they are', () => {
    const pairs: [string, string][] = [
      ['Authorization', 'Bearer x1'],
      ['Cookie', 'a=b'],
    ];
    const { request, hide } = hideSecrets({ request: { ...plain, headers: pairs } });
    expect(hide({ ...plain, headers: pairs }).headers).toEqual(request.headers);
    const basic: [string, string][] = [['Authorization', `Basic ${Buffer.from('me:pw').toString('base64')}`]];
    expect(hideSecrets({ request: { ...plain, headers: basic } }).hide(basic)).toEqual([
      ['Authorization', 'Basic $API_USER:$API_PASSWORD'],
    ]);
  });

  it('do not take an everyday word out of every sentence', () => {
    const { hide } = hideSecrets({
      request: { ...plain, body: { kind: 'json', value: { password: 'password' } } },
    });
    expect(hide('the field password')).toBe('the field password');
    expect(hide('password')).toBe('$PASSWORD');
  });

  it('are hidden with their body where it is nested too deep', () => {
    const self: Record<string, unknown> = { password: 'x' };
    self.self = self;
    expect(json(self)).toMatchObject({ kind: 'unread' });
    const { hide } = hideSecrets({ request: { ...plain, headers: [['x-api-key', 'abc']] } });
    expect(hide(self)).toBe('(nested too deep to be shown)');
  });

  it('share a variable where they are the same, and never take one that the request has', () => {
    expect(
      headers(['x-api-key', '$TOKEN'], ['x-token', 'abc123'], ['token', 'def456'], ['x-key', 'abc123']),
    ).toEqual(['$TOKEN', '$X_TOKEN', '$TOKEN_2', '$X_TOKEN']);
  });
});

describe('a planted secret', () => {
  const secret = fc
    .tuple(
      fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{6,30}$/),
      fc.stringMatching(/^[A-Za-z0-9!%&+/=@#-]{0,10}$/),
    )
    .map(([front, back]) => `${front}7q${back}`);
  const plant: ((value: string) => Exchange)[] = [
    (value) => ({
      request: { ...plain, headers: [['Authorization', `Bearer ${value}`]] },
      reply: echo(value),
    }),
    (value) => ({ request: { ...plain, headers: [['Authorization', value]] }, reply: echo(value) }),
    (value) => ({
      request: readCurl(`curl -u 'user9x:${value}' https://a.example/`).request,
      reply: echo(value),
    }),
    (value) => ({ request: readCurl(`curl -u '${value}:' https://a.example/`).request, reply: echo(value) }),
    (value) => ({ request: { ...plain, headers: [['x-api-key', value]] }, reply: echo(value) }),
    (value) => ({
      request: { ...plain, headers: [['Cookie', `a=b; session=${value}`]] },
      reply: echo(value),
    }),
    (value) => ({ request: { ...plain, query: [['access_token', value]] }, reply: echo(value) }),
    (value) => ({
      request: { ...plain, body: { kind: 'json', value: { list: [{ deep: { clientSecret: value } }] } } },
    }),
    (value) => ({
      request: { ...plain, body: { kind: 'json', value: { first: `it is ${value}`, password: value } } },
    }),
    (value) => ({
      request: {
        ...plain,
        body: { kind: 'form', encoding: 'urlencoded', value: { password: [value, value], n: '1' } },
      },
    }),
    (value) => ({
      request: { ...plain, body: { kind: 'text', text: `{"api_key": ${JSON.stringify(value)},}` } },
    }),
    (value) => ({
      request: {
        ...plain,
        body: { kind: 'json', value: { url: `https://u:${encodeURIComponent(value)}@h.example/` } },
      },
    }),
    (value) => ({
      request: plain,
      reply: { status: 200, headers: [['set-cookie', `s=${value}`]], body: { token: value } },
    }),
    (value) => ({
      request: {
        ...plain,
        body: {
          kind: 'text',
          text: `<a:login><a:api_key x="1">${value}</a:api_key><password>${value}</password></a:login>`,
        },
      },
    }),
  ];

  function echo(value: string) {
    return { status: 401, body: { detail: `refused ${value}, also as ${encodeURIComponent(value)}` } };
  }

  it('survives in no output', () => {
    fc.assert(
      fc.property(secret, fc.constantFrom(...plant), (value, make) => {
        const { request, reply, hide } = hideSecrets(make(value));
        const outputs = [
          JSON.stringify([request, reply]),
          JSON.stringify(hide({ sent: make(value).request, note: `"${value}"` })),
          writeCurl(request, []),
          writeTypescript(request, []),
          writePython(request, []),
        ];
        for (const output of outputs) {
          expect(output).not.toContain(value);
          expect(output).not.toContain(encodeURIComponent(value));
          expect(output).not.toContain(Buffer.from(value).toString('base64'));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('stays hidden the second time, under the same name', () => {
    fc.assert(
      fc.property(secret, fc.constantFrom(...plant), (value, make) => {
        const { request, reply } = hideSecrets(make(value));
        const again = hideSecrets({ request, ...(reply && { reply }) });
        expect({ request: again.request, reply: again.reply }).toEqual({ request, reply });
      }),
    );
  });
});
