import { printable } from '../../kernel/printable.ts';
import type { Difference } from './differences.ts';
import type { ReportStyles } from './report-styles.ts';
import { textWidth } from './text-width.ts';
import { wrap } from './wrap.ts';

const marks = { same: ' ', changed: '~', added: '+', removed: '-' } as const;
const separator = ' │ ';
/** Narrower than this, two columns hold no field name: the sides stand one below the other. */
const narrow = 56;

/** Sent on the left, right on the right, each row with its mark, within `width` columns. */
export function twoColumns(rows: readonly Difference[], width: number, style: ReportStyles): string[] {
  const texts = rows.map(({ change, sent, right }) => ({
    change,
    sent: printable(sent ?? '', 400),
    right: printable(right ?? '', 400),
  }));
  if (width < narrow) return texts.flatMap((row) => stacked(row, width, style));
  const room = width - 2 - separator.length;
  const widest = Math.max(4, ...texts.map(({ sent }) => textWidth(sent)));
  const widestRight = Math.max(5, ...texts.map(({ right }) => textWidth(right)));
  // The left column takes no more than it needs, and gives what the right one does not need.
  const left = Math.min(widest, Math.max(Math.floor(room / 2), room - widestRight));
  const head = `  ${pad('sent', left)}${separator}right`;
  return [style.dim(head), ...texts.flatMap((row) => beside(row, left, room - left, style))];
}

interface Row {
  readonly change: Difference['change'];
  readonly sent: string;
  readonly right: string;
}

function beside({ change, sent, right }: Row, left: number, rest: number, style: ReportStyles): string[] {
  const from = wrap(sent, left, 2);
  const to = wrap(right, rest, 2);
  return Array.from({ length: Math.max(from.length, to.length) }, (_, index) => {
    const mark = index === 0 ? marks[change] : ' ';
    const tone = tones(change, style);
    const end = to[index] ?? '';
    const start = `${mark} ${tone.sent(pad(from[index] ?? '', left))}${style.dim(separator.trimEnd())}`;
    return end === '' ? start : `${start} ${tone.right(end)}`;
  });
}

function stacked({ change, sent, right }: Row, width: number, style: ReportStyles): string[] {
  const tone = tones(change, style);
  if (change === 'same') return wrap(`  ${sent}`, width, 4).map(style.dim);
  return [
    ...(sent === '' ? [] : wrap(`- ${sent}`, width, 4).map(tone.sent)),
    ...(right === '' ? [] : wrap(`+ ${right}`, width, 4).map(tone.right)),
  ];
}

function tones(change: Difference['change'], style: ReportStyles) {
  return change === 'same' ? { sent: style.dim, right: style.dim } : { sent: style.bad, right: style.good };
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}
