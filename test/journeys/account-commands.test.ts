import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { declareAgents } from '../../src/cli/commands/agents.ts';
import type { LinesWorld } from '../../src/cli/commands/lines/lines-world.ts';
import { declareLines } from '../../src/cli/commands/lines.ts';
import type { WebhooksWorld } from '../../src/cli/commands/webhooks/webhooks-world.ts';
import { declareWebhooks } from '../../src/cli/commands/webhooks.ts';
import { createEnvFile } from '../../src/cli/env-file.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { createLinesWorld } from '../../src/main/lines-world.ts';
import { createWebhooksWorld } from '../../src/main/webhooks-world.ts';
import { demo, demoAccount, type SandboxState } from '../../src/sandbox/index.ts';
import { createRecordingCli, type RecordingCli } from '../fixtures/recording-cli.ts';
import { runCommand } from '../fixtures/run-command.ts';
import { type SandboxWorld, startSandboxWorld } from '../fixtures/sandbox-world.ts';

const SPARE = '+12125550104';
const MUTE = '+12125550105';
const PASSWORD = 'horse battery 42';

let sandbox: SandboxWorld;
const start = async (change: (state: SandboxState) => Partial<SandboxState> = () => ({})) => {
  const state = demoAccount();
  const [first] = state.twilio.numbers;
  if (!first) throw new Error('the demo account has a number');
  const number = (phone_number: string, digit: string, voice: boolean) => ({
    ...first,
    sid: `PN${'0'.repeat(31)}${digit}`,
    phone_number,
    voice,
    friendly_name: 'Spare',
  });
  const twilio = {
    ...state.twilio,
    numbers: [first, number(SPARE, '4', true), number(MUTE, '5', false)],
  };
  sandbox = await startSandboxWorld({ state: { ...state, twilio, ...change(state) } });
};
afterEach(() => sandbox.close());

describe('donna agents list', () => {
  const agents = (...args: string[]) =>
    runCommand(declareAgents, () => ({ ...sandbox.world, close: async () => {} }), ['list', ...args]);

  it('lists ids and names, and which one speaks by default', async () => {
    await start();
    const { agents: list } = JSON.parse((await agents('--json')).stdout[0] ?? '');
    expect(list).toEqual([
      { id: demo.agentId, name: 'Donna', default: true },
      { id: demo.agentWithoutPlaceholdersId, name: 'Donna (no placeholders)', default: false },
    ]);
    const { stdout, stderr } = await agents();
    expect(stdout[1]).toMatch(new RegExp(`^${demo.agentId} +Donna +yes$`));
    expect(stderr).toEqual(['sandbox account']);
  });

  it('lets no name of an account write to the terminal', async () => {
    await start(({ agents: [agent] }) => ({ agents: agent ? [{ ...agent, name: '\u001b[2J\nDonna' }] : [] }));
    const { stdout } = await agents();
    expect(stdout).toHaveLength(2);
    expect(stdout.join('')).not.toContain('\u001b');
  });

  it('says what to do where there is none', async () => {
    await start(() => ({ agents: [] }));
    expect((await agents()).stderr.join('\n')).toContain('has no agent');
  });
});

