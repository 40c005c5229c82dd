import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demo, demoAccount } from '../../src/sandbox/index.ts';
import { createRecordingCli } from '../fixtures/recording-cli.ts';
import { demoVariables, type SandboxWorld, startSandboxWorld } from '../fixtures/sandbox-world.ts';

const CHATS = '+12125550142';

describe('donna call', () => {
  let sandbox: SandboxWorld;
  beforeEach(async () => {
    sandbox = await startSandboxWorld();
  });
  afterEach(() => sandbox.close());

  it('prints the ids in fixed words, the transcript with the variables spoken, and how it ended', async () => {
    const cli = await sandbox.call([CHATS, ...demoVariables]);
    const out = cli.stdout.join('\n');
    expect(out).toMatch(
      /^Call initiated\nConversation ID: conv_\w+\nTwilio Call SID: CA[0-9a-f]{32}\nhttps:\/\/elevenlabs\.io\/app\/conversational-ai\/conversations\/conv_/,
    );
    expect(out).toContain('Hello Ada, this is Donna from Acme. I am calling about invoice INV-7.');
    expect(out).toContain('90 dollars');
    expect(out).toMatch(/answered: A person answered/);
    expect(out).toMatch(/Duration: 0:\d\d\nCost: \d+ credits/);
    expect(cli.exitCode).toBe(0);
    expect(sandbox.rings()).toBe(1);
  });

  it('says first and last that no phone rings, and marks the JSON', async () => {
    const cli = await sandbox.call([CHATS, ...demoVariables, '--json']);
    expect(cli.stderr[0]).toBe('sandbox: no phone will ring');
    expect(cli.stderr.at(-1)).toBe('sandbox: no phone rang');
    expect(cli.stdout).toHaveLength(1);
    const json = JSON.parse(cli.stdout[0] ?? '');
    expect(json).toMatchObject({
      sandbox: true,
      status: 'accepted',
      followed: 'ended',
      report: { outcome: { kind: 'answered', human: 'yes' } },
    });
  });

  it('shows ringing and answered where the carrier can be asked', async () => {
    const cli = await sandbox.call([CHATS, ...demoVariables]);
    const states = cli.stderr.join('\n');
    expect(states).toMatch(/(queued|ringing)[\s\S]*answered[\s\S]*ended/);
  });

  it('places a SIP call by the SIP endpoint and prints its SIP call id', async () => {
    const cli = await sandbox.call([CHATS, ...demoVariables, '--from', '+12125550101', '--no-wait']);
    expect(cli.stdout.join('\n')).toMatch(/SIP call id: /);
    expect(cli.exitCode).toBe(0);
    expect(
      sandbox.sandbox.journal.requests.some(
        (request) => request.path === '/v1/convai/sip-trunk/outbound-call',
      ),
    ).toBe(true);
  });

  it.each([
    ['+12125550120', 'voicemail', 5],
    ['+12125550130', 'busy', 5],
    ['+12125550131', 'no-answer', 5],
    ['+12125550132', 'declined', 5],
    ['+12125550133', 'answered', 0],
    ['+12125550110', 'answered', 0],
  ])('tells how %s ends: %s, exit %i', async (number, outcome, exit) => {
    const cli = await sandbox.call([number, ...demoVariables, '--json']);
    expect(JSON.parse(cli.stdout[0] ?? '').report.outcome.kind).toBe(outcome);
    expect(cli.exitCode).toBe(exit);
  });

  it('calls a declined SIP call declined', async () => {
    const cli = await sandbox.call(['+12125550132', ...demoVariables, '--json', '--from', demo.sipLineId]);
    const json = JSON.parse(cli.stdout[0] ?? '');
    expect(json.cause?.code ?? json.report?.outcome.kind).toBe('declined');
  });

  it.each([
    ['+12125550140', 'invalid-number'],
    ['+12125550141', 'trial-number-unverified'],
  ])('names why %s was not placed: %s', async (number, cause) => {
    const cli = await sandbox.call([number, ...demoVariables, '--json']);
    const json = JSON.parse(cli.stdout[0] ?? '');
    expect(json).toMatchObject({ status: 'not-placed', cause: { code: cause } });
    expect(json.words).not.toBe('');
    expect(cli.exitCode).toBe(4);
    expect(sandbox.rings()).toBe(0);
  });

  it('refuses the same call while it is open or within a minute, asks a person, and obeys --again', async () => {
    const slower = await startSandboxWorld({ speed: 10 });
    try {
      const twice = [CHATS, ...demoVariables, '--no-wait'];
      await slower.call(twice);
      const refused = await slower.call(twice);
      expect(refused.exitCode).toBe(3);
      expect(refused.stderr.join('\n')).toMatch(/(is not over yet|less than a minute ago)[\s\S]*--again/);
      const declined = await slower.call(
        twice,
        createRecordingCli({ interactive: true, answer: () => false }),
      );
      expect(declined.exitCode).toBe(3);
      expect(slower.rings()).toBe(1);
      await slower.call(twice, createRecordingCli({ interactive: true, answer: () => true }));
      await slower.call([...twice, '--again']);
      expect(slower.rings()).toBe(3);
    } finally {
      await slower.close();
    }
  });

  it('takes another variable for another call', async () => {
    await sandbox.call([CHATS, ...demoVariables, '--no-wait']);
    const other = await sandbox.call([CHATS, ...demoVariables, '--var', 'invoice_number=INV-8', '--no-wait']);
    expect(other.exitCode).toBe(0);
    expect(sandbox.rings()).toBe(2);
  });

  it('never dials a number that is blocked or abroad, even without preflight and with --again', async () => {
    for (const number of ['+442079460018', '+8821612345678']) {
      const cli = await sandbox.call([number, '--no-preflight', '--again']);
      expect(cli.exitCode, number).toBe(3);
    }
    const blocked = await startSandboxWorld({ environment: { DONNA_BLOCKED: CHATS } });
    try {
      const cli = await blocked.call([CHATS, '--no-preflight', '--again']);
      expect(cli.exitCode).toBe(3);
      expect(blocked.rings()).toBe(0);
    } finally {
      await blocked.close();
    }
    expect(sandbox.rings()).toBe(0);
  });

  it('stops before the dial when a variable has no value, and says which', async () => {
    const cli = await sandbox.call([CHATS, '--agent', demo.agentWithoutPlaceholdersId]);
    expect(cli.exitCode).toBe(3);
    expect(cli.stderr.join('\n')).toMatch(/\{\{customer_name\}\}[\s\S]*--var customer_name=…/);
    expect(sandbox.rings()).toBe(0);
  });

  it('without preflight the same call dies while connected, and the cause is named', async () => {
    const cli = await sandbox.call([
      CHATS,
      '--agent',
      demo.agentWithoutPlaceholdersId,
      '--no-preflight',
      '--json',
    ]);
    const { report } = JSON.parse(cli.stdout[0] ?? '');
    expect(report.outcome).toMatchObject({ kind: 'failed', owner: 'config', connected: true });
    expect(report.outcome.evidence.join(' ')).toContain(
      "Missing required dynamic variables in first message: {'customer_name'}",
    );
    expect(report.outcome.contradicts).toBeDefined();
    expect(cli.exitCode).toBe(7);
  });

  it.each([
    ['a 503 after the call was placed', { kind: 'status' as const, status: 503, when: 'after' as const }],
    ['a lost reply', { kind: 'reply-lost' as const, when: 'after' as const }],
    ['a body that breaks off', { kind: 'body-cut' as const }],
    ['malformed JSON', { kind: 'malformed-json' as const }],
  ])('rings once and adopts the call after %s', async (_, fault) => {
    sandbox.sandbox.faults.add({ operation: 'dialTwilio', fault });
    const cli = await sandbox.call([CHATS, ...demoVariables, '--json']);
    expect(JSON.parse(cli.stdout[0] ?? '')).toMatchObject({
      status: 'accepted',
      adopted: true,
      followed: 'ended',
    });
    expect(sandbox.rings()).toBe(1);
    expect(cli.exitCode).toBe(0);
  });

  it('says unknown, exit 6, when the call cannot be found, and refuses the same call afterwards', async () => {
    sandbox.sandbox.faults.add({
      operation: 'dialTwilio',
      fault: { kind: 'status', status: 500, when: 'before' },
    });
    const cli = await sandbox.call([CHATS, ...demoVariables]);
    expect(cli.exitCode).toBe(6);
    const attempt = /donna calls show (att_\w+)/.exec(cli.stderr.join('\n'))?.[1];
    expect(attempt).toBeDefined();
    const again = await sandbox.call([CHATS, ...demoVariables]);
    expect(again.exitCode).toBe(3);
    expect(again.stderr.join('\n')).toContain(
      `It is still unknown whether an earlier attempt (${attempt}) was placed`,
    );
    expect(sandbox.rings()).toBe(0);
  });

  it('adopts at the next start what a killed process left open', async () => {
    const placed = await sandbox.call([CHATS, ...demoVariables, '--json']);
    const { attempt } = JSON.parse(placed.stdout[0] ?? '');
    const journal = path.join(sandbox.dataDir, 'sandbox-attempts.ndjson');
    const lines = (await readFile(journal, 'utf8')).trimEnd().split('\n');
    // As if the process had died right after the commit.
    await writeFile(journal, `${lines[0]}\n`);
    const next = await sandbox.call(['+12125550143', ...demoVariables, '--no-wait']);
    expect(next.stderr.join('\n')).toContain(`An earlier attempt (${attempt}) was placed after all`);
  });

  it('stops following at Ctrl-C and says that the call goes on', async () => {
    const cli = createRecordingCli();
    const err = cli.err;
    cli.err = (line) => {
      err(line);
      if (/queued|ringing|answered/.test(line)) cli.interrupt();
    };
    await sandbox.call([CHATS, ...demoVariables], cli);
    expect(cli.exitCode).toBe(6);
    expect(cli.stderr.join('\n')).toMatch(
      /The call goes on; follow it again: donna calls show conv_\w+ --watch/,
    );
  });

  it('stops before the dial at Ctrl-C, and rings nobody', async () => {
    const cli = createRecordingCli();
    cli.interrupt();
    await sandbox.call([CHATS, ...demoVariables], cli);
    expect(cli.exitCode).toBe(4);
    expect(cli.stderr.join('\n')).toMatch(/no phone rang[\s\S]*nothing was dialled/);
    expect(sandbox.rings()).toBe(0);
  });

  it('warns that a SIP line records nothing at the carrier', async () => {
    const cli = await sandbox.call([
      CHATS,
      ...demoVariables,
      '--from',
      demo.sipLineId,
      '--record',
      '--no-wait',
    ]);
    expect(cli.stderr.join('\n')).toContain('The carrier records on Twilio lines only');
  });

  it('chooses the only agent and line, and lists them when there are several', async () => {
    const several = await startSandboxWorld({ agentId: null, from: null });
    try {
      const cli = await several.call([CHATS]);
      expect(cli.exitCode).toBe(2);
      expect(cli.stderr.join('\n')).toMatch(/--from[\s\S]*phnum_|--agent[\s\S]*agent_/);
    } finally {
      await several.close();
    }
    const state = demoAccount();
    const single = await startSandboxWorld({
      agentId: null,
      from: null,
      state: { ...state, agents: state.agents.slice(0, 1), lines: state.lines.slice(0, 1) },
    });
    try {
      const cli = await single.call([CHATS, ...demoVariables, '--no-wait']);
      expect(cli.exitCode).toBe(0);
    } finally {
      await single.close();
    }
  });

  it('lists the lines that exist when --from names none of them', async () => {
    for (const from of ['+12125550199', 'phnum_unknown']) {
      const cli = await sandbox.call([CHATS, '--from', from]);
      expect(cli.exitCode).toBe(2);
      expect(cli.stderr.join('\n')).toContain(demo.twilioLineId);
    }
  });

  it('shows what is said while it is said on an enterprise account, and says so elsewhere', async () => {
    const creator = await sandbox.call([CHATS, ...demoVariables, '--live']);
    expect(creator.stderr.join('\n')).toMatch(/--live: .*enterprise/);
    const state = demoAccount();
    const [agent] = state.agents;
    if (!agent) throw new Error('the demo account has an agent');
    const enterprise = await startSandboxWorld({
      state: {
        ...state,
        account: { ...state.account, plan: 'enterprise' },
        agents: [
          {
            ...agent,
            conversation_config: { ...agent.conversation_config, conversation: { monitoring_enabled: true } },
          },
        ],
      },
    });
    try {
      const cli = await enterprise.call([CHATS, ...demoVariables, '--live']);
      const live = cli.stderr.join('\n');
      expect(live).toMatch(/agent Hello Ada/);
      expect(live).toMatch(/callee /);
    } finally {
      await enterprise.close();
    }
  });
});

