import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putDirectory } from './put-directory.ts';

const field = (text: string, length: number) =>
  Buffer.concat([Buffer.from(text), Buffer.alloc(length)]).subarray(0, length);
const entry = (name: string, content: string, type = '0') => {
  const size = content.length.toString(8).padStart(11, '0');
  const head = Buffer.concat([
    field(name, 100),
    Buffer.alloc(24),
    field(size, 12),
    Buffer.alloc(20),
    field(type, 1),
  ]);
  return Buffer.concat([head, Buffer.alloc(355), content === '' ? Buffer.alloc(0) : field(content, 512)]);
};
const archive = (...entries: Buffer[]) => Buffer.concat([...entries, Buffer.alloc(1024)]);

let home: string;
let target: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'donna-put-'));
  target = path.join(home, 'database');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('putDirectory', () => {
  const whole = archive(entry('/base', '', '5'), entry('/base/1', 'one'), entry('/VERSION', '18'));

  it('puts files and folders, for this user alone', () => {
    putDirectory(whole, target);
    expect(readFileSync(path.join(target, 'base/1'), 'utf8')).toBe('one');
    expect(statSync(path.join(target, 'VERSION')).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(target, 'base')).mode & 0o777).toBe(0o700);
    expect(readdirSync(home)).toEqual(['database']);
  });

  it('leaves nothing when the archive is cut off', () => {
    expect(() => putDirectory(whole.subarray(0, 1200), target)).toThrow('the archive');
    expect(readdirSync(home)).toEqual([]);
  });

  it('begins anew where another one was killed', () => {
    mkdirSync(`${target}.new`);
    writeFileSync(path.join(`${target}.new`, 'VERSION'), 'half');
    putDirectory(whole, target);
    expect(readFileSync(path.join(target, 'VERSION'), 'utf8')).toBe('18');
    expect(existsSync(`${target}.new`)).toBe(false);
  });

  it('never takes the place of what is there', () => {
    mkdirSync(target);
    writeFileSync(path.join(target, 'mine'), 'kept');
    expect(() => putDirectory(whole, target)).toThrow('ENOTEMPTY');
    expect(readFileSync(path.join(target, 'mine'), 'utf8')).toBe('kept');
  });

  it('writes nothing outside of the directory', () => {
    expect(() => putDirectory(archive(entry('../../elsewhere', 'x')), target)).toThrow('outside');
    expect(() => putDirectory(archive(entry('../database.newer', 'x')), target)).toThrow('outside');
    expect(readdirSync(home)).toEqual([]);
  });
});
