/** Characters that a terminal or an editor does not show, or shows elsewhere: C0, DEL and C1, marks of direction, zero width. */
export const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Nested deeper than this, nothing is written out: whoever walks it would run out of stack. */
const DEEPEST = 500;

/** JSON text in which every character can be seen: what cannot is written as \uXXXX. `undefined` becomes null. */
export function plainJson(value: unknown, indent = 0): string {
  return (JSON.stringify(value, null, indent) ?? 'null').replace(hidden, (char) =>
    char === '\n' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Whether a value is nested too deep to be walked by recursion. Values that hold themselves are. */
export function tooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}
