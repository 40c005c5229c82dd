import type { Span } from './source-value.ts';

/** Lines and columns count from 1, columns in UTF-16 units; the end is not included. */
export interface SourcePlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Finds the line of an offset. */
export function createLineIndex(text: string): (span: Span) => SourcePlace {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const place = (offset: number) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
  return ({ from, to }) => {
    const start = place(from);
    const end = place(to);
    return { ...start, endLine: end.line, endColumn: end.column };
  };
}
