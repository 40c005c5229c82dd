import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createNodeFetch } from './node-fetch.ts';

it('states no length where the request asks for chunks, and one everywhere else', async () => {
  const seen: http.IncomingHttpHeaders[] = [];
  const server = http.createServer((request, response) => {
    seen.push(request.headers);
    request.resume().on('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fetch = createNodeFetch({ connectTimeoutMs: 2_000, replyTimeoutMs: 2_000 });
  onTestFinished(() => {
    fetch.close();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await fetch({ method: 'POST', url, body: 'abc', headers: { 'transfer-encoding': 'chunked' } });
  await fetch({ method: 'POST', url, body: 'abc' });
  expect(seen.map((headers) => [headers['transfer-encoding'], headers['content-length']])).toEqual([
    ['chunked', undefined],
    [undefined, '3'],
  ]);
});
