import { hidden } from './plain-json.ts';
import { joinedParts, type TextPart } from './variable-parts.ts';

/** Text that means the same inside double quotes, in an interactive shell too (which expands `!`). */
const tame = /^[^"$`\\!]*$/;

/** One word of a POSIX shell: the text as it is, its variables expanded. bash and zsh are needed where it has control characters. */
export function shellQuote(all: readonly TextPart[]): string {
  const parts = joinedParts(all);
  const texts = parts.filter((part) => typeof part === 'string');
  if (texts.length < parts.length && texts.every((text) => tame.test(text) && text.search(hidden) === -1)) {
    return `"${parts.map(written).join('')}"`;
  }
  return parts.map((part) => (typeof part === 'string' ? quoted(part) : `"${part.written}"`)).join('');
}

function written(part: TextPart, index: number, parts: readonly TextPart[]): string {
  if (typeof part === 'string') return part;
  const next = parts[index + 1];
  // The text after it must not become part of the name.
  const glued = part.written === `$${part.variable}` && typeof next === 'string' && /^\w/.test(next);
  return glued ? `\${${part.variable}}` : part.written;
}

function quoted(text: string): string {
  const needsEscapes = text.replaceAll('\n', '').search(hidden) !== -1;
  if (!needsEscapes) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = text
    .replace(/[\\']/g, '\\$&')
    // As bytes: \u depends on the locale.
    .replace(hidden, (char) => Buffer.from(char).toString('hex').replace(/../g, '\\x$&'));
  return `$'${escaped}'`;
}