describe('donna call with bad input', () => {
  let sandbox: SandboxWorld;
  beforeEach(async () => {
    sandbox = await startSandboxWorld();
  });
  afterEach(() => sandbox.close());

  it.each([
    [['hello'], /not a phone number/],
    [['2125550142'], /does not start with \+/],
    [[`+1${'2'.repeat(80)}`], /characters long|digits/],
    [[CHATS, '--var', 'nonsense'], /name=value/],
    [[CHATS, '--var-json', 'n={"a":1}'], /string, a number, true or false/],
    [[CHATS, '--ring-timeout', '0'], /1 to 999/],
    [[CHATS, '--vars', 'missing.json'], /no such file/],
    [[CHATS, '--from', 'a b'], /not an id/],
    [[CHATS, '--var', 'system__time=now'], /reserved: it belongs to ElevenLabs/],
    [[CHATS, '--var', 'donna_attempt_id=x', '--no-preflight'], /reserved: it belongs to Donna/],
  ])('%j: one clear line, exit 2, nothing dialled', async (args, message) => {
    const cli = await sandbox.call(args as string[]);
    expect(cli.exitCode).toBe(2);
    expect(cli.stderr.join('\n')).toMatch(message as RegExp);
    expect(sandbox.rings()).toBe(0);
  });

  it('names the place of a misplaced variable in --client-data', async () => {
    const file = path.join(sandbox.dataDir, 'data.json');
    await writeFile(file, JSON.stringify({ customer_name: 'Ada' }));
    const cli = await sandbox.call([CHATS, '--client-data', file]);
    expect(cli.exitCode).toBe(2);
    expect(cli.stderr.join('\n')).toContain('customer_name is not a field here');
  });

  it('keeps the key out of everything it says', async () => {
    const cli = await sandbox.call([CHATS, ...demoVariables, '--json']);
    const refused = await sandbox.call(['+12125550141', ...demoVariables, '--json']);
    const journal = await readFile(path.join(sandbox.dataDir, 'sandbox-attempts.ndjson'), 'utf8');
    for (const text of [...cli.said, ...refused.said, journal]) {
      expect(text).not.toMatch(/xi-api-key|authorization/i);
      expect(text).not.toContain(Buffer.from(`${demo.twilioSid}:${demo.twilioToken}`).toString('base64'));
    }
  });
});
