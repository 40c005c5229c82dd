import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Command } from 'commander';
import { expect, onTestFinished } from 'vitest';
import type { Cli } from '../../src/cli/cli.ts';
import { declareDiagnose } from '../../src/cli/commands/diagnose.ts';
import type { DoctorSettings, FinishedCheck } from '../../src/diagnosis/index.ts';
import { realClock } from '../../src/kernel/clock.ts';
import { realRandomBytes } from '../../src/kernel/ids.ts';
import { createNodeFetch } from '../../src/providers/node-fetch.ts';
import { createProbe } from '../../src/providers/probe.ts';
import {
  createSandbox,
  demo,
  demoAccount,
  type Sandbox,
  type SandboxState,
} from '../../src/sandbox/index.ts';

export interface Output {
  readonly out: string[];
  readonly err: string[];
  readonly exitCode: number;
}

export const fetch = createNodeFetch({ connectTimeoutMs: 2_000, replyTimeoutMs: 5_000 });
export async function sandbox(state?: SandboxState): Promise<Sandbox & { url: string }> {
  const world = await createSandbox({ clock: realClock, randomBytes: realRandomBytes, fetch, state });
  const { url, close } = await world.listen();
  onTestFinished(close);
  return Object.assign(world, { url });
}

/** A server of our own on loopback, for as long as the test runs. */
export async function serve(handler: http.RequestListener): Promise<string> {
  const server = http.createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The settings of someone who uses the demo account at `url`. */
export function settings(url: string, change: Partial<DoctorSettings['elevenlabs']> = {}): DoctorSettings {
  return {
    elevenlabs: {
      baseUrl: url,
      apiKey: demo.apiKey,
      agentId: demo.agentId,
      lineId: demo.twilioLineId,
      ...change,
    },
    twilio: { baseUrl: url, accountSid: demo.twilioSid, authToken: demo.twilioToken },
    webhookSecretSet: true,
  };
}

export async function donna(
  args: readonly string[],
  set: DoctorSettings,
  interrupted = new AbortController().signal,
): Promise<Output> {
  const out: string[] = [];
  const err: string[] = [];
  let exitCode = 0;
  const cli: Cli = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    interactive: false,
    color: false,
    interrupted,
    setExitCode: (code) => {
      exitCode = code;
    },
    confirm: async () => undefined,
  };
  const command = new Command('diagnose').exitOverride();
  declareDiagnose(command, cli, async () => ({
    input: {
      probe: createProbe(fetch, realClock, {
        elevenlabs: set.elevenlabs,
        twilio: set.twilio && { accountSid: '', authToken: '', ...set.twilio },
      }),
      clock: realClock,
      settings: set,
      sandbox: true,
      versions: { donna: '0.0.0', node: '20.19.0' },
    },
    close: async () => {},
  }));
  await command.parseAsync(args, { from: 'user' });
  return { out, err, exitCode };
}

export async function json(args: readonly string[], set: DoctorSettings) {
  const { out, exitCode } = await donna(['--json', ...args], set);
  expect(out).toHaveLength(1);
  const parsed = JSON.parse(out[0] ?? '') as {
    ok: boolean;
    rootCause: { check: string } | null;
    checks: FinishedCheck[];
  };
  const byName = Object.fromEntries(parsed.checks.map((check) => [check.name, check]));
  return { ...parsed, byName, exitCode };
}

/** The demo account with a part of it replaced. */
export function account(change: (state: SandboxState) => Partial<SandboxState>): SandboxState {
  const state = demoAccount();
  return { ...state, ...change(state) };
}

export const longKey = 'sk_0000111122223333444455556666777788889999aaaabbbb';
export const withKey = (permissions?: string[]) =>
  account(({ account: own }) => ({
    account: { ...own, keys: [{ key: longKey, ...(permissions && { permissions }) }] },
  }));

/** The sandbox behind a server that may answer some requests itself. */
export async function behind(
  world: { url: string },
  answer: (request: { method: string; path: string; body: string }) => unknown,
): Promise<string> {
  return serve((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const asked = {
        method: request.method ?? '',
        path: request.url ?? '',
        body: Buffer.concat(chunks).toString(),
      };
      const own = answer(asked);
      if (own !== undefined) {
        reply.setHeader('content-type', 'application/json').end(JSON.stringify(own));
        return;
      }
      const {
        connection,
        host,
        'content-length': length,
        ...headers
      } = request.headers as Record<string, string>;
      const sent = asked.body === '' ? {} : { body: asked.body };
      const through = await fetch({
        method: asked.method,
        url: `${world.url}${asked.path}`,
        headers,
        ...sent,
      });
      const type = through.headers['content-type'] ?? 'text/plain';
      reply.writeHead(through.status, { 'content-type': type }).end(through.body);
    });
  });
}

/** An address of this machine at which nothing listens. */
export async function closedPort(): Promise<string> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return `http://127.0.0.1:${port}`;
}
