export interface TextWeight {
  /** Values, about: commas and opening brackets outside of strings. */
  readonly values: number;
  /** The deepest nesting. */
  readonly depth: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
/** `[` and `{`, `]` and `}` differ in this bit alone. */
const BRACE_BIT = 0x20;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * What parsing JSON text would cost, told before it is parsed: memory and time go with the number of values, not with length
 * (64 MB of `{},` are 2 GB and 17 s), and a walk over what is nested too deep would end the process.
 */
export function jsonWeight(text: string): TextWeight {
  let values = 0;
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === COMMA) {
      values += 1;
    } else if (code > 0x5a) {
      const folded = code | BRACE_BIT;
      if (folded === OPEN) {
        values += 1;
        depth += 1;
        if (depth > deepest) deepest = depth;
      } else if (folded === CLOSE) {
        depth -= 1;
      }
    }
  }
  return { values, depth: deepest };
}

/** Of the closing quote. Strings are most of a document, and `indexOf` is many times faster than a look at each character. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 0;
}

/** The same of YAML, where each line may be a value; strings are not looked for. */
export function yamlValues(text: string): number {
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === COMMA || code === 0x5b || code === OPEN) values += 1;
  }
  return values;
}
