import { fitting, textWidth } from './text-width.ts';

/**
 * One line of text as lines of at most `width` columns, broken at spaces, and inside a word only where it is longer than a line.
 * Spaces at its beginning stay; the lines after the first begin with `hanging` spaces.
 */
export function wrap(text: string, width: number, hanging = 0): string[] {
  // However deep a text is indented, some columns are left for it.
  const most = Math.max(0, width - 8);
  const words = text.replace(/^ +/, '');
  const lines: string[] = [];
  let line = ' '.repeat(Math.min(text.length - words.length, most));
  let room = width - line.length;
  let fresh = true;
  const turn = () => {
    lines.push(line);
    line = ' '.repeat(Math.min(hanging, most));
    room = width - line.length;
    fresh = true;
  };
  const put = (piece: string, columns: number) => {
    line += fresh ? piece : ` ${piece}`;
    room -= columns + (fresh ? 0 : 1);
    fresh = false;
  };
  for (const word of words.split(' ')) {
    const columns = textWidth(word);
    if (!fresh && columns + 1 > room) turn();
    if (columns <= room) {
      put(word, columns);
      continue;
    }
    let rest = word;
    while (rest !== '') {
      if (!fresh) turn();
      const piece = atSeparator(fitting(rest, room), rest);
      put(piece, textWidth(piece));
      rest = rest.slice(piece.length);
    }
  }
  lines.push(line);
  return lines;
}

/** Cut back to the last separator of a path or a name, where that costs no more than half of the piece. */
function atSeparator(piece: string, word: string): string {
  if (piece.length === word.length) return piece;
  const end = piece.search(/[./_?&,:-][^./_?&,:-]*$/) + 1;
  return end * 2 > piece.length ? piece.slice(0, end) : piece;
}
