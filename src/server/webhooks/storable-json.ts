const odd = /\\u0000|\\ud[89a-f]/i;

/**
 * Parses JSON that is to be kept in the database, which has no place for U+0000 and for half a surrogate pair: each becomes U+FFFD.
 * Throws SyntaxError for what is no JSON.
 */
export function storableJson(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  return odd.test(text) ? mended(parsed) : parsed;
}

function mended(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '\ufffd').toWellFormed();
  if (Array.isArray(value)) return value.map(mended);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [mended(name), mended(inner)]));
}
