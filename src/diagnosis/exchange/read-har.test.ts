import { describe, expect, it } from 'vitest';
import { hasFailed, readHar } from './read-har.ts';

const url = 'https://api.example.com/v1/calls?x=a+b';

function har(entries: readonly object[], creator = 'proxy'): string {
  return JSON.stringify({ log: { version: '1.2', creator: { name: creator }, entries } });
}

function entry(request: object, response: object = { status: 200 }) {
  return { request: { method: 'GET', url, headers: [], ...request }, response };
}

const only = (text: string) => {
  const [first] = readHar(text);
  if (!first) throw new Error('no entry');
  return first;
};

describe('a HAR', () => {
  it('gives each entry over HTTP with its reply, the failed ones among them', () => {
    const entries = readHar(
      har([
        entry({}),
        entry({ url: 'data:text/plain,x' }),
        entry({ url: 'wss://api.example.com/live' }),
        entry({}, { status: 404, content: { mimeType: 'application/json', text: '{"detail":"Not Found"}' } }),
        entry({}, { status: 0 }),
        { request: { method: 'GET', url: 'https://' } },
      ]),
    );
    expect(entries.map(({ reply }) => reply?.status)).toEqual([200, 404, 0]);
    expect(entries.filter(hasFailed).map(({ reply }) => reply?.body)).toEqual([
      { detail: 'Not Found' },
      undefined,
    ]);
    expect(entries[0]?.request).toMatchObject({
      host: 'api.example.com',
      path: '/v1/calls',
      query: [['x', 'a b']],
    });
  });

  it('leaves out the pseudo headers of HTTP/2 and decodes base64', () => {
    const one = only(
      har([
        entry(
          {
            headers: [
              { name: ':method', value: 'GET' },
              { name: 'x-a', value: '1' },
            ],
          },
          { status: 500, content: { encoding: 'base64', text: Buffer.from('{"a":"é"}').toString('base64') } },
        ),
      ]),
    );
    expect(one.request.headers).toEqual([['x-a', '1']]);
    expect(one.reply?.body).toEqual({ a: 'é' });
  });

  it('reads bodies from their text or their parameters', () => {
    const body = (postData: object, rest: object = {}) =>
      only(har([entry({ method: 'POST', postData, ...rest })])).request;
    expect(body({ mimeType: 'application/json;charset=UTF-8', text: '{"a":1}' })).toMatchObject({
      contentType: 'application/json',
      body: { kind: 'json', value: { a: 1 } },
    });
    expect(
      body({
        mimeType: 'application/x-www-form-urlencoded',
        params: [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
      }).body,
    ).toEqual({ kind: 'form', encoding: 'urlencoded', value: { a: ['1', '2'] } });
    expect(
      body({
        mimeType: 'multipart/form-data',
        params: [
          { name: 'f', fileName: 'a.wav' },
          { name: '__proto__', value: 'x' },
        ],
      }).body,
    ).toEqual({
      kind: 'form',
      encoding: 'multipart',
      value: Object.fromEntries([
        ['f', { file: 'a.wav' }],
        ['__proto__', 'x'],
      ]),
    });
    const text =
      '--b1\r\nContent-Disposition: form-data; name="f"; filename="a b.wav"\r\n\r\n...\r\n--b1\r\nContent-Disposition: form-data; name="n"\r\n\r\nAna\r\n--b1--\r\n';
    expect(body({ mimeType: 'multipart/form-data; boundary=b1', text }).body).toEqual({
      kind: 'form',
      encoding: 'multipart',
      value: { f: { file: 'a b.wav' }, n: 'Ana' },
    });
    expect(only(har([entry({ method: 'POST', bodySize: 12 })])).request.body.kind).toBe('unread');
  });

  it('does not know the headers where the browser took the credentials out', () => {
    const bare = entry({ headers: [{ name: 'accept', value: '*/*' }] });
    expect(only(har([bare], 'WebInspector')).request.headers).toBeUndefined();
    const cookie = entry({ headers: [{ name: 'Cookie', value: 'a=b' }] });
    expect(only(har([bare, cookie], 'WebInspector')).request.headers).toEqual([['accept', '*/*']]);
    expect(only(har([bare])).request.headers).toEqual([['accept', '*/*']]);
  });

  it('is refused where it is none, broken, or too large', () => {
    expect(() => readHar('{"log":{}}')).toThrow('no log.entries');
    expect(() => readHar('[]')).toThrow('no log.entries');
    expect(() => readHar('{"log":\n{,}}')).toThrow('line 2, column 2');
    expect(() => readHar(' '.repeat(100 * 1024 * 1024 + 1))).toThrow('larger than 100 MB');
  });
});