describe('donna lines', () => {
  const open = (change: Partial<LinesWorld> = {}) => {
    const settings = { ...sandbox.settings, DONNA_SIP_PASSWORD: undefined };
    return { ...createLinesWorld(settings, sandbox.accounts), ...change };
  };
  const lines = (args: string[], change: Partial<LinesWorld> = {}, cli?: RecordingCli) =>
    runCommand(declareLines, () => open(change), args, cli);
  const imports = () =>
    sandbox.sandbox.journal.requests.filter(({ operation }) => operation === 'importPhoneNumber').length;

  it('lists ids, numbers, providers and agents, without a secret', async () => {
    await start();
    const cli = await lines(['list', '--json']);
    const { lines: list } = JSON.parse(cli.stdout[0] ?? '');
    expect(list[0]).toEqual({
      id: demo.twilioLineId,
      number: demo.twilioNumber,
      provider: 'twilio',
      label: 'Sandbox Twilio line',
      outbound: true,
      assignedAgent: { id: demo.agentId, name: 'Donna' },
      default: true,
    });
    expect((await lines(['list'])).stdout[2]).toMatch(/phnum_\w+ +\+12125550101 +sip_trunk/);
  });

  it('imports a number that Twilio confirms, and shows first what will be sent', async () => {
    await start();
    const cli = await lines(['import', '--twilio', SPARE, '--label', 'Front desk', '--yes', '--json']);
    expect(JSON.parse(cli.stdout[0] ?? '')).toMatchObject({
      line: { number: SPARE, provider: 'twilio', label: 'Front desk' },
    });
    expect(cli.stderr.join('\n')).toMatch(/To be sent: [\s\S]*label: Front desk[\s\S]*token: …/);
    const again = await lines(['import', '--twilio', SPARE, '--yes']);
    expect(again.stderr.join('\n')).toMatch(/is a line already: phnum_/);
    expect(again.exitCode).toBe(2);
    expect(imports()).toBe(1);
  });

  it('asks a person, and imports nothing without a yes', async () => {
    await start();
    const no = createRecordingCli({ interactive: true, answer: () => false });
    await lines(['import', '--twilio', SPARE], {}, no);
    expect(no.stderr.join('\n')).toContain('Nothing was imported');
    expect(imports()).toBe(0);
    const yes = createRecordingCli({ interactive: true, answer: () => true });
    await lines(['import', '--twilio', SPARE], {}, yes);
    expect(yes.stdout[0]).toMatch(/^Imported: phnum_/);
  });

  it('asks for credentials that are not configured, with the token hidden', async () => {
    await start();
    const asked: string[] = [];
    const prompter: LinesWorld['prompter'] = {
      text: async (question) => {
        asked.push(question);
        return demo.twilioSid;
      },
      secret: async (question) => {
        asked.push(`hidden: ${question}`);
        return demo.twilioToken;
      },
      choose: async () => undefined,
    };
    const cli = createRecordingCli({ interactive: true, answer: () => true });
    await lines(['import', '--twilio', SPARE], { twilio: undefined, prompter }, cli);
    expect(asked).toEqual(['Account SID of Twilio', 'hidden: Auth Token of that account']);
    expect(cli.exitCode).toBe(0);
  });

  it('imports a SIP trunk whose password is never shown', async () => {
    await start();
    const trunk = ['--sip', '+12125550106', '--address', 'sip.example.com:5061', '--transport', 'tls'];
    const args = ['import', ...trunk, '--username', 'donna', '--yes'];
    const cli = await lines(args, { sipPassword: PASSWORD });
    expect(cli.exitCode).toBe(0);
    expect(cli.said.join('\n')).toContain('credentials: donna, with a password');
    expect(cli.said.join('\n') + JSON.stringify(sandbox.sandbox.journal.requests)).not.toContain(PASSWORD);
    const lacking = await lines(args.map((arg) => arg.replace('0106', '0107')));
    expect(lacking.stderr.join('\n')).toContain('DONNA_SIP_PASSWORD');
    expect(lacking.exitCode).toBe(2);
  });

  it.each([
    [['--twilio', '+12125550199', '--yes'], /does not own/, 2],
    [['--twilio', MUTE, '--yes'], /no voice/, 4],
    [['--twilio', SPARE], /nobody can be asked/, 2],
    [['--twilio', SPARE, '--sip', SPARE], /what to import/, 2],
    [[], /what to import/, 2],
    [['--twilio', SPARE, '--media-encryption', 'allowed'], /--media-encryption belongs to --sip/, 2],
    [['--twilio', '2125550104'], /not a phone number/, 2],
    [['--sip', '+12125550106', '--yes'], /--address is missing/, 2],
    [['--sip', '+12125550106', '--address', 'sip:a@b', '--yes'], /not a host/, 2],
    [['--sip', '+12125550106', '--address', 'b.example', '--transport', 'tsl'], /not one of/, 2],
  ])('import %j is refused before anything is sent', async (args, why, exit) => {
    await start();
    const cli = await lines(['import', ...args]);
    expect(cli.stderr.join('\n')).toMatch(why);
    expect(cli.exitCode).toBe(exit);
    expect(imports()).toBe(0);
  });

  it('says when Twilio refuses the credentials', async () => {
    await start();
    const twilio = { accountSid: demo.twilioSid, authToken: 'wrong' };
    const cli = await lines(['import', '--twilio', SPARE, '--yes'], { twilio });
    expect(cli.stderr.join('\n')).toMatch(/Twilio does not accept the credentials/);
    expect(imports()).toBe(0);
  });
});

