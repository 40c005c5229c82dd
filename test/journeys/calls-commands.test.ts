import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { declareCalls } from '../../src/cli/commands/calls.ts';
import { demo, demoAccount } from '../../src/sandbox/index.ts';
import type { RecordingCli } from '../fixtures/recording-cli.ts';
import { runCommand } from '../fixtures/run-command.ts';
import { type SandboxWorld, startSandboxWorld } from '../fixtures/sandbox-world.ts';

const CONFIRMS = '+12125550110';
const CHATS = '+12125550142';
const INVALID = '+12125550140';
const NO_ANSWER = '+12125550131';
const vars = ['--var', 'customer_name=Ada', '--var', 'company=Acme', '--var', 'invoice_number=INV-7'];
const ATTEMPT = 'att_01J00000000000000000000000';

let sandbox: SandboxWorld;
const start = async (options?: Parameters<typeof startSandboxWorld>[0]) => {
  sandbox = await startSandboxWorld(options);
};
afterEach(() => sandbox.close());

/** `donna calls …` in the sandbox's world, which outlives the command. */
const calls = (...args: string[]): Promise<RecordingCli> =>
  runCommand(declareCalls, () => ({ ...sandbox.world, close: async () => {} }), args);
const json = async (...args: string[]) => {
  const cli = await calls(...args, '--json');
  expect(cli.stdout).toHaveLength(1);
  return { ...JSON.parse(cli.stdout[0] ?? ''), exitCode: cli.exitCode };
};
const place = async (to: string, ...args: string[]) =>
  JSON.parse((await sandbox.call([to, ...vars, '--no-wait', '--json', ...args])).stdout[0] ?? '');
/** A call that did not go through the journal here. */
const placeElsewhere = async (to: string, data?: unknown) => {
  const { body } = await sandbox.request('POST', '/v1/convai/twilio/outbound-call', {
    agent_id: demo.agentId,
    agent_phone_number_id: demo.twilioLineId,
    to_number: to,
    ...(data === undefined ? {} : { conversation_initiation_client_data: data }),
  });
  return body as { conversation_id: string; callSid: string };
};
const leaveOpen = (to: string) =>
  sandbox.world.journal.append({
    kind: 'dialing',
    attempt: ATTEMPT,
    at: new Date(sandbox.world.clock.now()).toISOString(),
    to,
    lineId: demo.twilioLineId,
    lineNumber: demo.twilioNumber,
    agentId: demo.agentId,
    fingerprint: 'left by a process that died',
    userId: ATTEMPT,
    again: false,
  });

