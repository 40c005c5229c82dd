/**
 * JSON as PostgreSQL's jsonb takes it: without NUL characters and halves of surrogate pairs, which come from outside and are replaced by
 * U+FFFD, so that no text that anybody sends can make a write impossible.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return SUSPECT.test(text) ? JSON.stringify(cleaned(value)) : text;
}

/** The same for a text column. */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}

const SUSPECT = /\\u(0000|d[89a-f])/i;

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (value instanceof Date || value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [cleanText(key), cleaned(one)]));
}
