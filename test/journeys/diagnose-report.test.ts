import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { demo } from '../../src/sandbox/index.ts';
import { account, behind, donna, json, longKey, sandbox, settings, withKey } from './run-diagnose.ts';

async function temporaryFile(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'donna-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return path.join(folder, 'report.md');
}

describe('donna diagnose --report', () => {
  it('writes a page with summary, root cause, steps, fix, differences and environment', async () => {
    const world = await sandbox();
    const file = await temporaryFile();
    const { err, exitCode } = await donna(['--report', file], settings(world.url, { apiKey: longKey }));
    const page = await readFile(file, 'utf8');
    expect(page.match(/^#+ .*$/gm)).toEqual([
      '# Diagnosis of an ElevenLabs account for outbound calls',
      '## Summary',
      '## Root cause',
      '## Steps and results',
      '## Fix',
      '## Key differences',
      '## Environment',
    ]);
    expect(page).toContain('**key**: the provider does not know this key');
    expect(page).toContain('It also explains why these could not be checked: key-rights, plan, agents');
    expect(page).toContain(
      '| endpoint | POST /v1/convai/phone-number/{id}/call | POST /v1/convai/twilio/outbound-call',
    );
    expect(page).toContain('- node: 20.19.0');
    expect(err).toContain(`The report is in ${file}.`);
    expect(exitCode).toBe(1);
  });

  it('holds no key beyond its last four characters, even where an answer repeats it', async () => {
    const world = await sandbox(withKey());
    const url = await behind(world, ({ path: asked }) =>
      asked.startsWith('/v1/convai/agents?')
        ? { agents: [{ agent_id: 'agent_1', name: `my key is ${longKey}` }], has_more: false }
        : undefined,
    );
    const file = await temporaryFile();
    const set = settings(url, { apiKey: longKey });
    const { out } = await donna(['--report', file], set);
    const { checks } = await json([], set);
    for (const text of [await readFile(file, 'utf8'), out.join('\n'), JSON.stringify(checks)]) {
      expect(text).not.toContain(longKey);
      expect(text).not.toContain(longKey.slice(0, 20));
      expect(text).toContain('…bbbb');
      expect(text).not.toContain(demo.twilioNumber);
    }
  });

  it('says when the file cannot be written', async () => {
    const world = await sandbox();
    await expect(
      donna(['--only', 'tls', '--report', '/nowhere/at/all/report.md'], settings(world.url)),
    ).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('what an account says', () => {
  it('cannot write to the terminal or into the page by itself', async () => {
    const name = '\u001b[2J\u001b]0;owned\u0007Eve\u202e<img src=x>| [x](https://example.com) @everyone';
    const world = await sandbox(
      account(({ agents }) => ({ agents: agents.map((agent) => ({ ...agent, name })) })),
    );
    const file = await temporaryFile();
    const { out } = await donna(['--report', file], settings(world.url));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test
    expect(out.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    const page = await readFile(file, 'utf8');
    expect(page).toContain('Eve\\<img src=x\\>\\| \\[x\\](https://example.com)');
    expect(page).not.toContain('@everyone');
  });
});

describe('donna diagnose --list and --only', () => {
  it('lists the checks with what they need, without asking anybody', async () => {
    const { out, exitCode } = await donna(['--list'], settings('http://127.0.0.1:1'));
    expect(out).toHaveLength(17);
    expect(out[0]).toMatch(/^reachability +ElevenLabs can be reached$/);
    expect(out.find((line) => line.startsWith('agent '))).toContain('(needs agents)');
    expect(exitCode).toBe(0);
  });

  it('refuses a check that does not exist and names those that do', async () => {
    await expect(donna(['--only', 'keys-right'], settings('http://127.0.0.1:1'))).rejects.toMatchObject({
      code: 'bad-input',
      message: 'There is no check called keys-right.',
      hint: expect.stringMatching(/^Did you mean key-rights\? The checks are: reachability, /),
    });
  });
});
