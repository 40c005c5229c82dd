import { execFileSync } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InitWorld } from '../../src/cli/commands/init/init-world.ts';
import { declareInit } from '../../src/cli/commands/init.ts';
import type { Prompter } from '../../src/cli/prompter.ts';
import { createInitWorld } from '../../src/main/init-world.ts';
import { demo, demoAccount } from '../../src/sandbox/index.ts';
import { createRecordingCli } from '../fixtures/recording-cli.ts';
import { runCommand } from '../fixtures/run-command.ts';
import { type SandboxWorld, startSandboxWorld } from '../fixtures/sandbox-world.ts';

const KEY = 'sk_0123456789abcdef';
let sandbox: SandboxWorld;
let folder: string;
let diagnosed: number;

beforeEach(async () => {
  const state = demoAccount();
  const restricted = { key: `${KEY}_restricted`, permissions: ['convai_write'] };
  sandbox = await startSandboxWorld({
    state: { ...state, account: { ...state.account, keys: [{ key: KEY }, restricted] } },
  });
  folder = path.join(sandbox.dataDir, 'work');
  await mkdir(folder);
  diagnosed = 0;
});
afterEach(() => sandbox.close());

/** A person who gives these answers, question by question. */
function person(answers: { texts?: string[]; secrets?: string[]; choices?: string[] }): Prompter {
  const { texts = [], secrets = [], choices = [] } = answers;
  return {
    text: async () => texts.shift(),
    secret: async () => secrets.shift(),
    choose: async (_question, offered) => {
      const wanted = choices.shift();
      return offered.find(({ value }) => value === wanted)?.value;
    },
  };
}

async function init(
  prompter: Prompter,
  options: { args?: string[]; confirm?: (question: string) => boolean; world?: Partial<InitWorld> } = {},
) {
  const settings = {
    ...sandbox.settings,
    ELEVENLABS_BASE_URL: sandbox.url,
    TWILIO_BASE_URL: sandbox.url,
    TWILIO_ACCOUNT_SID: undefined,
    TWILIO_AUTH_TOKEN: undefined,
  };
  const diagnose = async () => {
    diagnosed++;
  };
  const world = { ...createInitWorld(settings, diagnose, folder), prompter, ...options.world };
  const answer = options.confirm ?? ((question: string) => question === 'Write them?');
  const cli = createRecordingCli({ interactive: true, answer });
  return runCommand(declareInit, () => world, options.args ?? [], cli);
}

const env = () => readFile(path.join(folder, '.env'), 'utf8');
const chosen = [demo.agentId, demo.twilioLineId];

describe('donna init', () => {
  it('checks the key, offers agents and lines, writes .env for its owner alone, and diagnoses', async () => {
    const cli = await init(person({ secrets: [KEY], choices: [...chosen] }), { args: ['--json'] });
    expect(await env()).toBe(
      `ELEVENLABS_API_KEY=${KEY}\nELEVENLABS_AGENT_ID=${demo.agentId}\nELEVENLABS_PHONE_NUMBER_ID=${demo.twilioLineId}\n`,
    );
    expect((await stat(path.join(folder, '.env'))).mode & 0o777).toBe(0o600);
    expect(JSON.parse(cli.stdout[0] ?? '')).toMatchObject({
      agentId: demo.agentId,
      lineId: demo.twilioLineId,
    });
    expect(diagnosed).toBe(1);
  });

  it('shows a key by its last four characters alone', async () => {
    const cli = await init(person({ secrets: [KEY], choices: [...chosen] }));
    expect(cli.said.join('\n')).toContain('+ ELEVENLABS_API_KEY=…cdef');
    expect(cli.said.join('\n')).not.toContain(KEY);
  });

  it('asks again for a key that is refused, and gives up after three', async () => {
    const cli = await init(person({ secrets: ['sk_wrong', KEY], choices: [...chosen] }));
    expect(cli.stderr[0]).toMatch(/does not accept the API key/);
    expect(await env()).toContain(KEY);
    const lost = await init(person({ secrets: ['sk_wrong', 'with space', 'sk_wrong'] }));
    expect(lost.exitCode).toBe(2);
    expect(lost.stderr.at(-1)).toMatch(/No key worked/);
  });

  it('takes a key that may not list agents, and asks for the ids', async () => {
    const cli = await init(
      person({ secrets: [`${KEY}_restricted`], texts: [demo.agentId, demo.twilioLineId] }),
    );
    expect(cli.stderr.join('\n')).toContain('convai_read');
    expect(await env()).toContain(`ELEVENLABS_AGENT_ID=${demo.agentId}`);
  });

  it('keeps other lines, shows what was there, and writes nothing without a yes', async () => {
    const before = `# mine\nOTHER=1\nELEVENLABS_AGENT_ID=agent_old # then\n`;
    await writeFile(path.join(folder, '.env'), before);
    const no = await init(person({ secrets: [KEY], choices: [...chosen] }), { confirm: () => false });
    expect(no.stderr.join('\n')).toContain(`~ ELEVENLABS_AGENT_ID=${demo.agentId}   (was agent_old)`);
    expect(await env()).toBe(before);
    expect(diagnosed).toBe(0);
    await init(person({ secrets: [KEY], choices: [...chosen] }));
    expect(await env()).toMatch(
      /^# mine\nOTHER=1\nELEVENLABS_AGENT_ID=agent_0000donna\w+ # then\nELEVENLABS_API_KEY/,
    );
  });

  it('takes Twilio’s credentials once Twilio has accepted them', async () => {
    const prompter = person({
      secrets: [KEY, 'wrong', demo.twilioToken],
      texts: [demo.twilioSid, demo.twilioSid],
      choices: [...chosen],
    });
    const cli = await init(prompter, { confirm: () => true });
    expect(cli.stderr.join('\n')).toMatch(/Twilio does not accept[\s\S]*Twilio accepts them: Donna sandbox/);
    expect(await env()).toContain(`TWILIO_ACCOUNT_SID=${demo.twilioSid}\nTWILIO_AUTH_TOKEN=sandbox\n`);
  });

  it('writes nothing when the person leaves a question', async () => {
    const cli = await init(person({ secrets: [KEY] }));
    expect(cli.stderr.at(-1)).toContain('Given up: nothing was written');
    expect(cli.exitCode).toBe(2);
    await expect(env()).rejects.toThrow();
  });

  it('warns where git would commit the keys, and where the environment goes over the file', async () => {
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    const warned = await init(person({ secrets: [KEY], choices: [...chosen] }), {
      world: { inEnvironment: ['ELEVENLABS_API_KEY'] },
    });
    expect(warned.stderr.join('\n')).toMatch(
      /environment sets ELEVENLABS_API_KEY too[\s\S]*git does not ignore/,
    );
    await writeFile(path.join(folder, '.gitignore'), '.env\n');
    const quiet = await init(person({ secrets: [KEY], choices: [...chosen] }));
    expect(quiet.stderr.join('\n')).not.toContain('git');
  });

  it('says which variables to set where nobody can be asked', async () => {
    const cli = createRecordingCli();
    await runCommand(declareInit, () => Promise.reject(new Error('no world is opened')), [], cli);
    expect(cli.stderr.join('\n')).toMatch(/ELEVENLABS_API_KEY, ELEVENLABS_AGENT_ID/);
    expect(cli.exitCode).toBe(2);
  });
});