describe('donna calls show', () => {
  beforeEach(() => start());

  it('says of a running call that the transcript comes at its end, and follows it there with --watch', async () => {
    const { conversationId } = await place(NO_ANSWER);
    const running = await calls('show', conversationId);
    expect(running.stdout.join('\n')).toMatch(/is not over: initiated[\s\S]*transcript comes at the end/);
    expect(running.exitCode).toBe(0);
    const watched = await calls('show', conversationId, '--watch');
    expect(watched.stdout.join('\n')).toContain('no-answer: Nobody answered');
    expect(watched.exitCode).toBe(5);
  });

  it('shows one call by each of its ids, and writes its end into the journal', async () => {
    const { conversationId, callSid, attempt } = await place(CONFIRMS);
    await calls('show', conversationId, '--watch');
    for (const id of [conversationId, callSid, attempt]) {
      const cli = await calls('show', id);
      const text = cli.stdout.join('\n');
      expect(text).toContain(`${demo.twilioNumber} → ${CONFIRMS}`);
      expect(text).toContain('Hello Ada, this is Donna from Acme.');
      expect(text).toMatch(
        /answered: A person[\s\S]*Duration: 0:\d\d[\s\S]*Cost: [\s\S]*Summary: [\s\S]*Collected:/,
      );
      expect(cli.exitCode).toBe(0);
    }
    const shown = await json('show', attempt);
    expect(shown).toMatchObject({ sandbox: true, conversationId, attempt, status: 'done' });
    expect(shown.report.outcome.kind).toBe('answered');
    const entries = await sandbox.world.journal.read();
    expect(entries.filter(({ kind }) => kind === 'ended')).toHaveLength(1);
  });

  it('finds a Call SID that the journal does not know among the conversations', async () => {
    const { callSid, conversation_id } = await placeElsewhere(CHATS);
    expect(await json('show', callSid)).toMatchObject({ conversationId: conversation_id });
  });

  it('adopts an attempt of a process that died, when a conversation carries its id', async () => {
    await leaveOpen(CHATS);
    const carried = { user_id: ATTEMPT, dynamic_variables: { donna_attempt_id: ATTEMPT } };
    const { conversation_id } = await placeElsewhere(CHATS, carried);
    expect(await json('show', ATTEMPT)).toMatchObject({ conversationId: conversation_id, attempt: ATTEMPT });
    const entries = await sandbox.world.journal.read();
    expect(entries.at(-1)).toMatchObject({ kind: 'accepted', conversationId: conversation_id });
  });

  it('says of an attempt that nobody knows that it is unknown, exit 6', async () => {
    await leaveOpen(CHATS);
    const shown = await json('show', ATTEMPT);
    expect(shown).toMatchObject({
      status: 'unknown',
      attempt: ATTEMPT,
      looked: { kind: 'not-found' },
      exitCode: 6,
    });
    const text = (await calls('show', ATTEMPT)).stdout.join('\n');
    expect(text).toContain('no proof');
    expect(text).toContain(`donna calls show ${ATTEMPT} --sandbox`);
  });

  it('takes a call that only the carrier knows for a phone that rang, and not for the attempt', async () => {
    await leaveOpen(CHATS);
    const { callSid, conversation_id } = await placeElsewhere(CHATS);
    await calls('show', conversation_id, '--watch');
    const shown = await json('show', ATTEMPT);
    expect(shown).toMatchObject({ looked: { kind: 'carrier-only', callSid }, exitCode: 6 });
  });

  it('says of a refused attempt that it was not placed, exit 4', async () => {
    const { attempt } = await place(INVALID);
    const cli = await calls('show', attempt);
    expect(cli.stdout.join('\n')).toContain('not placed: it was refused (invalid-number)');
    expect(cli.exitCode).toBe(4);
  });

  it.each([
    ['conv_missing', /no conversation/, 2],
    ['att_missing', /has no attempt/, 2],
    [`CA${'f'.repeat(32)}`, /Twilio knows no call/, 2],
    ['+12125550142', /not the id of a call/, 2],
    ['\u001b[2Jx', /not the id of a call/, 2],
  ])('says why %s is not found', async (id, why, exit) => {
    const cli = await calls('show', id);
    expect(cli.stderr.join('\n')).toMatch(why);
    expect(cli.stderr.join('\n')).not.toContain('\u001b');
    expect(cli.exitCode).toBe(exit);
  });
});

describe('donna calls show of a call that cannot be read whole', () => {
  beforeEach(() => start());
  /** The records of a call that is over, followed by another way. */
  const showBy = (followCall: SandboxWorld['world']['followCall'], id: string, ...args: string[]) =>
    runCommand(declareCalls, () => ({ ...sandbox.world, followCall, close: async () => {} }), [
      'show',
      id,
      ...args,
    ]);
  const ended = async () => {
    const { conversationId } = await place(CONFIRMS);
    await calls('show', conversationId, '--watch');
    return conversationId as string;
  };

  it('gives the reason, exit 6, and does not say that there is no conversation', async () => {
    const id = await ended();
    async function* lost() {
      yield { kind: 'lost', why: 'The key was refused.' } as const;
    }
    const cli = await showBy(lost, id, '--json');
    expect(JSON.parse(cli.stdout[0] ?? '')).toMatchObject({
      conversationId: id,
      status: 'done',
      followed: 'lost',
      why: 'The key was refused.',
    });
    expect(cli.stderr.join('\n')).toContain(`donna calls show ${id} --sandbox`);
    expect(cli.stderr.join('\n')).not.toContain('has no conversation');
    expect(cli.exitCode).toBe(6);
  });

  it('says after Ctrl-C that it was stopped, exit 6', async () => {
    const id = await ended();
    async function* stopped() {}
    const cli = await showBy(stopped, id);
    expect(cli.stderr.join('\n')).toMatch(/Stopped before the call was read/);
    expect(cli.exitCode).toBe(6);
  });
});

describe('donna calls show without Twilio', () => {
  beforeEach(() => start({ withoutTwilio: true }));

  it('still finds a Call SID by opening recent conversations', async () => {
    const { callSid, conversation_id } = await placeElsewhere(CHATS);
    expect(await json('show', callSid)).toMatchObject({ conversationId: conversation_id });
  });

  it('says how many it looked at when it finds none, and what would help', async () => {
    await placeElsewhere(CHATS);
    const cli = await calls('show', `CA${'f'.repeat(32)}`);
    expect(cli.stderr.join('\n')).toMatch(/None of the 1 conversations[\s\S]*TWILIO_ACCOUNT_SID/);
    expect(cli.exitCode).toBe(2);
  });
});

