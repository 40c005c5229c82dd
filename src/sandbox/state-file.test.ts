import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoAccount } from './demo-account.ts';
import type { SandboxState } from './state.ts';
import { readStateDocument } from './state-document.ts';
import { createStateFile } from './state-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const withAgent =
  (name: string) =>
  (saved: SandboxState = { ...demoAccount(), agents: [] }): SandboxState => ({
    ...saved,
    agents: [
      ...saved.agents,
      ...demoAccount()
        .agents.slice(0, 1)
        .map((one) => ({ ...one, agent_id: name })),
    ],
  });

async function agentsIn(path: string): Promise<string[]> {
  const state = await createStateFile(path).load();
  return (state?.agents ?? []).map((agent) => agent.agent_id).toSorted();
}

const PROGRAM = `
import { demoAccount } from './demo-account.ts';
import { createStateFile } from './state-file.ts';
const [path, name] = process.argv.slice(2);
const file = createStateFile(path);
for (let n = 0; n < 5; n++) {
  await file.change((saved = { ...demoAccount(), agents: [] }) => ({
    ...saved,
    agents: [...saved.agents, { ...demoAccount().agents[0], agent_id: name + n }],
  }));
}
`;

describe('the state file', () => {
  it('is absent before the first save', async () => {
    expect(await createStateFile(join(folder, 'sandbox.json')).load()).toBeUndefined();
  });

  it('gives back what was saved, to its owner alone, and leaves nothing beside', async () => {
    const path = join(folder, 'deeper', 'sandbox.json');
    const file = createStateFile(path);
    await file.change(demoAccount);
    expect(await file.load()).toEqual(demoAccount());
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'deeper'))).toEqual(['sandbox.json']);
  });

  it('sees what another process saved', async () => {
    const path = join(folder, 'sandbox.json');
    const [ours, theirs] = [createStateFile(path), createStateFile(path)];
    await ours.change(demoAccount);
    await ours.load();
    await theirs.change(() => ({ ...demoAccount(), agents: [] }));
    expect((await ours.load())?.agents).toEqual([]);
  });

  it('loses no change of several stores that work on it at once', async () => {
    const path = join(folder, 'sandbox.json');
    const names = Array.from({ length: 24 }, (_, index) => `agent_${index}`);
    await Promise.all(names.map((name) => createStateFile(path).change(withAgent(name))));
    expect(await agentsIn(path)).toEqual(names.toSorted());
    expect(await readdir(folder)).toEqual(['sandbox.json']);
  });

  it('loses no change of several processes that work on it at once', async () => {
    const path = join(folder, 'sandbox.json');
    const program = join(folder, 'program.mjs');
    await build({
      stdin: { contents: PROGRAM, resolveDir: import.meta.dirname, loader: 'ts' },
      outfile: program,
      bundle: true,
      format: 'esm',
      platform: 'node',
    });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const run = promisify(execFile);
    await Promise.all(names.map((name) => run(process.execPath, [program, path, name])));
    expect(await agentsIn(path)).toEqual(names.flatMap((name) => [0, 1, 2, 3, 4].map((n) => `${name}${n}`)));
    expect((await readdir(folder)).toSorted()).toEqual(['program.mjs', 'sandbox.json']);
  }, 30_000);

  it('passes on what an edit throws, and stays as it was', async () => {
    const path = join(folder, 'sandbox.json');
    const file = createStateFile(path);
    await file.change(demoAccount);
    const failing = file.change(() => {
      throw new RangeError('no');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await file.load()).toEqual(demoAccount());
    expect(await readdir(folder)).toEqual(['sandbox.json']);
  });

  it('refuses a file that is no state, with a hint', async () => {
    const path = join(folder, 'sandbox.json');
    await writeFile(path, '{ half');
    await expect(createStateFile(path).load()).rejects.toMatchObject({ code: 'bad-input' });
    await expect(createStateFile(join(path, 'x')).change(demoAccount)).rejects.toMatchObject({
      code: 'storage',
    });
  });
});

describe('a state document', () => {
  it('needs an account, and fills in the rest', () => {
    const { twilio, account } = demoAccount();
    const state = readStateDocument({
      account: { keys: account.keys },
      twilio: { sid: twilio.sid, token: 't' },
    });
    expect(state).toMatchObject({ version: 1, agents: [], account: { plan: 'creator' } });
  });

  it('names the place of a mistake', () => {
    const demo = demoAccount();
    const wrong = { ...demo, lines: [{ ...demo.lines[0], provider: 'carrier-pigeon' }] };
    expect(() => readStateDocument(wrong)).toThrow(/lines\.0\.provider/);
    expect(() => readStateDocument({ ...demo, colour: 'red' })).toThrow(/top level.*colour/);
    expect(() => readStateDocument('x')).toThrow(/top level/);
  });
});
