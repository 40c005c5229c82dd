import { printable } from '../../kernel/printable.ts';
import type { Styles } from './styles.ts';

const GAP = '  ';
const WIDEST = 60;
const WIDEST_LAST = 200;

/** Aligned columns under their names. Cells are made printable and cut at 60 characters, in the last column at 200. */
export function tableLines(
  columns: readonly string[],
  rows: readonly (readonly (string | undefined)[])[],
  style: Styles,
): string[] {
  const cells = rows.map((row) =>
    columns.map((_, index) => {
      const last = index === columns.length - 1;
      return printable(row[index] ?? '', last ? WIDEST_LAST : WIDEST) || '–';
    }),
  );
  const widths = columns.map((name, index) =>
    Math.max(width(name), ...cells.map((row) => width(row[index] ?? ''))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - width(cell)))
      .join(GAP)
      .trimEnd();
  return [style.bold(line(columns)), ...cells.map(line)];
}

/** Columns of a terminal that a text takes: East Asian wide characters and emoji take two, combining marks none. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    columns += wide.test(character) ? 2 : 1;
  }
  return columns;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u;
