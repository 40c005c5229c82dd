import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcceptedCall, followCall, placeCall } from '../../src/main/library.ts';
import { createSandbox } from '../../src/main/sandbox-library.ts';
import { demo, type Sandbox } from '../../src/sandbox/index.ts';
import { ensureBuilt } from '../fixtures/built.ts';

const variables = { customer_name: 'Ada', company: 'Acme', invoice_number: 'INV-7', amount: '90 dollars' };

describe('the library', () => {
  let sandbox: Sandbox;
  let listening: Awaited<ReturnType<Sandbox['listen']>>;
  let dataDir: string;
  const account = () => ({
    apiKey: demo.apiKey,
    baseUrl: listening.url,
    twilio: { accountSid: demo.twilioSid, authToken: demo.twilioToken, baseUrl: listening.url },
    agentId: demo.agentId,
    from: demo.twilioNumber,
    dataDir,
  });

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'donna-library-'));
    sandbox = await createSandbox({ speed: 40 });
    listening = await sandbox.listen();
  });
  afterAll(async () => {
    await listening.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('places a call and follows it to its report with no more than the call itself', async () => {
    const call = await placeCall({ ...account(), to: '+12125550110', variables });
    expect(call.kind).toBe('accepted');
    const events = [];
    for await (const event of followCall(call as AcceptedCall)) events.push(event);
    const last = events.at(-1);
    expect(last).toMatchObject({ kind: 'ended', report: { outcome: { kind: 'answered', human: 'yes' } } });
    expect(JSON.stringify(last)).toContain('Hello Ada, this is Donna from Acme.');
    const journal = await readFile(path.join(dataDir, 'attempts.ndjson'), 'utf8');
    expect(
      journal
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).kind),
    ).toEqual(['dialing', 'accepted', 'ended']);
  });

  it('never asks: the same call again is refused unless it is meant', async () => {
    const order = { ...account(), to: '+12125550111', variables };
    expect((await placeCall(order)).kind).toBe('accepted');
    const rings = sandbox.journal.rings.length;
    expect(await placeCall(order)).toMatchObject({ kind: 'refused', findings: [{ rule: 'repetition' }] });
    expect(sandbox.journal.rings).toHaveLength(rings);
    expect((await placeCall({ ...order, again: true })).kind).toBe('accepted');
    expect(sandbox.journal.rings).toHaveLength(rings + 1);
  });

  it('goes through the guard, whatever is switched off', async () => {
    const call = await placeCall({
      ...account(),
      to: '+12125550114',
      blocked: ['+12125550114'],
      variables,
      preflight: false,
      again: true,
    });
    expect(call).toMatchObject({ kind: 'refused', code: 'guard', findings: [{ rule: 'blocked-number' }] });
  });

  it('follows a call by its conversation id alone', async () => {
    const call = await placeCall({ ...account(), to: '+12125550130', variables });
    const conversationId = (call as AcceptedCall).ids.conversationId ?? '';
    const events = [];
    for await (const event of followCall({ conversationId }, account())) events.push(event);
    expect(events.at(-1)).toMatchObject({ kind: 'ended', report: { outcome: { kind: 'busy' } } });
  });

  it.each([
    ['a number that is none', { to: '2125550110' }, 'bad-input'],
    ['a variable that is an object', { variables: { customer_name: {} as string } }, 'bad-input'],
    ['an agent that does not exist', { agentId: 'agent_missing' }, 'not-found'],
    ['a wrong setting', { timeoutMs: -1 }, 'bad-config'],
  ])('throws for %s, and nothing rings', async (_what, wrong, code) => {
    const rings = sandbox.journal.rings.length;
    await expect(placeCall({ ...account(), to: '+12125550112', variables, ...wrong })).rejects.toMatchObject({
      code,
    });
    expect(sandbox.journal.rings).toHaveLength(rings);
  });

  it('falls into no sandbox that is not wanted', async () => {
    await expect(placeCall({ to: '+12125550112', dataDir, sandbox: false })).rejects.toMatchObject({
      code: 'bad-config',
    });
  });
});

describe('examples/place-call.ts', () => {
  it('runs as it stands, with the package under its own name', { timeout: 20_000 }, async () => {
    const root = ensureBuilt();
    const home = await mkdtemp(path.join(os.tmpdir(), 'donna-example-'));
    const source = await readFile(path.join(root, 'examples', 'place-call.ts'), 'utf8');
    const { code } = await transform(source, { loader: 'ts' });
    // Beside the build, from where the package finds itself by its name.
    const file = path.join(root, 'dist', `example-${process.pid}.js`);
    await writeFile(file, code);
    try {
      const { PATH = '' } = process.env;
      const child = spawn(process.execPath, [file, '+12125550133'], {
        cwd: home,
        env: { PATH, HOME: home, DONNA_DATA_DIR: home },
      });
      let printed = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          printed += String(chunk);
        });
      }
      const exit = await new Promise((resolve) => child.once('close', resolve));
      expect(printed).toMatch(/ringing[\s\S]*ended[\s\S]*Hello Ada/);
      expect(exit).toBe(0);
    } finally {
      await rm(file, { force: true });
      await rm(home, { recursive: true, force: true });
    }
  });
});
