import { describe, expect, it } from 'vitest';
import { readBody } from './read-body.ts';

const post = (
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) => readBody(new Request('http://localhost/', { method: 'POST', body, headers, ...{ duplex: 'half' } }));

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('a body', () => {
  it('is its JSON, or nothing', async () => {
    expect(await post('{"to":"+12125550142"}')).toEqual({ to: '+12125550142' });
    expect(await post('{}', { 'content-type': 'application/json; charset=utf-8' })).toEqual({});
    expect(await post(null)).toBeUndefined();
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', ''])(
    'is refused as %s, which a web page can send without asking',
    async (type) => {
      await expect(post('{}', { 'content-type': type })).rejects.toMatchObject({ code: 'wrong-media-type' });
    },
  );

  it.each([
    ['{"to":', 'not JSON'],
    [new Uint8Array([0x22, 0xff, 0x22]), 'not UTF-8'],
    [nested(40), 'nested deeper'],
    [`[${'0,'.repeat(60_000)}0]`, 'more than 50000 values'],
    ['{"variables":{"__proto__":1}}', '__proto__'],
    ['{"name":"\\u0000"}', 'U+0000'],
    ['{"\\u0000":1}', 'U+0000'],
    ['"\\ud800"', 'surrogate'],
  ])('that is %s is refused: %s', async (body, why) => {
    await expect(post(body)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(why),
    });
  });

  it('has at most 1 MB, told before or not', async () => {
    await expect(
      post('{}', { 'content-type': 'application/json', 'content-length': '1048577' }),
    ).rejects.toMatchObject({
      code: 'too-large',
    });
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      },
    });
    await expect(post(endless)).rejects.toMatchObject({ code: 'too-large' });
    expect(sent).toBeLessThan(30);
  });
});
