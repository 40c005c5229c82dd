import { followReference } from './follow-reference.ts';
import { isJson } from './is-json.ts';
import { atPointer } from './json-pointer.ts';
import { oneLine } from './one-line.ts';

/** What a schema says of itself in one line: its own description first, then that of what it refers to. */
export function schemaDescription(root: unknown, pointer: string): string | undefined {
  const own = atPointer(root, pointer);
  return oneLine(
    isJson(own) && typeof own.description === 'string'
      ? own.description
      : followReference(root, pointer)?.value.description,
  );
}
