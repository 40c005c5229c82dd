// C0 and C1 controls (ESC and CSI among them), the marks that turn the direction of text, line and paragraph
// separators, zero-width characters and the byte order mark. Tab and line feed are turned into spaces before.
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

// A whole escape sequence goes, so that no `[31m` stays behind: CSI, OSC with its text, and two-character ones.
const escapeSequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;

/**
 * Text of others (a name, a message, a reply) made fit for one line of a terminal or a log: it can neither move the
 * cursor, nor colour, nor reverse what stands beside it. Whitespace becomes single spaces; at most
 * `maxLength` characters remain.
 */
export function printable(text: string, maxLength = 500): string {
  const shown = text.replace(escapeSequence, '').replace(/\s+/g, ' ').replace(unprintable, '');
  // What is taken out may have stood between two spaces.
  const line = shown.replace(/ {2,}/g, ' ').trim();
  const characters = [...line.toWellFormed()];
  return characters.length > maxLength
    ? `${characters.slice(0, maxLength - 1).join('')}…`
    : line.toWellFormed();
}
