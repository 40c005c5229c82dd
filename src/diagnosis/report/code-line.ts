import { printable } from '../../kernel/printable.ts';

/** A line of code for a terminal or a page: it keeps its spaces, and can neither move the cursor nor reverse the text. */
export function codeLine(line: string): string {
  return line.replaceAll('\t', '  ').replace(/[^ ]+/g, (word) => printable(word, word.length));
}
