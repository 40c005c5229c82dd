import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDocumentCache } from './document-cache.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'donna-documents-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const document = {
  fetchedAtMs: Date.UTC(2026, 10, 23),
  etag: '"a"',
  bytes: Buffer.from('{"openapi":"3.1.0"}\n'),
};

describe('a document that is kept', () => {
  it('comes back as it was, of its own URL only', async () => {
    const cache = createDocumentCache(folder);
    await cache.write('https://api.example.com/openapi.json', document);
    expect(await cache.read('https://api.example.com/openapi.json')).toEqual(document);
    expect(await cache.read('https://api.example.com/other.json')).toBeUndefined();
  });

  it('is one file that only its owner reads, without the password of its address', async () => {
    const cache = createDocumentCache(folder);
    const url = 'https://user:pa55word@api.example.com/../..%2Fopenapi.json?key=pa55word';
    await cache.write(url, document);
    expect(await cache.read(url)).toEqual(document);
    expect(await cache.read(url.replace('pa55word', 'other'))).toBeUndefined();
    const [name = '', ...others] = await readdir(folder);
    expect(others).toEqual([]);
    expect(name).toMatch(/^api\.example\.com-[0-9a-f]{16}\.json$/);
    expect(await readFile(path.join(folder, name), 'utf8')).not.toContain('pa55word');
    expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600);
  });
});
