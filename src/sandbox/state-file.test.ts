import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoAccount } from './demo-account.ts';
import { readStateDocument } from './state-document.ts';
import { createStateFile } from './state-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the state file', () => {
  it('is absent before the first save', async () => {
    expect(await createStateFile(join(folder, 'sandbox.json')).load()).toBeUndefined();
  });

  it('gives back what was saved, to its owner alone, and leaves nothing beside', async () => {
    const path = join(folder, 'deeper', 'sandbox.json');
    const file = createStateFile(path);
    await file.save(demoAccount());
    expect(await file.load()).toEqual(demoAccount());
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'deeper'))).toEqual(['sandbox.json']);
  });

  it('sees what another process saved', async () => {
    const path = join(folder, 'sandbox.json');
    const [ours, theirs] = [createStateFile(path), createStateFile(path)];
    await ours.save(demoAccount());
    await ours.load();
    await theirs.save({ ...demoAccount(), agents: [] });
    expect((await ours.load())?.agents).toEqual([]);
  });

  it('refuses a file that is no state, with a hint', async () => {
    const path = join(folder, 'sandbox.json');
    await writeFile(path, '{ half');
    await expect(createStateFile(path).load()).rejects.toMatchObject({ code: 'bad-input' });
    await expect(createStateFile(join(path, 'x')).save(demoAccount())).rejects.toMatchObject({
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
