import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHistory } from './read-history.ts';

let folder: string;
let said: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'donna-history-'));
  said = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (name: string, text: string) => writeFile(path.join(folder, name), text);
const document = (endpoint: string) =>
  JSON.stringify({ openapi: '3.1.0', paths: { [endpoint]: { get: {} } } });
const read = () => readHistory(folder, (line) => said.push(line));

describe('a history', () => {
  it('is read from the dated documents of a folder, the oldest first', async () => {
    await put('2026-03-09.json', document('/new'));
    await put('2025-01-02.yaml', 'openapi: 3.0.0\npaths: {/old: {get: {}}}\n');
    await put('README.md', 'Not a document.');
    await put('2026-03-09.json.bak', 'Not a document either.');
    const { documents } = await read();
    expect(documents.map(({ date, document: { operations } }) => [date, operations[0]?.path])).toEqual([
      ['2025-01-02', '/old'],
      ['2026-03-09', '/new'],
    ]);
    expect(said).toEqual([]);
  });

  it('leaves out what is no OpenAPI 3 document, and says so', async () => {
    await put('2014-01-01.json', '{"swagger":"2.0","paths":{}}');
    await put('2025-01-01.json', '{"openapi":');
    await put('2026-01-01.json', document('/new'));
    expect((await read()).documents).toHaveLength(1);
    expect(said).toEqual([expect.stringContaining('2014-01-01'), expect.stringContaining('2025-01-01')]);
  });

  it('without a dated document is bad input', async () => {
    await expect(read()).rejects.toMatchObject({ code: 'bad-input', hint: expect.any(String) });
    await mkdir(path.join(folder, 'inner'));
    await put('inner/2026-01-01.json', document('/new'));
    await expect(read()).rejects.toThrow('no dated document');
  });

  it('of a folder that is not there is bad input', async () => {
    await expect(readHistory(path.join(folder, 'none'), () => {})).rejects.toThrow('no such folder');
    await put('file', '');
    await expect(readHistory(path.join(folder, 'file'), () => {})).rejects.toThrow('no folder');
  });
});
