import type { Evidence } from '../explanation.ts';
import { oneLine } from '../spec/one-line.ts';

/** Evidence from a place in the document; nothing where the text says nothing. */
export function documentSays(pointer: string, text: string | undefined): Evidence | undefined {
  const line = oneLine(text, 200);
  return line === undefined ? undefined : { source: 'document', text: line, pointer };
}
