import { oneLine } from '../spec/one-line.ts';

const SECRET = /pass(?:word|phrase|wd)|secret|token|api[-_]?key|credential|authorization|private[-_]?key/i;

/** A value as short JSON for a column. What stands under the name of a secret is not shown. */
export function showValue(value: unknown, name = ''): string {
  if (typeof value === 'string') {
    return SECRET.test(name) && value !== ''
      ? '"…"'
      : (oneLine(JSON.stringify(value.slice(0, 400)), 60) ?? '');
  }
  if (Array.isArray(value)) {
    const more = value.length > 1 ? ', …' : '';
    return value.length === 0 ? '[]' : `[${showFirst(value[0], name)}${more}]`;
  }
  if (typeof value !== 'object' || value === null) return value === undefined ? '(nothing)' : String(value);
  const names = Object.keys(value);
  if (names.length === 0) return '{}';
  return oneLine(`{ ${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''} }`, 60) ?? '{…}';
}

function showFirst(value: unknown, name: string): string {
  if (Array.isArray(value)) return '[…]';
  return typeof value === 'object' && value !== null ? '{…}' : showValue(value, name);
}
