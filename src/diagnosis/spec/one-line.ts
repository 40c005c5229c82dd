const LONGEST = 400;

/** A text of a document as one line of at most `longest` characters; `undefined` where it says nothing. */
export function oneLine(text: unknown, longest = LONGEST): string | undefined {
  if (typeof text !== 'string') return undefined;
  const line = text
    .slice(0, longest * 4)
    .replace(/\s+/g, ' ')
    .trim();
  if (line === '') return undefined;
  return line.length > longest ? `${line.slice(0, longest - 1).trimEnd()}…` : line;
}
