const wide =
  /^(?:\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}])/u;
const ascii = /^[\u0020-\u007e]*$/;

/** The columns that a text takes in a terminal: two for East Asian wide characters and emoji, none for combining marks. */
export function textWidth(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const segment of graphemes(text)) width += graphemeWidth(segment);
  return width;
}

/** The beginning of a text that takes at most `width` columns, and at least one character, however wide. */
export function fitting(text: string, width: number): string {
  let piece = '';
  let taken = 0;
  for (const segment of graphemes(text)) {
    taken += graphemeWidth(segment);
    if (piece !== '' && taken > width) break;
    piece += segment;
  }
  return piece;
}

// Made when the first text needs it: most are ASCII, and the data of ICU are slow to load.
let segmenter: Intl.Segmenter | undefined;

function* graphemes(text: string): Iterable<string> {
  if (ascii.test(text)) {
    yield* text;
    return;
  }
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text)) yield segment;
}

function graphemeWidth(segment: string): number {
  if (/^\p{Mark}/u.test(segment)) return 0;
  return wide.test(segment) ? 2 : 1;
}
