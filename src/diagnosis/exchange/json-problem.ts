import { textPlace } from './text-place.ts';

type Expected = 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'comma or end' | 'nothing';

const literal = /true|false|null/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /[A-Za-z_$][\w$]*/y;
const blank = /[ \t\r\n]*/y;

/**
 * Why a text is no JSON, with line and column, or `undefined` where it is. Names what people write by habit: trailing commas, single
 * quotes, names without quotes, comments, words of other languages. Linear in the text, whatever its depth.
 */
export function jsonProblem(text: string): string | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const told = (what: string): string => `${textPlace(text, at)}: ${what}`;
  const afterValue = (): Expected => (open.length === 0 ? 'nothing' : 'comma or end');

  for (;;) {
    at += length(blank, text, at);
    const char = text[at];
    const inside = open.at(-1);
    if (char === undefined) return expected === 'nothing' ? undefined : told(endsEarly(expected, inside));
    if (expected === 'nothing') return told(`${shown(text, at)} after the end of the JSON`);
    if (text.startsWith('//', at) || text.startsWith('/*', at) || char === '#')
      return told('a comment, which JSON does not have');

    if (expected === 'colon') {
      if (char !== ':') return told(`a colon is missing before ${shown(text, at)}`);
      expected = 'value';
      at++;
    } else if (
      char === (inside === '{' ? '}' : ']') &&
      inside &&
      !expected.startsWith('val') &&
      expected !== 'name'
    ) {
      open.pop();
      expected = afterValue();
      at++;
    } else if (char === ']' && expected === 'value or end') {
      open.pop();
      expected = afterValue();
      at++;
    } else if (expected === 'comma or end') {
      if (char !== ',') return told(`a comma is missing before ${shown(text, at)}`);
      expected = inside === '{' ? 'name' : 'value';
      at++;
    } else if (char === '}' || char === ']') {
      const comma = text.slice(0, at).trimEnd().endsWith(',');
      return told(
        comma ? `a comma before "${char}", where JSON allows none` : `"${char}" where a ${expected} is due`,
      );
    } else if (char === '"') {
      const end = stringEnd(text, at);
      if (end.problem !== undefined) {
        at = end.at;
        return told(end.problem);
      }
      at = end.at;
      expected = expected.startsWith('name') ? 'colon' : afterValue();
    } else if (
      char === "'" ||
      char === '\u2018' ||
      char === '\u201c' ||
      char === '\u201d' ||
      char === '\u2019'
    ) {
      return told(`${char === "'" ? 'single' : 'typographic'} quotes: JSON takes double quotes (")`);
    } else if (expected.startsWith('name')) {
      const name = length(word, text, at);
      return told(
        name > 0
          ? `the name ${text.slice(at, at + Math.min(name, 40))} has no double quotes`
          : `${shown(text, at)} where a name in double quotes is due`,
      );
    } else if (char === '{' || char === '[') {
      open.push(char);
      expected = char === '{' ? 'name or end' : 'value or end';
      at++;
    } else {
      const taken = length(literal, text, at) || length(number, text, at);
      const following = text[at + taken];
      if (taken === 0 || (following !== undefined && /[\w.$+-]/.test(following)))
        return told(noValue(text, at));
      at += taken;
      expected = afterValue();
    }
  }
}

function length(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function stringEnd(text: string, open: number): { at: number; problem?: string } {
  for (let at = open + 1; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x22) return { at: at + 1 };
    if (char < 0x20) {
      const name =
        char === 0x0a || char === 0x0d ? 'a line break' : char === 0x09 ? 'a tab' : 'a control character';
      return { at, problem: `${name} inside a text: JSON writes it as an escape such as \\n` };
    }
    if (char !== 0x5c) continue;
    if (!/^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at + 1, at + 6))) {
      return { at, problem: 'a backslash that begins no escape of JSON' };
    }
    at++;
  }
  return { at: open, problem: 'the text that begins here is never closed' };
}

function noValue(text: string, at: number): string {
  const found = text.slice(at, at + length(word, text, at));
  if (found.startsWith('$'))
    return `the variable ${found.slice(0, 40)} stands without double quotes, and its value is not known`;
  if (/^(?:True|False|None)$/.test(found))
    return `${found} is Python: JSON writes ${found === 'None' ? 'null' : found.toLowerCase()}`;
  if (/^(?:undefined|NaN|Infinity)$/.test(found)) return `${found} is no JSON value`;
  if (found !== '') return `the text ${found.slice(0, 40)} has no double quotes`;
  if (/^[+-]?[\d.]/.test(text.slice(at, at + 3))) return 'a number in a form that JSON does not have';
  return `${shown(text, at)} where a value is due`;
}

function endsEarly(expected: Expected, inside: '{' | '[' | undefined): string {
  if (inside) return `the text ends before its "${inside === '{' ? '}' : ']'}"`;
  return `the text ends where a ${expected} is due`;
}

function shown(text: string, at: number): string {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0xfffd);
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(char)
    ? `"${char}"`
    : `the character U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
