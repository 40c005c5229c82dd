import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScanReport } from './scan-report.ts';
import { writeMended } from './write-mended.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'donna-mend-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const report = (): ScanReport => ({
  format: 'donna-scan-1',
  folder,
  documents: [],
  files: { read: 1, skipped: [] },
  calls: [],
  unread: [],
});
const mended = { file: 'a.sh', before: 'old\n', after: 'new\n', calls: 1, plans: [] };

describe('a mended file', () => {
  it('is written whole, keeps its rights, and leaves nothing beside it', async () => {
    const file = path.join(folder, 'a.sh');
    writeFileSync(file, 'old\n');
    chmodSync(file, 0o755);
    expect(await writeMended(report(), mended)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new\n');
    expect(statSync(file).mode & 0o777).toBe(0o755);
    expect(readdirSync(folder)).toEqual(['a.sh']);
  });

  it('is not made anew where it is gone', async () => {
    await expect(writeMended(report(), mended)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is left alone where it is not what was read', async () => {
    const file = path.join(folder, 'a.sh');
    writeFileSync(file, 'changed meanwhile\n');
    expect(await writeMended(report(), mended)).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('changed meanwhile\n');
    expect(readdirSync(folder)).toEqual(['a.sh']);
  });
});
