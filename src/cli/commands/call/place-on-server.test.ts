import { describe, expect, it } from 'vitest';
import {
  accepted,
  attemptView,
  callView,
  fakeService as createFake,
  entry,
  type FakeService,
  outcomeView,
  overView,
} from '../../../../test/fixtures/fake-service.ts';
import { createRecordingCli, type RecordingCli } from '../../../../test/fixtures/recording-cli.ts';
import { runCommand } from '../../../../test/fixtures/run-command.ts';
import { AppError } from '../../../kernel/errors.ts';
import { createVirtualClock } from '../../../kernel/virtual-clock.ts';
import type { ServiceApi } from '../../service/service-api.ts';
import { declareCall } from '../call.ts';

const NUMBER = '+12125550142';
const submitted = (call = callView(), replayed = false) => ({
  kind: 'submitted',
  call: { ...call, warnings: [] },
  replayed,
});
const noWorld = async (): Promise<never> => {
  throw new AppError('bad-config', 'There is no account here.');
};
const going = { stopped: false, by: null, reason: null, at: null, sandbox: true };
const fakeService = (answers: Parameters<typeof createFake>[0]) =>
  createFake({ readDialling: () => going, ...answers });
const asks = (server: FakeService) => server.asked.filter(([name]) => name === 'createCall');
const call = (server: FakeService, args: readonly string[] = [], cli?: RecordingCli) =>
  runCommand(
    (command, given) => declareCall(command, given, noWorld, async () => server),
    noWorld,
    [NUMBER, ...args],
    cli,
  );
const json = (cli: RecordingCli) => {
  expect(cli.stdout).toHaveLength(1);
  return JSON.parse(cli.stdout[0] ?? '');
};
const talked = [
  entry('submitted'),
  entry('claimed'),
  accepted,
  entry('progress', { state: 'ringing' }, 2),
  entry('progress', { state: 'answered' }, 7),
  { kind: 'end', call: overView('answered') } as const,
];
const held = entry('gate-waits', {
  rule: 'window',
  sentence: 'It is outside the calling hours.',
  until: '2026-03-05T14:00:00.000Z',
});

describe('a call through the server', () => {
  it('is asked for once, by a person who waits, with one attempt', async () => {
    const server = fakeService({ createCall: () => submitted(), follow: talked });
    await call(server, [
      '--var',
      'customer_name=Ada',
      '--from',
      'phnum_2',
      '--ring-timeout',
      '20',
      '--record',
    ]);
    const [[, body, key] = []] = asks(server);
    expect(key).toBeUndefined();
    expect(body).toMatchObject({
      to: NUMBER,
      line: 'phnum_2',
      clientData: { dynamic_variables: { customer_name: 'Ada' } },
      ringTimeoutSecs: 20,
      record: true,
      personWaiting: true,
      retry: { busy: { maxAttempts: 1 }, 'no-answer': { maxAttempts: 1 }, failed: { maxAttempts: 1 } },
    });
  });

  it('is shown as one without a server is, and ends with its code', async () => {
    const cli = await call(fakeService({ createCall: () => submitted(), follow: talked }));
    expect(cli.exitCode).toBe(0);
    expect(cli.stdout.slice(0, 3)).toEqual([
      'Call initiated',
      'Conversation ID: conv_1',
      'Twilio Call SID: CA1',
    ]);
    expect(cli.stdout.join('\n')).toContain('✓ answered: It is answered.\nDuration: 0:12\nCost: $0.03');
    expect(cli.stderr).toEqual(
      expect.arrayContaining([
        ' 0:00 initiated',
        ' 0:02 ringing',
        ' 0:07 answered',
        'sandbox: no phone rang',
      ]),
    );
  });

  it('is one object with --json', async () => {
    const cli = await call(fakeService({ createCall: () => submitted(), follow: talked }), ['--json']);
    expect(json(cli)).toMatchObject({
      sandbox: true,
      server: 'http://127.0.0.1:4000',
      status: 'accepted',
      to: NUMBER,
      call: 'call_1',
      attempt: 'att_1',
      conversationId: 'conv_1',
      followed: 'ended',
      report: { outcome: { kind: 'answered' }, durationSecs: 12 },
    });
  });

  it.each([
    ['busy', overView('busy'), 5],
    ['failed while connected', overView('failed', { connected: true }), 7],
    ['unknown', overView('unknown'), 6],
    [
      'not placed',
      callView({
        status: 'ended',
        outcome: outcomeView('failed'),
        attempts: [attemptView({ state: 'ended', committedAt: '2026-03-04T15:00:00.000Z' })],
      }),
      4,
    ],
    ['refused by the gate at the dial', callView({ status: 'ended', outcome: outcomeView('failed') }), 3],
  ])('that is %s has the exit code of the table', async (_, over, code) => {
    const server = fakeService({ createCall: () => submitted(), follow: [{ kind: 'end', call: over }] });
    expect((await call(server)).exitCode).toBe(code);
  });

  it('returns when it is accepted, with --no-wait', async () => {
    const getCall = () => callView({ status: 'accepted', conversationId: 'conv_1' });
    const cli = await call(fakeService({ createCall: () => submitted(), getCall, follow: talked }), [
      '--no-wait',
      '--json',
    ]);
    expect(cli.exitCode).toBe(0);
    expect(json(cli)).toMatchObject({ status: 'accepted', conversationId: 'conv_1' });
  });

  it('that guard or preflight refuses says what speaks against it', async () => {
    const findings = [
      { rule: 'country', severity: 'error', where: NUMBER, evidence: 'Not this country.', fix: 'Allow it.' },
    ] as const;
    const createCall = () => ({ kind: 'refused', code: 'guard', detail: 'The guard refuses.', findings });
    const cli = await call(fakeService({ createCall }));
    expect(cli.exitCode).toBe(3);
    expect(cli.stderr.join('\n')).toContain('✗ Not this country.\n  → Allow it.\nNothing was dialled.');
  });

  it('says what has no meaning there', async () => {
    const cli = await call(fakeService({ createCall: () => submitted(), follow: talked }), [
      '--live',
      '--no-preflight',
    ]);
    expect(cli.stderr.join('\n')).toMatch(/--live.*--local[\s\S]*--no-preflight/);
  });
});

