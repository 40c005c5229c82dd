import { printable } from '../../kernel/printable.ts';
import type { Explanation } from '../explanation.ts';

const sources = {
  file: 'from the file',
  live: 'fetched now from',
  cache: 'kept from',
  wire: 'made from Donna’s own schemas, not from the provider:',
  given: 'given by the caller:',
} as const;

/** A document that was read: its title, version, where it is from and its day. */
export function documentWords({ title, version, origin }: Explanation['documents'][number]): string {
  const named =
    version === undefined
      ? printable(title, 120)
      : `${printable(title, 120)}, version ${printable(version, 40)}`;
  const date = origin.date === undefined ? '' : `, of ${printable(origin.date, 20)}`;
  return `${named}, ${sources[origin.kind]} ${printable(origin.name, 200)}${date}`;
}
