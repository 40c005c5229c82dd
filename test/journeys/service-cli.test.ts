import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declareCall } from '../../src/cli/commands/call.ts';
import { declareCalls } from '../../src/cli/commands/calls.ts';
import { declareKeys } from '../../src/cli/commands/keys.ts';
import type { RunningService } from '../../src/cli/commands/serve.ts';
import { declareStop } from '../../src/cli/commands/stop.ts';
import { declareSuppress } from '../../src/cli/commands/suppress.ts';
import type { Service } from '../../src/cli/service/service-api.ts';
import { type Clock, realClock } from '../../src/kernel/clock.ts';
import { realRandomBytes } from '../../src/kernel/ids.ts';
import { readSettings, type Settings } from '../../src/main/config.ts';
import { openDirectControl } from '../../src/main/direct-control.ts';
import { createServeWorld } from '../../src/main/serve-world.ts';
import { connectServer } from '../../src/main/server-connection.ts';
import { type Accounts, createCallWorld } from '../../src/main/world.ts';
import { createNodeFetch } from '../../src/providers/node-fetch.ts';
import { createSandbox, demo } from '../../src/sandbox/index.ts';
import type { RecordingCli } from '../fixtures/recording-cli.ts';
import { runCommand } from '../fixtures/run-command.ts';
import { demoVariables } from '../fixtures/sandbox-world.ts';

/** Faster than life, and a Wednesday at ten in New York whenever it runs: the gate lets calls through. */
const SPEED = 10;
const wednesdayMs = Date.UTC(2026, 2, 4, 15);
const beganMs = realClock.monotonic();
const elapsedMs = () => (realClock.monotonic() - beganMs) * SPEED;
const clock: Clock = {
  now: () => wednesdayMs + elapsedMs(),
  monotonic: elapsedMs,
  schedule: (delayMs, task) => realClock.schedule(delayMs / SPEED, task),
};

let directory: string;
let settings: Settings;
let accounts: Accounts;
let service: RunningService;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'donna-service-cli-'));
  closing.push(() => rm(directory, { recursive: true, force: true }));
  settings = readSettings({ DONNA_DATA_DIR: directory, DONNA_LOG_LEVEL: 'silent' }, directory).settings;
  const fetch = createNodeFetch({ connectTimeoutMs: 5_000, replyTimeoutMs: 30_000 });
  closing.push(async () => fetch.close());
  const sandbox = await createSandbox({ clock, randomBytes: realRandomBytes, fetch });
  const listening = await sandbox.listen();
  closing.push(() => listening.close());
  accounts = {
    sandbox: true,
    elevenlabs: { baseUrl: listening.url, apiKey: demo.apiKey },
    twilio: { baseUrl: listening.url, accountSid: demo.twilioSid, authToken: demo.twilioToken },
    agentId: demo.agentId,
    from: demo.twilioLineId,
    close: async () => {},
  };
  service = await createServeWorld({ settings, accounts, clock }).start({
    port: 0,
    host: '127.0.0.1',
    sandbox: true,
  });
  closing.push(() => service.close());
  // A new embedded database takes some seconds, more where others work too.
}, 90_000);
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

const connect = async (): Promise<Service> => {
  const server = await connectServer(settings, { url: undefined }, () => {});
  if (!server) throw new Error('the server was not found');
  return { ...server, clock };
};
const world = async () => createCallWorld(settings, accounts, clock);
const call = (...args: string[]) =>
  runCommand((command, cli) => declareCall(command, cli, world, connect), world, [...args, ...demoVariables]);
const calls = (...args: string[]) =>
  runCommand(
    (command, cli) => declareCalls(command, cli, world, { findServer: connect, openService: connect }),
    world,
    args,
  );
const json = (cli: RecordingCli) => JSON.parse(cli.stdout[0] ?? '');

describe('the commands with a server that has the data directory', () => {
  it('place a call through it, to its end, with what was said; and show it by any of its ids', async () => {
    const placed = await call('+12125550110', '--json');
    const { call: id, conversationId, attempt, ...rest } = json(placed);
    expect([placed.exitCode, rest]).toMatchObject([
      0,
      {
        sandbox: true,
        status: 'accepted',
        followed: 'ended',
        report: { outcome: { kind: 'answered' }, transcript: expect.arrayContaining([expect.anything()]) },
      },
    ]);
    for (const one of [id, conversationId, attempt]) {
      const shown = json(await calls('show', one, '--json'));
      expect(shown).toMatchObject({ call: id, status: 'ended' });
      expect(shown.timeline.at(-1)).toMatchObject({ kind: 'ended', data: { outcome: 'answered' } });
    }
    const again = await call('+12125550110', '--json');
    expect([again.exitCode, json(again)]).toMatchObject([3, { status: 'refused', earlierCall: id }]);
    expect(json(await calls('list', '--outcome', 'answered', '--json')).calls).toMatchObject([{ id }]);
  });

  it('hang up a call that rings, and try it again', async () => {
    const { call: id } = json(await call('+12125550131', '--no-wait', '--json'));
    expect(json(await calls('hangup', id, '--json'))).toMatchObject({ by: 'server', ended: true });
    expect(json(await calls('retry', id, '--json')).call).toMatchObject({ attemptNumber: 2 });
    expect((await calls('resolve', id, 'answered')).exitCode).toBe(4);
    expect((await calls('cancel', id)).exitCode).toBe(0);
  });

  it('keep a suppressed number from being called, and stop and resume', async () => {
    const suppress = (...args: string[]) => runCommand(declareSuppress, connect, args);
    await suppress('add', '+12125550142', '--note', 'By e-mail.');
    expect((await suppress('check', '+12125550142')).stdout[0]).toContain('is suppressed since');
    const refused = await call('+12125550142', '--json');
    expect([refused.exitCode, json(refused)]).toMatchObject([3, { refusedBy: 'gate' }]);
    expect((await suppress('remove', '+12125550142')).exitCode).toBe(0);
    expect((await suppress('remove', '+12125550142')).stderr.join('\n')).toContain('donna suppress list');
    await runCommand(declareStop, connect, ['wrong', 'script']);
    expect((await call('+12125550142')).exitCode).toBe(3);
    const server = await connect();
    await server.api.resumeDialling();
    await server.close();
  });

  it('find the database taken when they want it for themselves', async () => {
    await expect(openDirectControl(settings, { sandbox: true })).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringContaining(service.url),
    });
  });

  it('make a key on the database itself once the server is gone', async () => {
    await service.close();
    const keys = (...args: string[]) =>
      runCommand(declareKeys, () => openDirectControl(settings, { sandbox: true }), args);
    const [key] = (await keys('create', 'billing')).stdout;
    expect(key).toMatch(/^donna_[\w-]{43}$/);
    expect(json(await keys('list', '--json')).keys).toMatchObject([{ name: 'billing', role: 'caller' }]);
    await expect(connect()).rejects.toThrow('the server was not found');
  }, 60_000);
});