describe('the same call again', () => {
  const running = callView({
    status: 'accepted',
    conversationId: 'conv_1',
    createdAt: '2026-03-04T14:59:18.000Z',
  });

  it('is refused, with how long ago and which', async () => {
    const cli = await call(fakeService({ createCall: () => submitted(running, true) }), ['--json']);
    expect(cli.exitCode).toBe(3);
    expect(json(cli)).toMatchObject({ status: 'refused', refusedBy: 'guard', earlierCall: 'call_1' });
    expect(cli.stderr.join('\n')).toContain(
      'The same call was asked for 42 s ago: call_1 (not over: accepted).',
    );
  });

  it('is dialled when the person at the terminal means it', async () => {
    let first = true;
    const createCall = () => {
      const answer = submitted(first ? running : callView(), first);
      first = false;
      return answer;
    };
    const server = fakeService({ createCall, follow: talked });
    const cli = await call(server, [], createRecordingCli({ interactive: true, answer: () => true }));
    expect(cli.exitCode).toBe(0);
    expect(asks(server).map(([, , key]) => key)).toEqual([undefined, 'cli-1']);
  });

  it('has a key of its own with --again', async () => {
    const server = fakeService({ createCall: () => submitted(), follow: talked });
    await call(server, ['--again']);
    expect(asks(server)[0]?.[2]).toBe('cli-1');
  });

  it('is asked for afresh where the earlier one reached nobody, and then again is a repetition', async () => {
    const cancelled = callView({ status: 'ended', outcome: outcomeView('cancelled') });
    const keys = new Set<string>();
    const createCall = (_: unknown, key: string | undefined) => {
      if (key === undefined) return submitted(cancelled, true);
      const replayed = keys.has(key);
      keys.add(key);
      return submitted(replayed ? running : callView({ id: 'call_2' }), replayed);
    };
    const server = fakeService({ createCall, follow: talked });
    expect((await call(server)).exitCode).toBe(0);
    expect((await call(server)).exitCode).toBe(3);
    expect(keys.size).toBe(1);
  });
});

