import { describe, expect, it } from 'vitest';
import { type FakeService, fakeService, startedAt } from '../../../test/fixtures/fake-service.ts';
import { createRecordingCli, type RecordingCli } from '../../../test/fixtures/recording-cli.ts';
import { runCommand } from '../../../test/fixtures/run-command.ts';
import type { SuppressionView } from '../../api/suppression.ts';
import { declareForget } from './forget.ts';
import { declareKeys } from './keys.ts';
import { declareResume } from './resume.ts';
import { declareStop } from './stop.ts';
import { declareSuppress } from './suppress.ts';

type Declare = Parameters<typeof runCommand<FakeService>>[0];

const run = (declare: Declare, service: FakeService, args: readonly string[], cli?: RecordingCli) =>
  runCommand(declare, () => service, args, cli);
const said = (cli: RecordingCli) => cli.said.join('\n');

const key = {
  id: 'key_1',
  name: 'billing',
  role: 'caller',
  lastFour: '…abcd',
  createdAt: startedAt,
  createdBy: 'local',
  revokedAt: null,
  lastUsedAt: null,
  ratePerMinute: 60,
  budget: { calls: 200 },
} as const;

describe('donna keys', () => {
  it('prints a new key alone on stdout', async () => {
    const service = fakeService({ createKey: () => ({ ...key, key: 'donna_secret' }) });
    const cli = await run(declareKeys, service, [
      ...['create', 'billing', '--role', 'operator', '--rate', '60'],
      ...['--budget-calls', '200', '--budget-cents', '5000'],
    ]);
    expect(cli.stdout).toEqual(['donna_secret']);
    expect(service.asked).toEqual([
      [
        'createKey',
        { name: 'billing', role: 'operator', ratePerMinute: 60, budget: { calls: 200, cents: 5000 } },
      ],
    ]);
  });

  it.each([
    [['create', 'no/slash'], 'letters, digits'],
    [['create', 'x', '--role', 'oprator'], 'Did you mean operator?'],
    [['create', 'x', '--rate', '0'], '--rate'],
    [['create', 'x', '--budget-calls', '-1'], '--budget-calls'],
  ])('refuses %j before anything is asked', async (args, why) => {
    const service = fakeService({});
    const cli = await run(declareKeys, service, args);
    expect(cli.exitCode).toBe(2);
    expect(said(cli)).toContain(why);
    expect(service.asked).toEqual([]);
  });

  it('lists keys with their limits, and revokes one', async () => {
    const listed = await run(declareKeys, fakeService({ listKeys: () => [key] }), ['list']);
    expect(listed.stdout[1]).toMatch(
      /key_1 +billing +caller +…abcd +2026-03-04 15:00Z.*60 requests a minute, 200 calls a day/,
    );
    const revoked = await run(declareKeys, fakeService({ revokeKey: () => key }), ['revoke', 'billing']);
    expect(revoked.stdout).toEqual(['Revoked: key_1 (billing, caller)']);
  });
});

