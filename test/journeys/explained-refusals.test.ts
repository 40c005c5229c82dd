import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { declareCall } from '../../src/cli/commands/call.ts';
import { declareSandbox } from '../../src/cli/commands/sandbox.ts';
import { createSandboxWorld } from '../../src/main/sandbox-world.ts';
import { createCallWorld } from '../../src/main/world.ts';
import { createRecordingCli } from '../fixtures/recording-cli.ts';
import { runCommand } from '../fixtures/run-command.ts';
import { demoVariables, type SandboxWorld, startSandboxWorld } from '../fixtures/sandbox-world.ts';

const CHATS = '+12125550142';

describe('donna call', () => {
  let sandbox: SandboxWorld;
  beforeEach(async () => {
    sandbox = await startSandboxWorld();
  });
  afterEach(() => sandbox.close());

  const struck = (status: number, detail: unknown) =>
    sandbox.sandbox.faults.add({
      operation: 'dialTwilio',
      fault: { kind: 'status', status, when: 'before', body: { detail } },
    });

  it('explains a configured address that has a path too much', async () => {
    const baseUrl = `${sandbox.url}/v1`;
    const open = () =>
      createCallWorld(sandbox.settings, {
        ...sandbox.accounts,
        elevenlabs: { ...sandbox.accounts.elevenlabs, baseUrl },
      });
    const args = [CHATS, ...demoVariables];
    const { stderr, exitCode } = await runCommand(declareCall, open, args);
    const said = stderr.join('\n');
    expect(said).toMatch(
      /→ 404, request .*\n {2}`\/v1` stands twice in front of the path\.\n {2}Meant is GET \/v1\//,
    );
    expect(said).toContain('More: donna spec show GET');
    expect(exitCode).toBe(4);
    const { stdout } = await runCommand(declareCall, open, [...args, '--json']);
    expect(JSON.parse(stdout[0] ?? '').error.explanation).toMatchObject({
      verdict: 'wrong',
      rules: ['wrong-base-path'],
    });
  });

  it('explains a dial that is refused after its cause, and keeps no number in the explanation', async () => {
    struck(422, [{ type: 'value_error', loc: ['body', 'to_number'], msg: `${CHATS} is not dialled` }]);
    const { stderr, stdout, exitCode } = await sandbox.call([CHATS, ...demoVariables, '--json']);
    const cause = stderr.findIndex((line) => line.includes('The call was not placed.'));
    const explained = stderr.findIndex((line) => line.includes('The provider refuses `to_number`'));
    expect(cause).toBeGreaterThan(-1);
    expect(explained).toBeGreaterThan(cause);
    expect(exitCode).toBe(4);
    const { status, explanation } = JSON.parse(stdout[0] ?? '');
    expect([status, explanation.verdict, explanation.rules]).toEqual([
      'not-placed',
      'wrong',
      ['provider-error'],
    ]);
    expect(JSON.stringify(explanation)).not.toContain('555');
  });

  it('makes no noise about a request that is right', async () => {
    struck(401, { status: 'invalid_api_key', message: 'Invalid API key' });
    const { stderr, stdout } = await sandbox.call([CHATS, ...demoVariables, '--json']);
    expect(stderr.join('\n')).not.toMatch(/as the document has|More: /);
    expect(JSON.parse(stdout[0] ?? '').explanation).toMatchObject({ verdict: 'nothing-wrong' });
  });
});

describe('donna sandbox', () => {
  it('tells on stderr what it refuses, and why', async () => {
    const cli = createRecordingCli();
    const running = runCommand(declareSandbox, createSandboxWorld, ['--port', '0', '--json'], cli);
    await vi.waitFor(() => expect(cli.stdout).toHaveLength(1));
    const { url, apiKey } = JSON.parse(cli.stdout[0] ?? '');
    const reply = await fetch(`${url}/v1/convai/phone-number/phnum_9d41kq/call`, {
      method: 'POST',
      headers: { 'xi-api-key': apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ agent_id: 'agent_5f2kq8', to_phone_number: CHATS }),
    });
    expect(reply.status).toBe(404);
    await vi.waitFor(() => expect(cli.stderr.join('\n')).toContain('to_phone_number → to_number'), 10_000);
    expect(cli.stderr.join('\n')).toMatch(
      /! POST \/v1\/convai\/phone-number\/phnum_9d41kq\/call → 404\n.*\n {2}Meant .* POST \/v1\/convai\/twilio\/outbound-call/,
    );
    expect(cli.stdout).toHaveLength(1);
    cli.interrupt();
    await running;
  });
});
