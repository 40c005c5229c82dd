import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScanReport } from './scan-report.ts';
import { writeMended } from './write-mended.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'donna-mend-')));
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
    chmodSync(file, 0o775);
    expect(await writeMended(report(), mended)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new\n');
    expect(statSync(file).mode & 0o777).toBe(0o775);
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

  it('is left alone where only its bytes differ from what was read', async () => {
    const file = path.join(folder, 'a.sh');
    writeFileSync(file, Buffer.from('caf\u00e9\n', 'latin1'));
    expect(await writeMended(report(), { ...mended, before: 'caf\ufffd\n' })).toBe(false);
    expect(readFileSync(file)).toEqual(Buffer.from('caf\u00e9\n', 'latin1'));
  });

  it('is written where a named link leads, and the link stays', async () => {
    writeFileSync(path.join(folder, 'a.sh'), 'old\n');
    const link = path.join(folder, 'link.sh');
    symlinkSync('a.sh', link);
    expect(await writeMended({ ...report(), folder: link }, { ...mended, file: 'link.sh' })).toBe(true);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(path.join(folder, 'a.sh'), 'utf8')).toBe('new\n');
  });

  it.each(['a.sh', 'inner/a.sh'])('is not written outside the folder: %s became a link', async (file) => {
    const [scanned, outside] = [path.join(folder, 'scanned'), path.join(folder, 'outside')];
    for (const made of [scanned, outside]) mkdirSync(made);
    writeFileSync(path.join(outside, 'a.sh'), 'old\n');
    const [linked = ''] = file.split('/');
    symlinkSync(path.join(outside, linked === 'inner' ? '' : 'a.sh'), path.join(scanned, linked));
    expect(await writeMended({ ...report(), folder: scanned }, { ...mended, file })).toBe(false);
    expect(readFileSync(path.join(outside, 'a.sh'), 'utf8')).toBe('old\n');
    expect(readdirSync(outside)).toEqual(['a.sh']);
  });
});
