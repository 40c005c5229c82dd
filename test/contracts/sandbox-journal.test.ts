import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/kernel/errors.ts';
import { demo } from '../../src/sandbox/index.ts';
import { type OpenSandbox, openSandbox } from '../fixtures/open-sandbox.ts';

let open: OpenSandbox;
afterEach(() => open.close());

const TWILIO_DIAL = '/v1/convai/twilio/outbound-call';
const DIAL_NAME = 'dialTwilio';

/** Writes to the socket itself, and gives back what came until it closed. */
function exchange(text: string, { hangUp = false } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(open.url).port), '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
    socket.write(text, () => hangUp && socket.destroy());
  });
}

const head = (target: string, method: string, length: number) =>
  `${method} ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\nxi-api-key: ${demo.apiKey}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

describe('the journal', () => {
  it('has a request whose body is too large', async () => {
    open = await openSandbox();
    const reply = await open
      .request('POST', TWILIO_DIAL, ' '.repeat(2 * 1024 * 1024 + 1))
      .catch(() => undefined);
    // The reply may be lost to a client that is still sending; the entry is not.
    if (reply) expect(reply.status).toBe(400);
    await vi.waitFor(() => expect(open.sandbox.journal.requests).toHaveLength(1));
    expect(open.sandbox.journal.requests[0]).toMatchObject({
      method: 'POST',
      path: TWILIO_DIAL,
      operation: DIAL_NAME,
      status: 400,
    });
  });

  it('has a request that broke off, without a status', async () => {
    open = await openSandbox();
    await exchange(`${head(TWILIO_DIAL, 'POST', 500)}{"agent_id": `, { hangUp: true });
    await vi.waitFor(() => expect(open.sandbox.journal.requests).toHaveLength(1));
    const [entry] = open.sandbox.journal.requests;
    expect(entry).toMatchObject({ method: 'POST', path: TWILIO_DIAL, operation: DIAL_NAME });
    expect(entry).not.toHaveProperty('status');
    expect(entry).not.toHaveProperty('body');
  });

  it('has a request whose route throws, with its body', async () => {
    const full = new AppError('storage', 'Could not write the sandbox state: the disk is full.');
    open = await openSandbox({ store: { load: async () => undefined, change: () => Promise.reject(full) } });
    const reply = await open.dial('+12125550142');
    expect(reply).toMatchObject({ status: 500, json: { detail: { message: full.message } } });
    expect(open.sandbox.journal.requests).toMatchObject([
      { operation: DIAL_NAME, status: 500, body: { to_number: '+12125550142' } },
    ]);
    expect(open.sandbox.state.calls).toEqual([]);
  });

  it('has a request for which the state could not be read', async () => {
    let readable = true;
    const load = async () => {
      if (!readable) throw new Error('unreadable');
      return undefined;
    };
    open = await openSandbox({ store: { load, change: async (edit) => edit(undefined) } });
    readable = false;
    expect((await open.get('/v1/user?x=1')).status).toBe(500);
    expect(open.sandbox.journal.requests).toMatchObject([{ path: '/v1/user?x=1', status: 500 }]);
  });

  it('has a request for what is no path, and none that asks the sandbox itself', async () => {
    open = await openSandbox();
    expect(await exchange(head('//', 'GET', 0))).toMatch(/^HTTP\/1\.1 404 /);
    expect(await exchange(head('//v1/user', 'GET', 0))).toMatch(/^HTTP\/1\.1 404 /);
    expect((await open.get('/_sandbox/callees')).status).toBe(200);
    expect((await open.get('/openapi.json')).status).toBe(200);
    expect(open.sandbox.journal.requests.map(({ path, status }) => [path, status])).toEqual([
      ['//', 404],
      ['//v1/user', 404],
    ]);
  });
});
