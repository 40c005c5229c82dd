import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declareCall } from '../../src/cli/commands/call.ts';
import { readSettings } from '../../src/main/config.ts';
import { createCallWorld, openAccounts } from '../../src/main/world.ts';
import { createRecordingCli } from '../fixtures/recording-cli.ts';

const to = process.env.DONNA_LIVE_TEST_TO ?? '';
const variables = JSON.parse(process.env.DONNA_LIVE_TEST_VARS ?? '{}') as Record<string, unknown>;

/** The journey of test/journeys/call.test.ts on a real account: one phone rings, once. */
describe('a call on a real account', () => {
  let dataDir = '';
  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'donna-live-'));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  async function call(...extra: string[]) {
    const cli = createRecordingCli();
    const { settings } = readSettings({ ...process.env, DONNA_DATA_DIR: dataDir });
    const command = new Command('call').exitOverride();
    declareCall(command, cli, async () =>
      createCallWorld(settings, await openAccounts(settings, { sandbox: false })),
    );
    const vars = Object.entries(variables).flatMap(([name, value]) => [
      '--var-json',
      `${name}=${JSON.stringify(value)}`,
    ]);
    await command.parseAsync([to, ...vars, '--json', ...extra], { from: 'user' });
    return { cli, json: JSON.parse(cli.stdout.at(-1) ?? '{}') };
  }

  it('is placed, followed to its end, and its outcome is told', async () => {
    const { cli, json } = await call();
    expect(json, cli.stderr.join('\n')).toMatchObject({
      sandbox: false,
      status: 'accepted',
      followed: 'ended',
    });
    expect(json.conversationId).toMatch(/^conv_/);
    expect(json.callSid ?? json.sipCallId).toBeTruthy();
    expect(json.report.outcome.kind).not.toBe('unknown');
    expect(json.report.outcome.evidence.length).toBeGreaterThan(0);
  });

  it('refuses the same call at once, and rings nobody', async () => {
    const { cli } = await call('--no-wait');
    expect(cli.exitCode).toBe(3);
  });
});
