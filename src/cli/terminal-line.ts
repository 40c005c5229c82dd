// The colours of render/styles.ts; any other escape came from somebody else's text.
const strange =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a terminal
  /\u001b(?!\[(?:1|2|22|31|32|33|39)m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A line made safe for a terminal: what could move the cursor, set a title or turn the text is written as `\\u001b`. That is the JSON
 * escape too, so a line of JSON keeps its meaning. A carriage return at the very end moves nothing: records of CSV end so (RFC 4180).
 */
export function terminalLine(line: string): string {
  const end = line.endsWith('\r') ? '\r' : '';
  return (
    line
      .slice(0, line.length - end.length)
      .replace(strange, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`) + end
  );
}
