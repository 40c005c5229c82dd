import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonProblem } from './json-problem.ts';

describe('jsonProblem', () => {
  it.each([
    ['{"a":1,}', 1, 8, 'a comma too many'],
    ['{"a":1\n"b":2}', 2, 1, 'a comma or } is missing'],
    ["{'a':1}", 1, 2, 'a name in double quotes is missing'],
    ['[1 2]', 1, 4, 'a comma or ] is missing'],
    ['{"a":True}', 1, 6, 'a value is missing or not written as JSON has it'],
    ['{"a":01}', 1, 6, 'a value is missing or not written as JSON has it'],
    ['{"a":"\\x"}', 1, 7, 'a backslash escapes nothing that JSON knows'],
    ['{"a":"x', 1, 6, 'a string does not end'],
    ['{"a":1', 1, 7, 'it ends too early'],
    ['{}\n}', 2, 1, 'something comes after its end'],
  ])('finds the place in %j', (text, line, column, why) => {
    expect(jsonProblem(text)).toEqual({ line, column, why });
  });

  it('finds a problem where JSON.parse does, and nowhere else', () => {
    const broken = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '"', '{', ']', ',', ':', '\\', '\n', '0', 'e', '-', '.'),
      )
      .map(
        ([json, at, cut]) =>
          json.slice(0, at % (json.length + 1)) + cut + json.slice(1 + (at % (json.length + 1))),
      );
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(jsonProblem(text) === undefined).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });
});
