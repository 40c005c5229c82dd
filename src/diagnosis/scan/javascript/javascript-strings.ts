const named: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};

/** The text of a string literal with its quotes. */
export function stringText(literal: string): string {
  return unescaped(literal.slice(1, /['"]$/.test(literal) && literal.length > 1 ? -1 : undefined));
}

/** Escapes as ECMAScript has them; one that is not well formed stays as it is. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\r\n|([\s\S]))/g,
    (all, braced: string | undefined, four: string | undefined, two: string | undefined, one?: string) => {
      const code = braced ?? four ?? two;
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : all;
      }
      if (one === undefined || one === '\n') return '';
      return Object.hasOwn(named, one) ? (named[one] ?? one) : one;
    },
  );
}
