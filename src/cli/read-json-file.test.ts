import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readJsonFile } from './read-json-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'donna-json-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = async (content: string | Uint8Array) => {
  const file = path.join(folder, 'state.json');
  await writeFile(file, content);
  return readJsonFile('--state', file, 1024);
};

describe('a JSON file that an option names', () => {
  it('may be any JSON, with a byte order mark or without', async () => {
    expect(await read('[1]')).toEqual([1]);
    expect(await read('\ufeff{"a":"ü"}')).toEqual({ a: 'ü' });
  });

  it.each([
    ['too long', `"${'x'.repeat(1023)}"`, /the file is too long/],
    ['not UTF-8', Uint8Array.of(0x22, 0xff, 0x22), /the file is not UTF-8/],
    ['not JSON', '{"a": \u001b[2J', /not JSON/],
  ])('that is %s is bad input', async (_, content, why) => {
    const error = await read(content).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'bad-input', message: expect.stringMatching(why) });
    expect(String(error)).toContain('--state');
    expect(String(error)).not.toContain('\u001b');
  });

  it('is read no further than its limit, were it endless', async () => {
    await expect(readJsonFile('--state', '/dev/zero', 1024)).rejects.toThrow('too long');
  });

  it('that is missing, or is a folder, is bad input', async () => {
    await expect(readJsonFile('--state', path.join(folder, 'none'), 1)).rejects.toThrow('no such file');
    await expect(readJsonFile('--state', folder, 1)).rejects.toThrow('it is a folder');
  });
});
