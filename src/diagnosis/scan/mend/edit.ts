/** A piece of a file and the text that takes its place; an insertion where both offsets are the same. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text with all edits made; `undefined` where two of them touch the same piece in different ways. */
export function applyEdits(text: string, edits: readonly Edit[]): string | undefined {
  let done = '';
  let at = 0;
  let last: Edit | undefined;
  for (const edit of inOrder(edits)) {
    if (last && same(last, edit)) continue;
    if (edit.from < at || edit.to > text.length) return undefined;
    done += text.slice(at, edit.from) + edit.text;
    at = edit.to;
    last = edit;
  }
  return done + text.slice(at);
}

function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** Two calls may use the same definition and need the same change of it. An insertion is never the same as another. */
function same(a: Edit, b: Edit): boolean {
  return a.from === b.from && a.to === b.to && a.text === b.text && a.from !== a.to;
}
