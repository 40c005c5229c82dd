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

  async function open() {
    const { settings } = readSettings({ ...process.env, DONNA_DATA_DIR: dataDir });
    return createCallWorld(settings, await openAccounts(settings, { sandbox: false }));
  }

  async function call() {
    const cli = createRecordingCli();
    const command = new Command('call').exitOverride();
    declareCall(command, cli, open);
    const vars = Object.entries(variables).flatMap(([name, value]) => [
      '--var-json',
      `${name}=${JSON.stringify(value)}`,
    ]);
    await command.parseAsync([to, ...vars, '--json', '--no-wait'], { from: 'user' });
    return { cli, json: JSON.parse(cli.stdout.at(-1) ?? '{}') };
  }

  it('is placed once, refused the second time, followed to its end, and its outcome is told', async () => {
    const { cli, json } = await call();
    expect(json, cli.stderr.join('\n')).toMatchObject({ sandbox: false, status: 'accepted' });
    expect(json.conversationId).toMatch(/^conv_/);
    expect(json.callSid ?? json.sipCallId).toBeTruthy();

    // Within the minute in which the guard takes the same call for a slip: nobody is rung.
    const second = await call();
    expect(second.json).toMatchObject({ status: 'refused', refusedBy: 'guard' });

    const world = await open();
    try {
      for await (const event of world.followCall({
        conversationId: json.conversationId,
        callSid: json.callSid,
      })) {
        if (event.kind === 'lost') throw new Error(event.why);
        if (event.kind !== 'ended') continue;
        expect(event.report.outcome.kind).not.toBe('unknown');
        expect(event.report.outcome.evidence.length).toBeGreaterThan(0);
      }
    } finally {
      await world.close();
    }
  });
});
