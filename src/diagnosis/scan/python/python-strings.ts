const named: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  '0': '\0',
};

/** A string literal of Python taken apart: prefix letters, quotes, and what is between them. */
export interface PythonString {
  readonly raw: boolean;
  /** Lengths of what stands before and behind the text. */
  readonly before: number;
  readonly behind: number;
}

export function pythonString(literal: string): PythonString | undefined {
  const opening = /^([a-zA-Z]{0,3})("""|'''|"|')/.exec(literal);
  if (!opening) return undefined;
  const [all, prefix = '', quotes = ''] = opening;
  const closed = literal.length >= all.length + quotes.length && literal.endsWith(quotes);
  return { raw: /r/i.test(prefix), before: all.length, behind: closed ? quotes.length : 0 };
}

/** Escapes as the language reference has them, without `\N{…}`. */
export function pythonUnescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:U([0-9a-fA-F]{8})|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\r?\n|([\s\S]))/g,
    (all, eight: string | undefined, four: string | undefined, two: string | undefined, one?: string) => {
      const code = eight ?? four ?? two;
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : all;
      }
      if (one === undefined) return '';
      if (one === '\\' || one === "'" || one === '"') return one;
      return Object.hasOwn(named, one) ? (named[one] ?? all) : all;
    },
  );
}
