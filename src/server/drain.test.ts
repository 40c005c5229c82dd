import { createServer, get } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createDrain } from './drain.ts';

async function world() {
  let answer = () => {};
  let asked = () => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const server = createServer((_, response) => {
    answer = () => response.end('late');
    asked();
  });
  const drain = createDrain(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, drain, port, isAsked, answer: () => answer() };
}

const open = (port: number) =>
  new Promise<Socket>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
  });

describe('a server that closes', () => {
  it('waits for no connection that was opened and never used', async () => {
    const { server, drain, port } = await world();
    const accepted = new Promise((resolve) => server.once('connection', resolve));
    const socket = await open(port);
    await accepted;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    await drain();
    await closed;
    expect(server.listening).toBe(false);
  });

  it('sends the answer that it owes, then lets go of the connection', async () => {
    const { drain, port, isAsked, answer } = await world();
    const text = new Promise<string>((resolve) => {
      get({ port, host: '127.0.0.1' }, (reply) => {
        let body = '';
        reply.on('data', (chunk) => {
          body += chunk;
        });
        reply.on('end', () => resolve(body));
      });
    });
    await isAsked;
    let over = false;
    const drained = drain().then(() => {
      over = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(over).toBe(false);
    answer();
    expect(await text).toBe('late');
    await drained;
  });
});
