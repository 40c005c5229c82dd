/** Levels. Code that people write has a dozen. */
const DEEPEST = 500;

/**
 * Whether brackets that are open, or signs in front of one value, pile up beyond what is read. The parsers go on through any text, but
 * their time grows with the square of such a pile, and their memory, too: 40 kB of `${` take 8 s and 1.6 GB. Counts brackets in texts
 * and comments along, of which few have no counterpart.
 */
export function isNestedTooDeep(text: string): boolean {
  let open = 0;
  let signs = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index] ?? '';
    if (char === '-' || char === '+' || char === '!' || char === '~') signs += 1;
    else if (!/\s/.test(char)) signs = 0;
    if (char === '(' || char === '[' || char === '{') open += 1;
    else if (open > 0 && (char === ')' || char === ']' || char === '}')) open -= 1;
    if (open > DEEPEST || signs > DEEPEST) return true;
  }
  return false;
}
