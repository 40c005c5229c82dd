import type { Json } from './api-document.ts';
import { readSize } from './check-bounds.ts';
import type { ArrayRules, SchemaNode } from './check-schema.ts';
import { isJson } from './is-json.ts';

const words = ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems'];

/** What a schema says of lists; `undefined` where it says nothing. */
export function readArray(
  pointer: string,
  raw: Json,
  list: (word: string) => readonly SchemaNode[],
  node: (pointer: string, declared: unknown) => SchemaNode,
): ArrayRules | undefined {
  if (!words.some((word) => raw[word] !== undefined)) return undefined;
  const declared = raw.items;
  return {
    // Before 2020-12 a list under `items` was what `prefixItems` is now.
    first: Array.isArray(declared) ? list('items') : list('prefixItems'),
    items: isJson(declared) || declared === false ? node(`${pointer}/items`, declared) : undefined,
    unique: raw.uniqueItems === true,
    size: readSize(raw.minItems, raw.maxItems),
  };
}
