export type HeaderPair = readonly [name: string, value: string];

/** Reads header lines from an offset to the empty line after them; `end` is the offset of the body. A line without a colon ends them, too. */
export function readHeaderLines(
  text: string,
  from: number,
): { readonly headers: readonly HeaderPair[]; readonly end: number } {
  const headers: HeaderPair[] = [];
  let at = from;
  while (at < text.length) {
    const lineEnd = text.indexOf('\n', at);
    const end = lineEnd === -1 ? text.length : lineEnd + 1;
    const line = text.slice(at, end).trim();
    if (line === '') return { headers, end };
    const header = /^([^\s:]+)[ \t]*:(.*)$/s.exec(line);
    if (!header) return { headers, end: at };
    headers.push([header[1] ?? '', (header[2] ?? '').trim()]);
    at = end;
  }
  return { headers, end: at };
}

/** The first with this name (lower case). */
export function headerValue(headers: readonly HeaderPair[], name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1];
}
