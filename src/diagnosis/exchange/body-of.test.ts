import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf } from './body-of.ts';
import { jsonProblem } from './json-problem.ts';

describe('a body', () => {
  it('is JSON under whatever type it goes, and says so by its kind', () => {
    for (const type of [
      'application/json',
      'application/problem+json; charset=utf-8',
      'text/plain',
      undefined,
    ]) {
      expect(bodyOf('\ufeff{"a":1}', type)).toEqual({ kind: 'json', value: { a: 1 } });
    }
    expect(bodyOf('{"a":1}', 'multipart/form-data; boundary=x')).toEqual({ kind: 'json', value: { a: 1 } });
  });

  it('is a form where its type says it, or where nothing does and it looks like one', () => {
    const form = { kind: 'form', encoding: 'urlencoded', value: { a: ['1', '2'], 'b c': 'd=e' } };
    expect(bodyOf('a=1&a=2&b+c=d%3De', 'application/x-www-form-urlencoded')).toEqual(form);
    expect(bodyOf('a=1&a=2&b+c=d%3De', undefined)).toEqual(form);
    expect(bodyOf('a=1', 'application/json')).toEqual({
      kind: 'text',
      text: 'a=1',
      problem: 'the text is a form (name=value), not JSON',
    });
  });

  it('is nothing where the text is blank, and text where it is neither', () => {
    expect(bodyOf(' \n', 'application/json')).toEqual({ kind: 'none' });
    expect(bodyOf('<a/>', 'application/xml')).toEqual({ kind: 'text', text: '<a/>' });
  });

  it('has names of prototypes as names', () => {
    const body = bodyOf('__proto__=1&constructor=2', 'application/x-www-form-urlencoded');
    expect(body.kind === 'form' && Object.entries(body.value)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });

  it('stays text where JSON is nested deeper than 500 levels', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}"[${'['.repeat(600)}\\""${']'.repeat(depth)}`;
    expect(bodyOf(nested(500), 'application/json').kind).toBe('json');
    expect(bodyOf(nested(501), 'application/json')).toMatchObject({
      kind: 'text',
      problem: expect.stringContaining('500'),
    });
  });
});

describe('what is wrong with JSON', () => {
  it.each([
    ['{"a": 1,}', 'line 1, column 9: a comma before "}"'],
    ['[1,\n 2,\n]', 'line 3, column 1: a comma before "]"'],
    ["{'a': 1}", 'line 1, column 2: single quotes'],
    ['{"a": \'x\'}', 'column 7: single quotes'],
    ['{“a”: 1}', 'typographic quotes'],
    ['{a: 1}', 'the name a has no double quotes'],
    ['{"a": x}', 'the text x has no double quotes'],
    ['{"a": $ID}', 'the variable $ID stands without double quotes'],
    ['{"a": True}', 'True is Python: JSON writes true'],
    ['{"a": None}', 'JSON writes null'],
    ['{"a": undefined}', 'undefined is no JSON value'],
    ['{"a": 1 "b": 2}', 'a comma is missing before """'],
    ['{"a" 1}', 'a colon is missing before "1"'],
    ['{"a": 1', 'the text ends before its "}"'],
    ['{"a": "x', 'never closed'],
    ['{"a": "x\ny"}', 'line 1, column 9: a line break inside a text'],
    ['{"a": "\\x"}', 'begins no escape'],
    ['{"a": 01}', 'a number in a form'],
    ['{"a": .5}', 'a number in a form'],
    ['{"a": 1} {"b": 2}', '"{" after the end'],
    ['// x\n{}', 'a comment'],
    ['', 'ends where a value is due'],
    ['{"a": }', '"}" where a value is due'],
    ['{,}', '"," where a name in double quotes is due'],
    ['{"a":\u00a01}', 'the character U+00A0'],
  ])('of %s is told with its place', (text, expected) => {
    expect(jsonProblem(text)).toContain(expected);
  });

  it('is found exactly where the parser of the language refuses', () => {
    const broken = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ',', '"', '}', '[', '1', 'x', '\\', '\n', ':'),
    );
    fc.assert(
      fc.property(broken, ([json, at, insert]) => {
        const cut = at % (json.length + 1);
        const text = json.slice(0, cut) + insert + json.slice(insert === '' ? cut + 1 : cut);
        expect(jsonProblem(text) === undefined).toBe(parses(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('is found in deep and long text without running out of stack or time', () => {
    expect(jsonProblem('['.repeat(300_000))).toContain('ends before its "]"');
    expect(jsonProblem(`[${'"a",'.repeat(300_000)}]`)).toContain('a comma before "]"');
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
