import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings } from './config.ts';
import { connectServer } from './server-connection.ts';
import { serverForCalls } from './server-for-calls.ts';

const token = 'a token of the user of this machine alone';

let directory: string;
let closing: (() => Promise<void>)[];
beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'donna-connection-'));
  closing = [() => rm(directory, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

const settingsOf = (environment: Record<string, string> = {}) =>
  readSettings({ DONNA_DATA_DIR: directory, ...environment }, directory).settings;

const dialling = { stopped: false, by: null, reason: null, at: null };

/** A server that tells how dialling stands to those who have its key. */
async function listen(options: { sandbox?: boolean; key?: string; silent?: boolean } = {}) {
  const keys: (string | undefined)[] = [];
  const server = http.createServer((request, response) => {
    keys.push(request.headers.authorization);
    if (options.silent) return;
    const known = request.headers.authorization === `Bearer ${options.key ?? token}`;
    const problem = { code: 'unauthenticated', detail: 'The key is not in force.', status: 401 };
    response.writeHead(known ? 200 : 401, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(known ? { ...dialling, sandbox: options.sandbox ?? false } : problem));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys };
}

const leaveFile = (url: string) =>
  writeFile(
    path.join(directory, 'server.json'),
    JSON.stringify({ url, token, pid: process.pid, host: os.hostname() }),
  );

async function connect(environment?: Record<string, string>, url?: string, probeHereMs?: number) {
  const warned: string[] = [];
  const server = await connectServer(
    settingsOf(environment),
    { url },
    (line) => warned.push(line),
    probeHereMs,
  );
  await server?.close();
  return { server, warned };
}

describe('the server of this machine', () => {
  it('is found by its file, and answers to the token in it', async () => {
    const { url } = await listen({ sandbox: true });
    await leaveFile(url);
    expect((await connect()).server).toMatchObject({ url, found: 'here', sandbox: true });
  });

  it('is none where there is no file, where nothing listens, and where somebody else does', async () => {
    expect((await connect()).server).toBeUndefined();
    await leaveFile('http://127.0.0.1:9');
    expect(await connect()).toEqual({ server: undefined, warned: [] });
    await leaveFile((await listen({ key: 'another' })).url);
    expect(await connect()).toEqual({ server: undefined, warned: [] });
    await leaveFile('');
    expect((await connect()).server).toBeUndefined();
  });

  it('that hangs is worked without, which is said', async () => {
    await leaveFile((await listen({ silent: true })).url);
    const { server, warned } = await connect({}, undefined, 50);
    expect(server).toBeUndefined();
    expect(warned.join()).toContain('gave no answer within 0.05 s');
  });

  it('gets no token over the network', async () => {
    await leaveFile('http://192.0.2.1:4000');
    expect(await connect()).toEqual({ server: undefined, warned: [] });
  });
});

describe('a server that is named', () => {
  it('gets the key of the settings, and never the token of another one', async () => {
    const named = await listen({ key: 'donna_key' });
    await leaveFile((await listen()).url);
    const { server } = await connect({ DONNA_URL: named.url, DONNA_API_KEY: 'donna_key' });
    expect(server).toMatchObject({ url: named.url, found: 'named' });
    await expect(connect({ DONNA_URL: named.url })).rejects.toMatchObject({ code: 'bad-config' });
    expect(named.keys).toEqual(['Bearer donna_key', undefined]);
  });

  it('is the one of this machine under its own address too', async () => {
    const { url } = await listen();
    await leaveFile(url);
    expect((await connect({}, url)).server).toMatchObject({ url, found: 'named' });
  });

  it('goes over the one of the environment as an option', async () => {
    const { url } = await listen({ key: 'donna_key' });
    const environment = { DONNA_URL: 'http://127.0.0.1:9', DONNA_API_KEY: 'donna_key' };
    expect((await connect(environment, url)).server).toMatchObject({ url });
  });

  it('that does not answer, or refuses the key, is an error that says so', async () => {
    await expect(connect({ DONNA_URL: 'http://127.0.0.1:9' })).rejects.toMatchObject({
      code: 'provider-unreachable',
      message: expect.stringContaining('(DONNA_URL) does not answer'),
    });
    const { url } = await listen();
    await expect(connect({ DONNA_API_KEY: 'wrong' }, url)).rejects.toMatchObject({
      code: 'bad-config',
      hint: expect.stringContaining('donna keys create'),
    });
  });

  it.each(['donna.example.com', 'http://donna.example.com', 'ftp://127.0.0.1'])(
    'may not be %s',
    async (url) => {
      await expect(connect({}, url)).rejects.toMatchObject({ code: 'bad-input' });
    },
  );
});

describe('the server for calls', () => {
  const find = async (environment: Record<string, string>, choice: { sandbox: boolean; url?: string }) => {
    const warned: string[] = [];
    const server = await serverForCalls(
      settingsOf(environment),
      { url: choice.url, sandbox: choice.sandbox },
      (line) => warned.push(line),
    );
    await server?.close();
    return { found: server !== undefined, warned: warned.join() };
  };
  const account = { ELEVENLABS_API_KEY: 'xi_0123456789' };

  it('of a real account is passed over when the sandbox is asked for', async () => {
    await leaveFile((await listen()).url);
    expect(await find({}, { sandbox: false })).toEqual({ found: true, warned: '' });
    expect(await find({}, { sandbox: true })).toMatchObject({ found: false });
    expect((await find({}, { sandbox: true })).warned).toContain('is no sandbox');
  });

  it('of the sandbox serves whoever has no account, asks for it, or names it', async () => {
    const { url } = await listen({ sandbox: true });
    await leaveFile(url);
    expect(await find({}, { sandbox: false })).toMatchObject({ found: true });
    expect(await find(account, { sandbox: true })).toMatchObject({ found: true });
    expect(await find(account, { sandbox: false, url })).toMatchObject({ found: true });
    expect(await find(account, { sandbox: false })).toMatchObject({
      found: false,
      warned: expect.stringContaining('--sandbox uses the server'),
    });
  });
});
