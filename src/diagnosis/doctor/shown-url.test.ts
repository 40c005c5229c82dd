import { describe, expect, it } from 'vitest';
import { shownUrl } from './shown-url.ts';

describe('shownUrl', () => {
  it.each([
    ['https://user:pa55word@api.example.com/v1/x?key=abc#part', 'https://api.example.com/v1/x'],
    ['https://api.example.com/', 'https://api.example.com'],
    ['https://user:pa55word@ho st/x?token=pa55word', 'https://ho st/x'],
    ['https://user:pa55/wo?rd#@ho st/x', 'https://ho st/x'],
    ['user:pa55word@ho st/x', 'ho st/x'],
    ['ftp://user:pa55word@files.example/x', 'ftp://files.example/x'],
    ['//user:pa55word@ho st/x', '//ho st/x'],
  ])('shows %s without what may be secret in it', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });
});
