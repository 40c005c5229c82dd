import type { Issue } from './accept.ts';

/**
 * What pydantic would take the value for where its type does not fit: "60" for 60, "true" for true. In a query,
 * a parameter given once for a list is a list of one, and one given twice for a single value counts the last time.
 */
export function lenientValue(
  issue: Issue,
  value: unknown,
  where: 'body' | 'query',
): { value: unknown } | undefined {
  const wanted = issue.code === 'invalid_type' ? issue.expected : undefined;
  if (where === 'query' && Array.isArray(value) && wanted !== 'array' && issue.code !== 'too_big') {
    return { value: value.at(-1) };
  }
  if (where === 'query' && wanted === 'array' && typeof value === 'string') return { value: [value] };
  if (wanted === 'number' || wanted === 'int') {
    if (typeof value === 'boolean') return { value: Number(value) };
    if (typeof value !== 'string' || !/^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)) return undefined;
    return wanted === 'number' || Number.isInteger(Number(value)) ? { value: Number(value) } : undefined;
  }
  if (wanted === 'boolean') {
    const word = String(value).toLowerCase();
    if (['true', '1', 'yes', 'on', 't', 'y'].includes(word)) return { value: true };
    if (['false', '0', 'no', 'off', 'f', 'n'].includes(word)) return { value: false };
  }
  return undefined;
}
