import { describe, expect, it } from 'vitest';
import { readPattern } from './check-pattern.ts';

describe('readPattern', () => {
  it.each([
    ['^AC[0-9a-fA-F]{32}$', `AC${'0'.repeat(32)}`, true],
    ['^AC[0-9a-fA-F]{32}$', 'AC0', false],
    ['[a-z]+', '1a1', true],
    ['^[\\w.-]+@[\\w-]+\\.[a-z]{2,}$', 'a.b@example.com', true],
    ['^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==)?$', 'AAAA', true],
    ['^[\\w-\\.]+$', 'a-b', true],
    ['^\\p{L}+$', 'é', true],
  ])('%s on %s is %s', (source, text, expected) => {
    expect(readPattern(source).test(text)).toBe(expected);
  });

  it.each(['(', '[z-a]', '(?<a>x)(?<a>y)', `${'a'.repeat(1_001)}`])('says nothing by %s', (source) => {
    expect(readPattern(source).test('b')).toBeUndefined();
  });

  it.each([
    '^(a+)+$',
    '^(a|a)*$',
    '^(a?){30}$',
    '(x+x+)+y',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '^.*.*.*.*.*x$',
    `^${'a?'.repeat(40)}${'a'.repeat(40)}$`,
    `${'('.repeat(100)}a${')'.repeat(100)}`,
    '^((a{1,30}){1,30}){1,30}$',
  ])('does not run %s', (source) => {
    expect(readPattern(source).test(`${'a'.repeat(300)}!`)).toBeUndefined();
  });

  it('runs what is fast on short texts only while it is', () => {
    const { test } = readPattern('^[^@]+@[^@]+\\.[^@]+$');
    expect(test('a@example.com')).toBe(true);
    expect(test(`${'a'.repeat(900)}`)).toBeUndefined();
    expect(readPattern('^a').test('a'.repeat(1_001))).toBeUndefined();
  });
});
