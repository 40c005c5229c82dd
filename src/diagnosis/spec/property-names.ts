import { followReference } from './follow-reference.ts';
import { isJson } from './is-json.ts';

const DEEPEST = 5;
const MOST_READ = 200;

/** The names of the top-level fields of a schema and its alternatives: much cheaper than its shape, and without its types. */
export function propertyNames(root: unknown, pointer: string): ReadonlySet<string> {
  const names = new Set<string>();
  const waiting = [{ pointer, depth: 0 }];
  for (let read = 0; waiting.length > 0 && read < MOST_READ; read++) {
    const next = waiting.shift();
    const found = next && followReference(root, next.pointer);
    if (!found) continue;
    if (isJson(found.value.properties))
      for (const name of Object.keys(found.value.properties)) names.add(name);
    if (next.depth === DEEPEST) continue;
    for (const word of ['allOf', 'anyOf', 'oneOf']) {
      const list = found.value[word];
      if (!Array.isArray(list)) continue;
      for (const index of list.slice(0, MOST_READ).keys()) {
        waiting.push({ pointer: `${found.pointer}/${word}/${index}`, depth: next.depth + 1 });
      }
    }
  }
  return names;
}
