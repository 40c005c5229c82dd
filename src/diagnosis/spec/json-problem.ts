export interface TextPlace {
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
}

/** Where text stops being JSON (RFC 8259), and how; `undefined` where it is JSON. V8 does not always tell the place. */
export function jsonProblem(text: string): (TextPlace & { readonly why: string }) | undefined {
  const problem = scan(text);
  return problem && { ...placeOf(text, problem.at), why: problem.why };
}

interface Problem {
  readonly at: number;
  readonly why: string;
}

/** Walks the text once with the open brackets on a stack of its own: nesting is bounded by memory alone. */
function scan(text: string): Problem | undefined {
  const open: ('{' | '[')[] = [];
  /** What may come next. */
  let expect: 'value' | 'first' | 'key' | 'colon' | 'more' | 'end' = 'value';
  let at = 0;
  for (;;) {
    at = skipSpace(text, at);
    const char = text[at];
    const inside = open.at(-1);
    if (char === undefined) {
      return expect === 'end' ? undefined : { at, why: 'it ends too early' };
    }
    if (expect === 'end') return { at, why: 'something comes after its end' };
    if (expect === 'more' || expect === 'first') {
      const close = inside === '{' ? '}' : ']';
      if (char === close) {
        open.pop();
        expect = open.length === 0 ? 'end' : 'more';
        at += 1;
        continue;
      }
      if (expect === 'more') {
        if (char !== ',') return { at, why: `a comma or ${close} is missing` };
        expect = inside === '{' ? 'key' : 'value';
        at += 1;
        continue;
      }
      expect = inside === '{' ? 'key' : 'value';
    }
    if (expect === 'colon') {
      if (char !== ':') return { at, why: 'a colon is missing' };
      expect = 'value';
      at += 1;
      continue;
    }
    if (expect === 'key') {
      if (char !== '"') {
        return { at, why: char === '}' ? 'a comma too many' : 'a name in double quotes is missing' };
      }
      const end = endOfString(text, at);
      if (typeof end !== 'number') return end;
      expect = 'colon';
      at = end;
      continue;
    }
    if (char === '{' || char === '[') {
      open.push(char);
      expect = 'first';
      at += 1;
      continue;
    }
    const end = char === '"' ? endOfString(text, at) : endOfWord(text, at);
    if (typeof end !== 'number') return end;
    expect = open.length === 0 ? 'end' : 'more';
    at = end;
  }
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return at;
}

function endOfString(text: string, start: number): number | Problem {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20)
      return { at, why: 'a string runs over the end of its line or holds a control character' };
    if (code !== 0x5c) continue;
    const escaped = /^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(at + 1, at + 6))?.[0];
    if (escaped === undefined) return { at, why: 'a backslash escapes nothing that JSON knows' };
    at += escaped.length;
  }
  return { at: start, why: 'a string does not end' };
}

const word = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

function endOfWord(text: string, start: number): number | Problem {
  word.lastIndex = start;
  const found = word.exec(text);
  return found
    ? start + found[0].length
    : { at: start, why: 'a value is missing or not written as JSON has it' };
}

function placeOf(text: string, at: number): TextPlace {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', start)) {
    line += 1;
    start = next + 1;
  }
  return { line, column: at - start + 1 };
}
