import { describe, expect, it } from 'vitest';
import { isIgnored, readIgnoreRules } from './ignore-rules.ts';

const ignored = (text: string, path: string) =>
  isIgnored(readIgnoreRules(text), path.replace(/\/$/, '').split('/'), path.endsWith('/'));

describe('the rules of a .gitignore', () => {
  it.each([
    ['a.js', 'a.js', true],
    ['a.js', 'deep/down/a.js', true],
    ['/a.js', 'deep/a.js', undefined],
    ['deep/a.js', 'deep/a.js', true],
    ['deep/a.js', 'other/deep/a.js', undefined],
    ['*.js', 'deep/a.js', true],
    ['*.js', 'a.jsx', undefined],
    ['a*c?.js', 'abbbcd.js', true],
    ['gen/', 'gen/', true],
    ['gen/', 'gen', undefined],
    ['**/gen/*.js', 'a/b/gen/c.js', true],
    ['a/**/c', 'a/c', true],
    ['a/**/c', 'a/b/b/c', true],
    ['a/**', 'a/b/c', true],
    ['[a-c]x[!0-9]', 'bxy', true],
    ['[a-c]x[!0-9]', 'bx1', undefined],
    ['# a.js', 'a.js', undefined],
    ['\\#a.js', '#a.js', true],
    ['*.js\n!keep.js', 'keep.js', false],
    ['', 'a.js', undefined],
  ])('%j on %s: %s', (text, path, expected) => {
    expect(ignored(text, path)).toBe(expected);
  });

  it('answer soon, however many stars there are', () => {
    expect(ignored(`${'*a'.repeat(60)}b`, 'a'.repeat(250))).toBe(undefined);
  });
});
