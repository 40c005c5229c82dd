import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../fixtures/built.ts';

let root: string;
let home: string;
beforeAll(async () => {
  root = ensureBuilt();
  home = await mkdtemp(path.join(os.tmpdir(), 'donna-commands-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

function start(args: readonly string[], environment: Record<string, string> = {}): ChildProcess {
  const { PATH = '' } = process.env;
  return spawn(process.execPath, [path.join(root, 'dist', 'donna.js'), ...args], {
    cwd: home,
    env: { PATH, HOME: home, DONNA_DATA_DIR: path.join(home, 'data'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function donna(args: readonly string[], environment?: Record<string, string>) {
  const child = start(args, environment);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    err += String(chunk);
  });
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { out, err, exit };
}

describe('the commands as processes', () => {
  it('find in a later process the call that an earlier one placed', async () => {
    const placed = await donna(['call', '+12125550131', '--no-wait', '--json']);
    const { conversationId, attempt } = JSON.parse(placed.out);
    const shown = await donna(['calls', 'show', attempt, '--json']);
    expect(JSON.parse(shown.out)).toMatchObject({ sandbox: true, conversationId, status: 'initiated' });
    const ended = await donna(['calls', 'hangup', conversationId, '--json']);
    expect(JSON.parse(ended.out)).toMatchObject({ by: 'carrier', ended: true });
    const listed = await donna(['calls', 'list', '--json']);
    expect(JSON.parse(listed.out).calls).toMatchObject([{ conversationId, attempt: { attempt } }]);
  });

  it('serve the sandbox until Ctrl-C, for a client in another process', async () => {
    const child = start(['sandbox', '--port', '0', '--json', '--plan', 'enterprise']);
    const line = await new Promise<string>((resolve) => {
      child.stdout?.once('data', (chunk) => resolve(String(chunk)));
    });
    const { url, apiKey, plan, twilio } = JSON.parse(line);
    expect(plan).toBe('enterprise');
    const agents = await donna(['agents', 'list', '--json'], {
      ELEVENLABS_BASE_URL: url,
      ELEVENLABS_API_KEY: apiKey,
      TWILIO_BASE_URL: url,
      TWILIO_ACCOUNT_SID: twilio.accountSid,
      TWILIO_AUTH_TOKEN: twilio.authToken,
    });
    expect(JSON.parse(agents.out)).toMatchObject({ sandbox: false, agents: [{ name: 'Donna' }, {}] });
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGINT');
    expect(await closed).toBe(0);
  });

  it('start the sandbox from a file, and name the place of a mistake in it', async () => {
    const file = path.join(home, 'state.json');
    await writeFile(file, JSON.stringify({ account: { keys: [{ key: 'mine' }], plan: 'gold' } }));
    const wrong = await donna(['sandbox', '--port', '0', '--state', file]);
    expect(wrong.err).toMatch(/account\.plan/);
    expect(wrong.exit).toBe(2);
  });

  it('list who answers in the sandbox, and what is known of the providers', async () => {
    const callees = await donna(['sandbox', '--callees', '--json']);
    expect(JSON.parse(callees.out).callees).toContainEqual(
      expect.objectContaining({ name: 'confirms', suffixes: ['0110'] }),
    );
    const fidelity = await donna(['sandbox', '--fidelity']);
    expect(fidelity.out).toMatch(/^document \(\d+\)[\s\S]*^unverified \(\d+\)/m);
  });

  it.each([
    [['calls', 'show', '--help'], /conv_…/],
    [['calls', 'list', '--help'], /donna calls list/],
    [['calls', 'hangup', '--help'], /What can be ended, and by whom/],
    [['agents', 'list', '--help'], /donna agents list/],
    [['lines', 'import', '--help'], /DONNA_SIP_PASSWORD/],
    [['webhooks', 'connect', '--help'], /ELEVENLABS_WEBHOOK_SECRET/],
    [['sandbox', '--help'], /--fidelity/],
    [['init', '--help'], /donna init/],
  ])('%j has help with an example', async (args, words) => {
    const { out, exit } = await donna(args);
    expect(out).toMatch(words);
    expect(out).toMatch(/Examples?:\n {2}donna /);
    expect(exit).toBe(0);
  });

  it.each([
    [['sandbox', '--port', '99999']],
    [['sandbox', '--speed', 'fast']],
    [['sandbox', '--state', 'missing.json']],
    [['calls', 'show', 'nothing']],
    [['calls']],
    [['init']],
  ])('%j is bad input, exit 2', async (args) => {
    expect((await donna(args)).exit).toBe(2);
  });
});