describe('donna suppress', () => {
  const suppression = (more: Partial<SuppressionView> = {}): SuppressionView => ({
    id: 'hash of +12125550142',
    masked: '+12•••••••42',
    reason: 'asked-not-to-be-called',
    note: 'By e-mail.',
    addedAt: startedAt,
    addedBy: 'Ada',
    expiresAt: null,
    ...more,
  });
  const list = (items: SuppressionView[]) => ({ listSuppressions: () => ({ items, nextCursor: null }) });
  const hashNumber = (number: string) => `hash of ${number}`;

  it('adds a number with reason, note and end', async () => {
    const service = fakeService({ addSuppression: () => suppression({ expiresAt: '2026-03-05T15:00:00Z' }) });
    const cli = await run(declareSuppress, service, [
      ...['add', '+1 212 555 0142', '--reason', 'asked-not-to-be-called'],
      ...['--note', 'By e-mail.', '--until', '24h'],
    ]);
    expect(service.asked[0]?.[1]).toEqual({
      number: '+12125550142',
      reason: 'asked-not-to-be-called',
      note: 'By e-mail.',
      expiresAt: '2026-03-05T15:00:00.000Z',
    });
    expect(cli.stdout).toEqual([
      '+12125550142 is suppressed since 2026-03-04 15:00Z by Ada: asked-not-to-be-called (By e-mail.), until 2026-03-05 15:00Z',
    ]);
  });

  it.each([
    ['add', '2125550142', 'country code'],
    ['check', 'Ada', 'not a phone number'],
    ['remove', '+1', 'not a phone number'],
  ])('refuses to %s %s', async (verb, number, why) => {
    const cli = await run(declareSuppress, fakeService({}), [verb, number]);
    expect(cli.exitCode).toBe(2);
    expect(said(cli)).toContain(why);
  });

  it('checks a number by its hash where that can be made', async () => {
    const service = fakeService(list([suppression()]), { hashNumber });
    const cli = await run(declareSuppress, service, ['check', '+12125550142', '--json']);
    expect(cli.exitCode).toBe(3);
    expect(JSON.parse(cli.stdout[0] ?? '')).toMatchObject({ certain: true, suppression: { addedBy: 'Ada' } });
  });

  it('says that it may be another one where only the mask fits', async () => {
    const service = fakeService(list([suppression({ id: 'hash of another' })]), { hashNumber });
    const cli = await run(declareSuppress, service, ['check', '+12125550142']);
    expect(cli.exitCode).toBe(3);
    expect(said(cli)).toContain('+12125550142, or one that looks like it');
  });

  it('is sure of a number that no mask fits', async () => {
    const cli = await run(declareSuppress, fakeService(list([suppression()])), ['check', '+12125550143']);
    expect([cli.exitCode, cli.stdout]).toEqual([0, ['+12125550143 is not suppressed.']]);
  });

  it('lists masks, and says how a number is called again', async () => {
    const listed = await run(declareSuppress, fakeService(list([suppression()])), ['list']);
    expect(listed.stdout[1]).toMatch(/\+12•+42 +asked-not-to-be-called .* for ever +By e-mail\./);
    const removed = await run(declareSuppress, fakeService({ removeSuppression: () => {} }), [
      'remove',
      '+12125550142',
    ]);
    expect(removed.stdout).toEqual(['+12125550142 may be called again.']);
  });
});

describe('donna stop and resume', () => {
  const stopped = { stopped: true, by: 'Ada', reason: 'wrong script', at: startedAt, sandbox: true };
  const going = { stopped: false, by: null, reason: null, at: null, sandbox: true };

  it('stop asks nothing', async () => {
    const service = fakeService({ stopDialling: () => stopped });
    const cli = await run(
      declareStop,
      service,
      ['wrong', 'script'],
      createRecordingCli({ interactive: true }),
    );
    expect(service.asked).toEqual([['stopDialling', 'wrong script']]);
    expect(cli.stdout).toEqual(['All dialling is stopped, by Ada at 2026-03-04 15:00Z: wrong script']);
  });

  it('stop needs no reason', async () => {
    const service = fakeService({ stopDialling: () => stopped });
    await run(declareStop, service, []);
    expect(service.asked).toEqual([['stopDialling', 'no reason given']]);
  });

  it('resume asks, and needs --yes where nobody can be asked', async () => {
    const service = () => fakeService({ readDialling: () => stopped, resumeDialling: () => going });
    const refused = await run(declareResume, service(), []);
    expect([refused.exitCode, said(refused)]).toEqual([2, expect.stringContaining('--yes')]);
    const no = service();
    await run(declareResume, no, [], createRecordingCli({ interactive: true, answer: () => false }));
    expect(no.asked.map(([name]) => name)).not.toContain('resumeDialling');
    const yes = await run(declareResume, service(), ['--yes']);
    expect(yes.stdout).toEqual(['Dialling goes on.']);
  });

  it('resume of what was not stopped says so', async () => {
    const cli = await run(declareResume, fakeService({ readDialling: () => going }), []);
    expect([cli.exitCode, cli.stdout]).toEqual([0, ['Dialling is not stopped.']]);
  });
});

describe('donna forget', () => {
  const whole = { erased: 5, alreadyGone: 1, couldNotReach: [] };

  it('asks first', async () => {
    const service = fakeService({ forget: () => whole });
    expect((await run(declareForget, service, ['+12125550142'])).exitCode).toBe(2);
    expect(service.asked).toEqual([]);
  });

  it('says what was erased, and what was gone already', async () => {
    const cli = await run(declareForget, fakeService({ forget: () => whole }), ['+12125550142', '--yes']);
    expect([cli.exitCode, cli.stdout]).toEqual([0, ['✓ Erased: 5', '  Gone already: 1']]);
  });

  it('exits with 4 when something could not be reached', async () => {
    const left = { where: 'ElevenLabs', id: 'conv_1', why: 'no connection' };
    const service = fakeService({ forget: () => ({ ...whole, couldNotReach: [left] }) });
    const cli = await run(declareForget, service, ['+12125550142', '--yes']);
    expect(cli.exitCode).toBe(4);
    expect(said(cli)).toContain(
      'Could not be reached: 1; it is tried again for a week\n  ElevenLabs conv_1: no connection',
    );
  });
});