describe('a call that the gate holds up', () => {
  const cancelCall = () => callView({ status: 'ended', outcome: outcomeView('cancelled') });

  it('is taken out of the queue, and what can be done is said', async () => {
    const server = fakeService({ createCall: () => submitted(), cancelCall, follow: [held] });
    const cli = await call(server);
    expect(cli.exitCode).toBe(3);
    expect(server.asked.map(([name]) => name)).toContain('cancelCall');
    expect(cli.stderr.join('\n')).toMatch(
      /outside the calling hours[\s\S]*2026-03-05 14:00Z[\s\S]*taken out of the queue[\s\S]*--bypass window=[\s\S]*--queue/,
    );
  });

  it('stays in it with --queue', async () => {
    const server = fakeService({ createCall: () => submitted(), getCall: () => callView(), follow: [held] });
    const cli = await call(server, ['--queue', '--json']);
    expect(cli.exitCode).toBe(0);
    expect(json(cli)).toMatchObject({ status: 'scheduled', followed: 'held', call: 'call_1' });
    expect(server.asked.map(([name]) => name)).not.toContain('cancelCall');
  });

  it('stays in it when the person at the terminal says so', async () => {
    const server = fakeService({ createCall: () => submitted(), getCall: () => callView(), follow: [held] });
    const cli = await call(server, [], createRecordingCli({ interactive: true, answer: () => true }));
    expect(cli.exitCode).toBe(0);
  });

  it('is followed on when it was dialled before it could be taken out', async () => {
    const late = () => callView({ status: 'dialing', cancelledBy: 'local' });
    const server = fakeService({
      createCall: () => submitted(),
      cancelCall: late,
      follow: [held, ...talked],
    });
    expect((await call(server)).exitCode).toBe(0);
  });

  it('waits for what is over in a moment', async () => {
    const soon = entry('gate-waits', {
      rule: 'live-call',
      sentence: 'Another call.',
      until: '2026-03-04T15:00:15.000Z',
    });
    const cli = await call(fakeService({ createCall: () => submitted(), follow: [soon, ...talked] }));
    expect(cli.exitCode).toBe(0);
    expect(cli.stderr.join('\n')).toContain('held by the gate (live-call)');
  });

  it('is not asked for while all dialling is stopped, unless it may wait in the queue', async () => {
    const readDialling = () => ({ ...going, stopped: true, by: 'Ada', reason: 'wrong script' });
    const server = fakeService({ readDialling, createCall: () => submitted(), follow: talked });
    const cli = await call(server, ['--json']);
    expect([cli.exitCode, asks(server)]).toEqual([3, []]);
    expect(json(cli)).toMatchObject({ status: 'refused', refusedBy: 'gate', findings: [{ rule: 'stop' }] });
    await call(server, ['--queue']);
    expect(asks(server)).toHaveLength(1);
  });

  it('says after a while that it waits for its turn', async () => {
    const clock = createVirtualClock();
    const createCall = () => submitted();
    const server = createFake(
      { readDialling: () => going, createCall, getCall: () => callView() },
      { clock },
    );
    const api: ServiceApi = Object.create(server.api, {
      followCall: {
        value: async function* () {
          yield entry('submitted');
          await clock.advance(5_000);
        },
      },
    });
    const cli = await call({ ...server, api });
    expect(cli.stderr).toContain('It waits for its turn in the queue of the server: call_1.');
  });

  it('passes a rule with a reason, and only with one', async () => {
    const server = fakeService({ createCall: () => submitted(), follow: talked });
    await call(server, ['--bypass', 'window=She asked for = the evening.']);
    expect(asks(server)[0]?.[1]).toMatchObject({ bypass: { window: 'She asked for = the evening.' } });
    expect((await call(server, ['--bypass', 'window'])).exitCode).toBe(2);
    expect((await call(server, ['--bypass', 'windows=x'])).stderr.join('\n')).toContain(
      'Did you mean window?',
    );
  });
});

describe('a call that is no longer followed', () => {
  it('goes on after Ctrl-C, and can be found again', async () => {
    const getCall = () => callView({ status: 'accepted', conversationId: 'conv_1' });
    const cli = await call(fakeService({ createCall: () => submitted(), getCall, follow: [accepted] }));
    expect(cli.exitCode).toBe(6);
    expect(cli.stderr.join('\n')).toContain('donna calls show call_1 --watch');
  });

  it('is cancelled when the person at the terminal wants that', async () => {
    const cancelCall = () => callView({ status: 'accepted', conversationId: 'conv_1', cancelledBy: 'local' });
    const server = fakeService({ createCall: () => submitted(), cancelCall, follow: [accepted] });
    const cli = await call(server, [], createRecordingCli({ interactive: true, answer: () => true }));
    expect(server.asked.map(([name]) => name)).toContain('cancelCall');
    expect(cli.exitCode).toBe(6);
  });

  it('needs a person when nobody knows how it ended', async () => {
    const getCall = () => callView({ status: 'needs-person' });
    const quiet = entry('quiet', { absent: true, why: 'No trace was found.' });
    const follow = [entry('replied', { reply: 'unknown', why: 'The reply was lost.' }), quiet];
    const cli = await call(fakeService({ createCall: () => submitted(), getCall, follow }), ['--json']);
    expect(cli.exitCode).toBe(6);
    expect(json(cli)).toMatchObject({ status: 'unknown', followed: 'needs-person' });
    expect(cli.stderr.join('\n')).toContain('donna calls resolve call_1');
  });
});
