import { atPointer } from './json-pointer.ts';

/** A chain of references longer than this is a circle. */
const LONGEST_CHAIN = 20;

/**
 * The object at a pointer, through the references of this document; `undefined` where there is none or it lies elsewhere.
 * @param first what stands there, for who has it already.
 */
export function followReference(
  root: unknown,
  start: string,
  first?: unknown,
): { readonly value: Readonly<Record<string, unknown>>; readonly pointer: string } | undefined {
  let pointer = start;
  let value = first ?? atPointer(root, pointer);
  for (let step = 0; step < LONGEST_CHAIN; step++) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const object = value as Readonly<Record<string, unknown>>;
    if (typeof object.$ref !== 'string') return { value: object, pointer };
    pointer = object.$ref;
    value = atPointer(root, pointer);
  }
  return undefined;
}