describe('donna calls list', () => {
  beforeEach(() => start());

  it('joins the conversations with the journal, newest first', async () => {
    const other = await placeElsewhere(CHATS);
    const { conversationId, attempt } = await place(CONFIRMS);
    await calls('show', conversationId, '--watch');
    const { calls: rows } = await json('list');
    expect(rows.map((row: { conversationId: string }) => row.conversationId)).toEqual([
      conversationId,
      other.conversation_id,
    ]);
    expect(rows[0].attempt).toMatchObject({ attempt, to: CONFIRMS, note: 'answered' });
    expect(rows[1].attempt).toBeUndefined();
    const cli = await calls('list');
    expect(cli.stdout.find((line) => line.includes(conversationId))).toMatch(/answered +\+12125550110/);
    expect(cli.stderr.join('\n')).toContain('it has no number');
  });

  it('shows what the journal left open, and the journal itself', async () => {
    await leaveOpen(CHATS);
    expect((await json('list')).openAttempts).toMatchObject([{ attempt: ATTEMPT, state: 'dialing' }]);
    expect((await json('list', '--attempts')).attempts).toMatchObject([{ attempt: ATTEMPT, to: CHATS }]);
    expect((await calls('list', '--attempts')).stdout.at(-1)).toContain(ATTEMPT);
  });

  it('narrows by agent, time and count', async () => {
    await placeElsewhere(CHATS);
    await placeElsewhere(CONFIRMS);
    expect((await json('list', '--limit', '1')).calls).toHaveLength(1);
    expect((await json('list', '--since', '1h')).calls).toHaveLength(2);
    expect((await json('list', '--agent', demo.agentWithoutPlaceholdersId)).calls).toHaveLength(0);
  });

  it.each([[['--limit', '0']], [['--limit', '101']], [['--since', 'yesterday']], [['--agent', 'no agent']]])(
    'refuses %j',
    async (args) => {
      expect((await calls('list', ...args)).exitCode).toBe(2);
    },
  );
});

describe('donna calls hangup', () => {
  it('ends a ringing call at the carrier, sees it ended, and says so of the second time', async () => {
    await start({ speed: 1 });
    const { conversationId, callSid } = await place(NO_ANSWER);
    expect(await json('hangup', conversationId)).toMatchObject({ by: 'carrier', ended: true, exitCode: 0 });
    const again = await calls('hangup', callSid);
    expect(again.stdout).toEqual([expect.stringMatching(/over already/)]);
    expect(again.exitCode).toBe(0);
  });

  it('says by whom it could be ended where it cannot', async () => {
    await start({ speed: 1, withoutTwilio: true });
    const { conversationId } = await place(NO_ANSWER);
    const cli = await calls('hangup', conversationId);
    expect(cli.exitCode).toBe(4);
    expect(cli.stderr.join('\n')).toMatch(
      /What can be ended[\s\S]*cannot be ended from here[\s\S]*set TWILIO_ACCOUNT_SID/,
    );
  });

  it('uses the monitoring socket where the plan has it and Twilio is not known', async () => {
    const state = demoAccount();
    await start({
      withoutTwilio: true,
      speed: 4,
      state: { ...state, account: { ...state.account, plan: 'enterprise' } },
    });
    const { conversationId } = await place(CHATS);
    for await (const event of sandbox.world.followCall({ conversationId })) {
      if (event.kind === 'state' && event.state === 'in-progress') break;
    }
    expect(await json('hangup', conversationId)).toMatchObject({ by: 'monitor', ended: true });
  });

  it("leaves a call alone that may be somebody else's, names it, and ends it when it is named", async () => {
    await start({ speed: 1 });
    await leaveOpen(NO_ANSWER);
    const { callSid } = await placeElsewhere(NO_ANSWER);
    const refused = await calls('hangup', ATTEMPT);
    expect(refused.stderr.join('\n')).toMatch(/unknown whose call[\s\S]*Nothing was ended/);
    expect(refused.stderr.join('\n')).toContain(`donna calls hangup ${callSid} --sandbox`);
    expect(refused.exitCode).toBe(4);
    expect((await sandbox.world.carrier?.call(callSid))?.status).not.toBe('completed');
    expect((await sandbox.world.carrier?.call(callSid))?.status).not.toBe('canceled');
    expect(await json('hangup', callSid)).toMatchObject({ by: 'carrier', ended: true });
  });

  it('has nothing to end of a call that was never placed', async () => {
    await start();
    const { attempt } = await place(INVALID);
    expect((await calls('hangup', attempt)).exitCode).toBe(4);
  });
});
