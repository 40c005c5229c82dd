import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createClientFetch } from './client-fetch.ts';

describe('createClientFetch', () => {
  it.each([
    [
      'switches to another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    ],
    ['closes without a word', ''],
  ])('fails where the server %s, and does not wait for ever', async (_, answer) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const fetch = createClientFetch();
    const asked = fetch(`http://127.0.0.1:${port}/`, { method: 'GET', headers: {}, redirect: 'error' });
    await expect(asked).rejects.toThrow(/closed|hang up/);
    fetch.close();
    await new Promise((resolve) => server.close(resolve));
  });
});
