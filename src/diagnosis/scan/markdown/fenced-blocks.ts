/** A fenced block of code: its language word, and its text where it stands in the file. */
export interface FencedBlock {
  readonly language: string;
  readonly from: number;
  readonly to: number;
}

/** The fenced blocks of a Markdown file, as CommonMark has them; one that is never closed ends with the file. */
export function fencedBlocks(text: string): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let open: { fence: string; language: string; from: number } | undefined;
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    const line = text.slice(at, next).trimEnd();
    // Inside a list or a quotation a fence is indented or marked.
    const fence = /^[ \t>]*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})\s*([^\s`]*)/.exec(line);
    if (!open && fence) {
      open = { fence: fence[1] ?? '', language: languageWord(fence[2] ?? ''), from: next };
    } else if (open && fence && closes(line, fence[1] ?? '', open.fence)) {
      blocks.push({ language: open.language, from: open.from, to: at });
      open = undefined;
    }
    at = next;
  }
  if (open) blocks.push({ language: open.language, from: open.from, to: text.length });
  return blocks;
}

function closes(line: string, fence: string, opening: string): boolean {
  return fence[0] === opening[0] && fence.length >= opening.length && line.trim().endsWith(fence);
}

/** `bash`, also where more follows: `bash{1,3}`, `{.bash}`. */
function languageWord(info: string): string {
  return /[a-z]+/i.exec(info)?.[0].toLowerCase() ?? '';
}
