import type { ApiDocument, ApiOperation, Json } from '../spec/api-document.ts';
import { followReference } from '../spec/follow-reference.ts';
import { isJson } from '../spec/is-json.ts';
import { atPointer } from '../spec/json-pointer.ts';
import { wordsOf } from './words.ts';

/** Which operation takes fields of which names: of the body's first level and of the query. */
export interface FieldIndex {
  readonly namesOf: (operation: ApiOperation) => ReadonlySet<string>;
  /** What a name tells: one that few operations take tells much. 0 to 1. */
  readonly weightOf: (name: string) => number;
  /** Names that share a word with this one, itself among them. */
  readonly alike: (name: string) => readonly string[];
}

/** Schemas of one body that are looked into. */
const MOST_SCHEMAS = 200;
const MOST_ALIKE = 60;
/** So many are kept, so that strange words of many requests do not fill the memory. */
const MOST_WORDS = 5_000;

const indexes = new WeakMap<ApiDocument, FieldIndex>();

export function fieldIndex(document: ApiDocument): FieldIndex {
  const known = indexes.get(document);
  if (known) return known;
  const made = makeIndex(document);
  indexes.set(document, made);
  return made;
}

function makeIndex(document: ApiDocument): FieldIndex {
  const names = document.operations.map((operation) => namesAt(document.root, operation));
  const seen = new Map<string, number>();
  for (const own of names) for (const name of own) seen.set(name, (seen.get(name) ?? 0) + 1);
  const byWord = new Map<string, readonly string[]>();
  const all = Math.log(names.length + 1);
  return {
    namesOf: ({ index }) => names[index] ?? new Set(),
    weightOf: (name) =>
      all === 0 ? 1 : Math.max(0.1, Math.log((names.length + 1) / ((seen.get(name) ?? 0) + 0.5)) / all),
    alike: (name) => [...new Set(wordsOf(name).flatMap((word) => withWord(word)))],
  };

  // Few words are ever asked for, and to cut all names into theirs takes longer than all the rest.
  function withWord(word: string): readonly string[] {
    const known = byWord.get(word);
    if (known) return known;
    const begin = word.endsWith('y') ? word.slice(0, -1) : word;
    const found: string[] = [];
    for (const name of seen.keys()) {
      if (found.length === MOST_ALIKE) break;
      if (name.toLowerCase().includes(begin) && wordsOf(name).includes(word)) found.push(name);
    }
    if (byWord.size > MOST_WORDS) byWord.clear();
    byWord.set(word, found);
    return found;
  }
}

function namesAt(root: Json, operation: ApiOperation): Set<string> {
  const found = new Set<string>();
  const declared = atPointer(root, operation.pointer);
  if (!isJson(declared)) return found;
  const body = followReference(root, '', declared.requestBody)?.value;
  const contents = isJson(body?.content) ? Object.values(body.content) : [];
  const seen = new Set<Json>();
  for (const content of contents.slice(0, 4)) {
    if (isJson(content)) collect(root, content.schema, found, seen);
  }
  for (const listed of Array.isArray(declared.parameters) ? declared.parameters : []) {
    const parameter = followReference(root, '', listed)?.value;
    if (parameter?.in === 'query' && typeof parameter.name === 'string') found.add(parameter.name);
  }
  return found;
}

/** Goes through each schema once, however often it is referred to. */
function collect(root: Json, schema: unknown, found: Set<string>, seen: Set<Json>): void {
  const own = followReference(root, '', schema)?.value;
  if (!own || seen.has(own) || seen.size > MOST_SCHEMAS || found.size > 1000) return;
  seen.add(own);
  if (isJson(own.properties)) for (const name of Object.keys(own.properties)) found.add(name);
  for (const word of ['allOf', 'anyOf', 'oneOf']) {
    const list = own[word];
    if (Array.isArray(list)) for (const one of list.slice(0, 60)) collect(root, one, found, seen);
  }
}
