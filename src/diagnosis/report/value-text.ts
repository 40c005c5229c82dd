/** Deeper than any request that a person writes; below it a value is an ellipsis. */
const maxDepth = 32;

/** A value as JSON on one line, cut off after about `maxLength` characters. Deep and long values cost no more than short ones. */
export function valueText(value: unknown, maxLength = 400): string {
  const parts: string[] = [];
  let left = maxLength;
  const put = (text: string) => {
    parts.push(text);
    left -= text.length;
  };
  const write = (part: unknown, depth: number): void => {
    if (left <= 0) return;
    if (typeof part === 'string') {
      put(JSON.stringify(part.length > left ? `${part.slice(0, left).toWellFormed()}…` : part));
      return;
    }
    if (part === null || typeof part !== 'object') {
      put(JSON.stringify(part) ?? String(part));
      return;
    }
    const list = Array.isArray(part);
    const names = list ? part : Object.keys(part);
    if (depth >= maxDepth && names.length > 0) {
      put(list ? '[…]' : '{…}');
      return;
    }
    put(list ? '[' : '{');
    let index = 0;
    for (const entry of names) {
      if (left <= 0) break;
      if (index > 0) put(',');
      index += 1;
      if (list) {
        write(entry, depth + 1);
      } else {
        write(entry, depth + 1);
        put(':');
        write((part as Readonly<Record<string, unknown>>)[entry as string], depth + 1);
      }
    }
    if (index < names.length) put('…');
    put(list ? ']' : '}');
  };
  write(value, 0);
  return parts.join('');
}

/** Whether two values are the same JSON. Values deeper than 64 are taken as different. */
export function sameValue(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || depth > 64) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameValue(left[name], right[name], depth + 1))
  );
}
