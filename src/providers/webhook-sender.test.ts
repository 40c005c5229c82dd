import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AnsweringServer, answeringServer, answerWith } from '../../test/fixtures/answering-server.ts';
import { createWebhookSender, type ResolveName } from './webhook-sender.ts';

let server: AnsweringServer;
let asked: { method: string | undefined; host: string | undefined; url: string | undefined; id: unknown }[];
let status = 204;
let port = '';
beforeEach(async () => {
  asked = [];
  status = 204;
  server = await answeringServer((request, reply, body) => {
    const { method, url, headers } = request;
    asked.push({ method, url, host: headers.host, id: headers['webhook-id'] });
    if (status === 0) return;
    if (status === 302) reply.setHeader('location', `${server.url}/elsewhere`);
    return answerWith(status, { secret: 'of the receiver' })(request, reply, body);
  });
  port = new URL(server.url).port;
});
afterEach(() => server.close());

const loopback: ResolveName = async () => [{ address: '127.0.0.1', family: 4 }];
const send = (
  url: string,
  settings: { resolve?: ResolveName; allowPrivate?: boolean; timeoutMs?: number } = {},
  signal = new AbortController().signal,
) =>
  createWebhookSender({ resolve: loopback, allowPrivate: true, ...settings })({
    url,
    headers: { 'webhook-id': 'evt_1', 'content-type': 'application/json' },
    body: '{"id":"evt_1"}',
    signal,
  });

describe('createWebhookSender', () => {
  it('posts to the address that the name had when it was checked, under its name', async () => {
    expect(await send(`http://hooks.example.com:${port}/donna?a=1`)).toEqual({
      kind: 'answered',
      status: 204,
    });
    expect(asked).toEqual([
      { method: 'POST', url: '/donna?a=1', host: `hooks.example.com:${port}`, id: 'evt_1' },
    ]);
    expect(server.bodies).toEqual(['{"id":"evt_1"}']);
  });

  it('resolves a name once: what it points to afterwards does not matter', async () => {
    let looks = 0;
    const rebinding: ResolveName = async () => [
      { address: looks++ === 0 ? '127.0.0.1' : '127.0.0.99', family: 4 },
    ];
    expect(await send(`http://rebinds.example.com:${port}/`, { resolve: rebinding })).toMatchObject({
      status: 204,
    });
    expect(looks).toBe(1);
  });

  it('tries the next address of a name where one refuses', async () => {
    const two: ResolveName = async () => [
      { address: '127.0.0.2', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    expect(await send(`http://two.example.com:${port}/`, { resolve: two })).toMatchObject({ status: 204 });
  });

  it.each([
    ['a private address', 'http://10.0.0.1/'],
    ['loopback', 'http://127.0.0.1/'],
    ['loopback in another form', 'http://2130706433/'],
    ['loopback in hexadecimal', 'http://0x7f.1/'],
    ['the metadata of a cloud', 'http://169.254.169.254/latest/meta-data'],
    ['IPv6 loopback', 'http://[::1]/'],
    ['IPv4 in IPv6', 'http://[::ffff:10.0.0.1]/'],
    ['a name that points inside', 'http://inside.example.com/'],
  ])('refuses %s before it connects', async (_, url) => {
    const result = await send(url, { allowPrivate: false });
    expect(result).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('DONNA_ALLOW_PRIVATE_WEBHOOKS'),
    });
    expect(asked).toHaveLength(0);
  });

  it('refuses a name of which one address is private', async () => {
    const mixed: ResolveName = async () => [
      { address: '8.8.8.8', family: 4 },
      { address: 'fd00::1', family: 6 },
    ];
    expect(await send('http://mixed.example.com/', { resolve: mixed, allowPrivate: false })).toMatchObject({
      kind: 'refused',
    });
  });

  it.each(['ftp://example.com/', 'file:///etc/hosts', 'nonsense', 'http://user:word@example.com/'])(
    'refuses %s, whatever is allowed',
    async (url) => {
      expect(await send(url)).toMatchObject({ kind: 'refused' });
    },
  );

  it('follows no redirect and reads no words', async () => {
    status = 302;
    expect(await send(`${server.url}/`)).toEqual({ kind: 'answered', status: 302 });
    expect(asked).toHaveLength(1);
  });

  it('gives up a receiver that does not answer', async () => {
    status = 0;
    expect(await send(`${server.url}/`, { timeoutMs: 50 })).toEqual({
      kind: 'unreachable',
      why: 'No answer within 50 ms.',
    });
  });

  it('gives up a name that does not resolve', async () => {
    const never: ResolveName = () => new Promise(() => undefined);
    const unknown: ResolveName = async () => {
      throw new Error('ENOTFOUND');
    };
    expect(await send('http://slow.example.com/', { resolve: never, timeoutMs: 50 })).toMatchObject({
      kind: 'unreachable',
    });
    expect(await send('http://none.example.com/', { resolve: unknown })).toMatchObject({
      kind: 'unreachable',
    });
  });

  it('says who refuses connections, without an address', async () => {
    const url = server.url;
    await server.close();
    expect(await send(url)).toEqual({ kind: 'unreachable', why: 'It refuses connections.' });
    server = await answeringServer(() => undefined);
  });

  it.each([
    [
      'switches to another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    ],
    ['closes without a word', ''],
    ['does not speak HTTP', '220 mail.example.com ESMTP\r\n'],
  ])('comes to an end with a receiver that %s', async (_, answer) => {
    const odd = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(answer));
    });
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    const { port: oddPort } = odd.address() as AddressInfo;
    expect(await send(`http://odd.example.com:${oddPort}/`)).toMatchObject({ kind: 'unreachable' });
    await new Promise((resolve) => odd.close(resolve));
  });
});