describe('donna webhooks connect', () => {
  const URL_HERE = 'https://donna.example.com/hook';
  const folder = () => path.join(sandbox.dataDir, 'work');
  const envText = () => readFile(path.join(folder(), '.env'), 'utf8');
  const connect = async (args: string[], cli?: RecordingCli, change: Partial<WebhooksWorld> = {}) => {
    await mkdir(folder(), { recursive: true });
    const accounts = { ...sandbox.accounts, sandbox: false };
    const world = createWebhooksWorld(sandbox.settings, accounts, folder());
    return runCommand(declareWebhooks, () => ({ ...world, ...change }), ['connect', ...args], cli);
  };
  const attached = () => (sandbox.sandbox.state.settings.webhooks ?? {}) as Record<string, unknown>;

  it('creates, stores the one secret unseen, attaches the events and turns retries on', async () => {
    await start();
    const cli = await connect(['--url', URL_HERE, '--json']);
    const [webhook] = sandbox.sandbox.state.webhooks;
    expect(JSON.parse(cli.stdout[0] ?? '')).toMatchObject({ created: true, webhookId: webhook?.webhook_id });
    expect(webhook).toMatchObject({ webhook_url: URL_HERE, retry_enabled: true });
    expect(attached()).toMatchObject({
      post_call_webhook_id: webhook?.webhook_id,
      events: ['transcript', 'audio', 'call_initiation_failure'],
    });
    expect(await envText()).toBe(`ELEVENLABS_WEBHOOK_SECRET=${webhook?.secret}\n`);
    expect((await stat(path.join(folder(), '.env'))).mode & 0o777).toBe(0o600);
    expect(cli.said.join('\n')).not.toContain(webhook?.secret);
  });

  it('uses a webhook of the same URL again, and keeps what the settings said besides', async () => {
    await start();
    await connect(['--url', URL_HERE]);
    const [webhook] = sandbox.sandbox.state.webhooks;
    await sandbox.request('PATCH', '/v1/convai/settings', {
      webhooks: {
        post_call_webhook_id: webhook?.webhook_id,
        events: ['unredacted_transcript'],
        transcript_format: 'opentelemetry',
      },
    });
    const cli = await connect(['--url', URL_HERE]);
    expect(cli.stdout[0]).toMatch(/^Used again/);
    expect(sandbox.sandbox.state.webhooks).toHaveLength(1);
    expect(attached()).toMatchObject({ transcript_format: 'opentelemetry' });
    expect(attached().events).toEqual(expect.arrayContaining(['transcript', 'unredacted_transcript']));
  });

  it('replaces neither another webhook nor another secret unless told to', async () => {
    await start();
    await connect(['--url', URL_HERE]);
    const before = await envText();
    const other = ['--url', 'https://other.example.com/'];
    const refused = await connect(other);
    expect(refused.stderr.join('\n')).toMatch(/another webhook: Donna[\s\S]*--replace/);
    expect(refused.exitCode).toBe(4);
    const asked = createRecordingCli({ interactive: true, answer: () => false });
    await connect(other, asked);
    expect(sandbox.sandbox.state.webhooks).toHaveLength(1);
    expect(await envText()).toBe(before);
    expect((await connect([...other, '--replace'])).exitCode).toBe(0);
    expect(await envText()).not.toBe(before);
  });

  it('tells half-way what was done, keeps the secret, and goes on when run again', async () => {
    await start();
    sandbox.sandbox.faults.add({ operation: 'updateSettings', fault: { kind: 'status', status: 503 } });
    const cli = await connect(['--url', URL_HERE]);
    expect(cli.stderr.join('\n')).toMatch(
      /Attaching its events failed[\s\S]*was created; its secret is in [\s\S]*Not done: retries/,
    );
    expect(await envText()).toContain('wsec_');
    expect((await connect(['--url', URL_HERE])).stdout[0]).toMatch(/^Used again/);
    expect(sandbox.sandbox.state.webhooks[0]?.retry_enabled).toBe(true);
  });

  it('keeps the secret of the sandbox in the data directory, which it makes', async () => {
    await start();
    const dataDir = path.join(sandbox.dataDir, 'new', 'data');
    const world = createWebhooksWorld({ ...sandbox.settings, DONNA_DATA_DIR: dataDir }, sandbox.accounts);
    const cli = await runCommand(declareWebhooks, () => world, ['connect', '--url', URL_HERE]);
    expect(cli.exitCode).toBe(0);
    expect(await readFile(path.join(dataDir, 'sandbox.env'), 'utf8')).toMatch(
      /^ELEVENLABS_WEBHOOK_SECRET=wsec_/,
    );
  });

  it('creates no webhook whose secret could not be stored', async () => {
    await start();
    const envFile = createEnvFile(path.join(folder(), 'missing', '.env'));
    const cli = await connect(['--url', URL_HERE], undefined, { envFile });
    expect(cli.stderr.join('\n')).toMatch(/cannot be written \(ENOENT\)/);
    expect(cli.exitCode).toBe(4);
    expect(sandbox.sandbox.state.webhooks).toHaveLength(0);
  });

  /** A file that can be written until it is. */
  const fullAtLast = () => {
    const file = createEnvFile(path.join(folder(), '.env'));
    const set = () => Promise.reject(new AppError('storage', `${file.path} cannot be written (ENOSPC).`));
    return { ...file, set };
  };

  it('keeps the secret in another file, unseen, when .env fails after all', async () => {
    await start();
    const cli = await connect(['--url', URL_HERE], undefined, { envFile: fullAtLast() });
    const [webhook] = sandbox.sandbox.state.webhooks;
    const spare = path.join(sandbox.dataDir, `webhook-${webhook?.webhook_id}.env`);
    expect(await readFile(spare, 'utf8')).toBe(`ELEVENLABS_WEBHOOK_SECRET=${webhook?.secret}\n`);
    expect((await stat(spare)).mode & 0o777).toBe(0o600);
    expect(cli.stderr.join('\n')).toContain(`${webhook?.secret?.slice(-4)} is in ${spare} instead`);
    expect(cli.said.join('\n')).not.toContain(webhook?.secret);
    expect(cli.exitCode).toBe(4);
  });

  it('says what to do when no file takes the secret, and does not print it', async () => {
    await start();
    const spareFiles = () => [createEnvFile(path.join(folder(), 'missing', 'a.env'))];
    const cli = await connect(['--url', URL_HERE], undefined, { envFile: fullAtLast(), spareFiles });
    const [webhook] = sandbox.sandbox.state.webhooks;
    expect(cli.stderr.join('\n')).toMatch(/is lost[\s\S]*Delete the webhook/);
    expect(cli.said.join('\n')).not.toContain(webhook?.secret);
    expect(cli.exitCode).toBe(4);
  });

  it('says so when the reply that held the secret was lost', async () => {
    await start();
    sandbox.sandbox.faults.add({ operation: 'createWebhook', fault: { kind: 'reply-lost' } });
    const cli = await connect(['--url', URL_HERE]);
    expect(cli.stderr.join('\n')).toMatch(/was created, and its secret was lost[\s\S]*Delete that webhook/);
  });

  it('leaves the rest of .env as it stands', async () => {
    await start();
    await mkdir(folder(), { recursive: true });
    await writeFile(path.join(folder(), '.env'), '# mine\nOTHER=1\n');
    await connect(['--url', URL_HERE]);
    expect(await envText()).toMatch(/^# mine\nOTHER=1\nELEVENLABS_WEBHOOK_SECRET=wsec_/);
  });

  it.each([
    ['not a url'],
    ['http://donna.example.com/'],
    ['https://localhost/hook'],
    ['https://user:pw@donna.example.com/'],
    ['ftp://donna.example.com/'],
  ])('refuses %s', async (url) => {
    await start();
    expect((await connect(['--url', url])).exitCode).toBe(2);
    expect(sandbox.sandbox.state.webhooks).toHaveLength(0);
  });
});
