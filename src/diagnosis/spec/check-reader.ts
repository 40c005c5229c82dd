import type { Json } from './api-document.ts';
import { readArray } from './check-array.ts';
import { readBounds } from './check-bounds.ts';
import { readGroup } from './check-group.ts';
import { readListed } from './check-listed.ts';
import { readObject } from './check-object.ts';
import type { SchemaNode, SchemaReader, SchemaRules } from './check-schema.ts';
import { isJson } from './is-json.ts';
import { atPointer } from './json-pointer.ts';

/** A longer chain of references is a circle. */
const LONGEST_CHAIN = 50;

const readers = new WeakMap<object, SchemaReader>();

const anything: SchemaRules = {
  kind: 'rules',
  types: new Set(),
  nullable: false,
  byDefault: undefined,
  listed: undefined,
  bounds: undefined,
  object: undefined,
  array: undefined,
  all: [],
  groups: [],
  not: undefined,
};

/** The schemas of a document; each is read once, when it is asked for. */
export function schemaReader(root: object): SchemaReader {
  const known = readers.get(root);
  if (known) return known;
  const made = createReader(root);
  readers.set(root, made);
  return made;
}

function createReader(root: object): SchemaReader {
  const nodes = new Map<string, SchemaNode>();
  const version: unknown = Reflect.get(root, 'openapi');
  const oldReferences = typeof version === 'string' && version.startsWith('3.0');

  /** A reference with nothing beside it is what it leads to. */
  function node(start: string, declared: unknown): SchemaNode {
    let pointer = start;
    let raw = declared;
    for (let step = 0; isJson(raw) && typeof raw.$ref === 'string' && !hasRulesBeside(raw); step++) {
      pointer = raw.$ref;
      raw = step < LONGEST_CHAIN ? pointed(pointer) : undefined;
    }
    const found = nodes.get(pointer);
    if (found) return found;
    const made: SchemaNode = { pointer, raw, rules: undefined, open: nodes };
    nodes.set(pointer, made);
    return made;
  }

  /** In 3.0 nothing beside a reference counts, but `nullable` is meant all the same by those who write it there. */
  function hasRulesBeside(raw: Json): boolean {
    if (oldReferences) return raw.nullable === true;
    return Object.keys(raw).some((word) => !saysNothing.has(word));
  }

  /** `#` is the document and `#name` an anchor; neither is a schema at a place. */
  function pointed(reference: string): unknown {
    return reference.startsWith('#/') ? atPointer(root, reference) : undefined;
  }

  function rulesOf(owner: SchemaNode): SchemaRules {
    owner.rules ??= read(owner);
    return owner.rules;
  }

  function read({ pointer, raw }: SchemaNode): SchemaRules {
    if (typeof raw === 'boolean') return raw ? anything : { ...anything, kind: 'never' };
    if (!isJson(raw)) return { ...anything, kind: 'unknown' };
    const list = (word: string) => {
      const declared = raw[word];
      if (!Array.isArray(declared)) return [];
      return declared.map((one: unknown, index) => node(`${pointer}/${word}/${index}`, one));
    };
    const target = typeof raw.$ref === 'string' ? [node(raw.$ref, pointed(raw.$ref))] : [];
    if (target.length > 0 && oldReferences) return { ...anything, nullable: true, all: target };
    const all = [...target, ...list('allOf')];
    const groups = (['oneOf', 'anyOf'] as const)
      .map((word) => readGroup(pointer, list(word), raw, word))
      .filter(({ branches }) => branches.length > 0);
    const types = typesOf(raw, all.length + groups.length === 0);
    return {
      kind: 'rules',
      types: new Set(types),
      nullable: raw.nullable === true,
      byDefault: typeof raw.default === 'object' && raw.default !== null ? undefined : raw.default,
      listed: readListed(raw, types),
      bounds: readBounds(raw),
      object: readObject(pointer, raw, { node, pointed }),
      array: readArray(pointer, raw, list, node),
      all,
      groups,
      not: raw.not === undefined ? undefined : node(`${pointer}/not`, raw.not),
    };
  }

  return { nodeAt: (pointer) => node(pointer, atPointer(root, pointer)), rulesOf };
}

const jsonTypes = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);

/** Words that may stand beside a reference without saying anything of a value. */
const saysNothing = new Set([
  '$ref',
  'title',
  'description',
  'summary',
  'example',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'xml',
  'externalDocs',
  '$comment',
  '$defs',
]);

function typesOf(raw: Json, openEnded: boolean): readonly string[] {
  const declared: readonly unknown[] = Array.isArray(raw.type) ? raw.type : [raw.type];
  const known = declared.filter((type): type is string => typeof type === 'string' && jsonTypes.has(type));
  // A type that is none (`file` of older documents) says nothing.
  if (known.length > 0) return known.length === declared.length ? known : [];
  return raw.type === undefined &&
    openEnded &&
    isJson(raw.properties) &&
    Object.keys(raw.properties).length > 0
    ? ['object']
    : [];
}
