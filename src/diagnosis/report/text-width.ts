const ascii = /^[\u0020-\u007e]*$/;
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}])/u;
/** Combining marks, the vowels and finals of Hangul syllables, and the tones of emoji: they stand with the character before them. */
const joined = /^(?:\p{Mark}|\p{Emoji_Modifier}|[\u1160-\u11ff])/u;

/**
 * The columns that a text takes in a terminal: two for East Asian wide characters and emoji, none for combining marks. Counted by
 * code points: Intl.Segmenter would be more exact, and takes 25 ms to make.
 */
export function textWidth(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += columns(character);
  return width;
}

/** The beginning of a text that takes at most `width` columns, and at least one character, however wide. */
export function fitting(text: string, width: number): string {
  let end = 0;
  let taken = 0;
  for (const character of text) {
    taken += columns(character);
    if (end > 0 && taken > width) break;
    end += character.length;
  }
  return text.slice(0, end);
}

function columns(character: string): number {
  if (character <= '\u02ff') return 1;
  if (joined.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
