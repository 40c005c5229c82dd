import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/errors.ts';
import { createVirtualClock, type VirtualClock } from '../../kernel/virtual-clock.ts';
import { type DefaultDocumentParts, defaultDocument } from './default-document.ts';
import { createDocumentCache } from './document-cache.ts';
import type { FetchedDocument } from './fetch-document.ts';

const url = 'https://user:secret@api.example.com/openapi.json';
const name = 'https://api.example.com/openapi.json';
const HOUR = 3600_000;

let folder: string;
let clock: VirtualClock;
let said: string[];
let asked: (string | undefined)[];
/** What the provider answers next. */
let live: { text: string; etag?: string } | 'unchanged' | 'down';

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'donna-documents-'));
  clock = createVirtualClock(Date.parse('2026-11-20T10:00:00Z'));
  said = [];
  asked = [];
  live = { text: '{"openapi":"3.1.0","paths":{}}', etag: '"one"' };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function parts(): DefaultDocumentParts {
  return {
    cache: createDocumentCache(path.join(folder, 'documents')),
    clock,
    say: (line) => said.push(line),
    async parse(bytes) {
      try {
        return JSON.parse(Buffer.from(bytes).toString());
      } catch {
        throw new AppError('bad-input', 'it is no document');
      }
    },
    async fetchDocument(_, etag): Promise<FetchedDocument> {
      asked.push(etag);
      if (live === 'down') throw new AppError('provider-unreachable', 'nobody answers');
      if (live === 'unchanged') return { kind: 'unchanged', url: name, etag, bytes: new Uint8Array() };
      return { kind: 'document', url: name, etag: live.etag, bytes: Buffer.from(live.text) };
    },
  };
}

const find = (offline = false) => defaultDocument(url, offline, parts());

describe('the default document', () => {
  it('is fetched once a day, and dated', async () => {
    expect(await find()).toMatchObject({ origin: { kind: 'live', name, date: '2026-11-20' } });
    await clock.advance(23 * HOUR);
    expect(await find()).toEqual({
      root: { openapi: '3.1.0', paths: {} },
      origin: { kind: 'cache', name, date: '2026-11-20' },
    });
    expect(asked).toHaveLength(1);
    await clock.advance(HOUR);
    live = { text: '{"openapi":"3.1.0","paths":{"/new":{}}}' };
    expect(await find()).toMatchObject({ root: { paths: { '/new': {} } }, origin: { kind: 'live' } });
    expect(asked).toEqual([undefined, '"one"']);
    expect(said).toEqual([]);
  });

  it('that has not changed is fresh for another day', async () => {
    await find();
    await clock.advance(30 * HOUR);
    live = 'unchanged';
    expect(await find()).toMatchObject({
      root: { openapi: '3.1.0' },
      origin: { kind: 'live', date: '2026-11-21' },
    });
    await clock.advance(23 * HOUR);
    expect(await find()).toMatchObject({ origin: { kind: 'cache', date: '2026-11-21' } });
    expect(asked).toHaveLength(2);
  });

  it('is the kept one, however old, where the live one cannot be had', async () => {
    await find();
    await clock.advance(90 * 24 * HOUR);
    live = 'down';
    expect(await find()).toMatchObject({ origin: { kind: 'cache', date: '2026-11-20' } });
    expect(said).toEqual(['The live document cannot be had: nobody answers']);
  });

  it('offline is the kept one at any age, and nobody is asked', async () => {
    expect(await find(true)).toBeUndefined();
    await find();
    await clock.advance(90 * 24 * HOUR);
    expect(await find(true)).toMatchObject({ origin: { kind: 'cache', date: '2026-11-20' } });
    expect(asked).toHaveLength(1);
  });

  it('is none where there is neither', async () => {
    live = 'down';
    expect(await find()).toBeUndefined();
  });

  it('an error page is not kept and does not take the place of what is', async () => {
    await find();
    await clock.advance(30 * HOUR);
    live = { text: '<html>we are moving</html>' };
    expect(await find()).toMatchObject({ origin: { kind: 'cache', date: '2026-11-20' } });
    expect(said).toEqual(['The live document cannot be had: it is no document']);
    expect(await find(true)).toMatchObject({ root: { openapi: '3.1.0' } });
  });

  it('that was damaged on disk is fetched again, as a whole', async () => {
    await find();
    const [file = ''] = await readdir(path.join(folder, 'documents'));
    const kept = path.join(folder, 'documents', file);
    await writeFile(kept, (await readFile(kept, 'utf8')).slice(0, -5));
    expect(await find()).toMatchObject({ origin: { kind: 'live' } });
    expect(asked).toEqual([undefined, undefined]);
    await writeFile(kept, '');
    expect(await find()).toMatchObject({ origin: { kind: 'live' } });
  });

  it('dated in the future is not fresh', async () => {
    await find();
    clock = createVirtualClock(Date.parse('2026-01-01T00:00:00Z'));
    expect(await find()).toMatchObject({ origin: { kind: 'live', date: '2026-01-01' } });
  });

  it('serves although it cannot be kept, which is said', async () => {
    await writeFile(path.join(folder, 'documents'), 'a file where the folder should be');
    expect(await find()).toMatchObject({ origin: { kind: 'live' } });
    expect(said).toEqual([expect.stringContaining('cannot be kept')]);
  });

  it('is kept for its reader alone, without a half-written file beside it', async () => {
    await find();
    const files = await readdir(path.join(folder, 'documents'));
    expect(files).toEqual([expect.stringMatching(/^api\.example\.com-[0-9a-f]{16}\.json$/)]);
    const { mode } = await stat(path.join(folder, 'documents', files[0] ?? ''));
    expect(mode & 0o777).toBe(0o600);
  });
});
