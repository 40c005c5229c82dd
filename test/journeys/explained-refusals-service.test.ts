import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { declareCall } from '../../src/cli/commands/call.ts';
import { declareCalls } from '../../src/cli/commands/calls.ts';
import type { RunningService } from '../../src/cli/commands/serve.ts';
import type { Service } from '../../src/cli/service/service-api.ts';
import { type Clock, realClock } from '../../src/kernel/clock.ts';
import { realRandomBytes } from '../../src/kernel/ids.ts';
import { readSettings, type Settings } from '../../src/main/config.ts';
import { createServeWorld } from '../../src/main/serve-world.ts';
import { connectServer } from '../../src/main/server-connection.ts';
import { createNodeFetch } from '../../src/providers/node-fetch.ts';
import { createSandbox, demo, type Sandbox } from '../../src/sandbox/index.ts';
import { dumpDirectory } from '../fixtures/dump-directory.ts';
import { runCommand } from '../fixtures/run-command.ts';
import { demoVariables } from '../fixtures/sandbox-world.ts';

/** A Wednesday at ten in New York whenever it runs: the gate lets calls through. */
const startMs = Date.UTC(2026, 2, 4, 15);
const began = realClock.monotonic();
const clock: Clock = {
  ...realClock,
  now: () => startMs + realClock.monotonic() - began,
};

let settings: Settings;
let sandbox: Sandbox;
let service: RunningService;
let server: Service;
const closing: (() => Promise<unknown>)[] = [];
const variables = { customer_name: 'Ada Bakehouse', company: 'Acme', invoice_number: 'INV-7', amount: '90' };

beforeAll(async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'donna-explained-'));
  closing.push(() => rm(directory, { recursive: true, force: true }));
  settings = readSettings({ DONNA_DATA_DIR: directory, DONNA_LOG_LEVEL: 'silent' }, directory).settings;
  const fetch = createNodeFetch({ connectTimeoutMs: 5_000, replyTimeoutMs: 30_000 });
  closing.push(async () => fetch.close());
  sandbox = await createSandbox({ clock, randomBytes: realRandomBytes, fetch });
  const listening = await sandbox.listen();
  closing.push(() => listening.close());
  const accounts = {
    sandbox: true,
    elevenlabs: { baseUrl: listening.url, apiKey: demo.apiKey },
    twilio: { baseUrl: listening.url, accountSid: demo.twilioSid, authToken: demo.twilioToken },
    agentId: demo.agentId,
    from: demo.twilioLineId,
    close: async () => {},
  };
  const world = createServeWorld({ settings, accounts, clock, dumpDirectory: await dumpDirectory() });
  service = await world.start({ port: 0, host: '127.0.0.1', sandbox: true });
  closing.push(() => service.close());
  const connected = await connectServer(settings, { url: undefined }, () => {});
  if (!connected) throw new Error('the server is not there');
  server = connected;
  closing.push(() => server.close());
}, 90_000);
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

const struck = (operation: string, status: number, detail: unknown) =>
  sandbox.faults.add({ operation, fault: { kind: 'status', status, when: 'before', body: { detail } } });

describe('a server whose dial is refused', () => {
  it('says why in the timeline, and keeps no number and no variable there', async () => {
    struck('dialTwilio', 422, [
      {
        type: 'value_error',
        loc: ['body', 'to_number'],
        msg: 'Ada Bakehouse at +12125550142 is not dialled',
      },
    ]);
    const placed = await server.api.createCall({ to: '+12125550142', variables }, 'one');
    if (placed.kind !== 'submitted') throw new Error(placed.kind);
    const { id } = placed.call;
    const entries = async () => (await server.api.getTimeline(id, {})).items;
    await vi.waitFor(async () => expect((await entries()).at(-1)?.kind).toBe('ended'), 15_000);
    const replied = (await entries()).find(({ kind }) => kind === 'replied');
    expect(replied?.data).toMatchObject({
      reply: 'not-placed',
      code: 'http-422',
      explanation: {
        verdict: 'wrong',
        rules: ['provider-error'],
        operation: 'POST /v1/convai/twilio/outbound-call',
      },
    });
    expect(JSON.stringify(replied?.data.explanation)).not.toMatch(/555|Ada|Bakehouse|INV-7/);

    const shown = await runCommand(
      (command, cli) =>
        declareCalls(command, cli, () => Promise.reject(new Error('Nothing is read here.')), {
          findServer: async () => server,
          openService: async () => server,
        }),
      async () => undefined,
      ['show', id],
    );
    expect(shown.stdout.join('\n')).toMatch(/not placed: .*\n {2}The provider refuses `to_number`/);
  });

  it('has donna call say it', async () => {
    struck('dialTwilio', 422, [{ type: 'missing', loc: ['body', 'agent_id'], msg: 'Field required' }]);
    const args = ['+12125550144', '--json', ...demoVariables];
    const { stdout, stderr, exitCode } = await runCommand(
      (command, cli) =>
        declareCall(
          command,
          cli,
          () => Promise.reject(new Error('Nothing is read here.')),
          async () => server,
        ),
      async () => undefined,
      args,
    );
    expect(exitCode).toBe(4);
    expect(stderr.join('\n')).toMatch(/! not placed: .*\n {2}The provider .*`agent_id`/);
    expect(JSON.parse(stdout[0] ?? '')).toMatchObject({
      status: 'not-placed',
      explanation: { operation: 'POST /v1/convai/twilio/outbound-call' },
    });
  });

  it('says why in problem+json where a read is refused', async () => {
    struck('getAgent', 404, 'Not Found');
    const reply = await fetch(`${service.url}/v1/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tokenOf()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to: '+12125550146', agent: 'agent_0000other000000000000000001', variables }),
    });
    expect(reply.status).toBe(502);
    expect(await reply.json()).toMatchObject({
      code: 'provider-refused',
      explanation: { verdict: expect.any(String), operation: 'GET /v1/convai/agents/{agent_id}' },
    });
  });
});

async function tokenOf(): Promise<string> {
  return JSON.parse(await readFile(path.join(settings.DONNA_DATA_DIR, 'server.json'), 'utf8')).token;
}
