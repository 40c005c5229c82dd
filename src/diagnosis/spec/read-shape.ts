import { atPointer, pointerStep } from './json-pointer.ts';
import type { Field, Shape } from './shape.ts';

/** One schema object with its references followed and its `allOf` joined. */
interface Alternative {
  readonly pointer: string;
  readonly types: readonly string[];
  readonly values: readonly unknown[] | undefined;
  /** Pointers of the schemas of each property. */
  readonly properties: ReadonlyMap<string, readonly string[]>;
  readonly required: ReadonlySet<string>;
  readonly items: readonly string[];
  readonly entries: readonly string[];
  readonly rest: Shape['rest'] | undefined;
  readonly said: readonly Schema[];
}

/**
 * Bounds of what is read of one schema: a union of unions can multiply without end, and references can be nested
 * deeper than the stack. What lies beyond is taken as anything, so no difference is made up.
 */
const MOST_ALTERNATIVES = 300;
const MOST_READ = 5000;
const DEEPEST_REFERENCE = 100;

type Schema = Readonly<Record<string, unknown>>;

/**
 * Reads the schemas of one document. A shape is known by the pointers it is made of, so that a schema that
 * holds itself comes back to the same id and a walk can end.
 */
export function createShapeReader(root: unknown): (pointers: readonly string[]) => Shape {
  const known = new Map<string, Shape>();
  let read = 0;

  function shapeAt(pointers: readonly string[]): Shape {
    const id = [...new Set(pointers)].sort().join(' ');
    const found = known.get(id);
    if (found) return found;
    read = 0;
    const all = pointers.flatMap((pointer) => alternatives(pointer, new Set()));
    const made = join(id, pointers, all.length > MOST_ALTERNATIVES ? [anything(pointers[0] ?? '#')] : all);
    known.set(id, made);
    return made;
  }

  /** `open` holds the references being followed: one that leads back to itself says nothing. */
  function alternatives(pointer: string, open: ReadonlySet<string>): Alternative[] {
    const schema = atPointer(root, pointer);
    read += 1;
    if (open.has(pointer) || open.size > DEEPEST_REFERENCE || read > MOST_READ || !isSchema(schema)) {
      return [anything(pointer)];
    }
    const inside = new Set(open).add(pointer);
    if (typeof schema.$ref === 'string') return alternatives(schema.$ref, inside);
    const own = plain(pointer, schema);
    const joined = lists(schema, 'allOf').reduce<Alternative[]>(
      (sofar, index) => product(sofar, alternatives(`${pointer}/allOf/${index}`, inside)),
      [own],
    );
    const choices = ['anyOf', 'oneOf'].flatMap((word) =>
      lists(schema, word).flatMap((index) => alternatives(`${pointer}/${word}/${index}`, inside)),
    );
    const said = choices.length === 0 ? joined : product(joined, choices);
    // OpenAPI 3.0 writes null so.
    return schema.nullable === true ? [...said, { ...anything(pointer), types: ['null'] }] : said;
  }

  function join(id: string, pointers: readonly string[], all: readonly Alternative[]): Shape {
    const objects = all.filter((one) => one.properties.size > 0 || one.types.includes('object'));
    const names = new Set(objects.flatMap((one) => [...one.properties.keys()]));
    const fields = new Map<string, Field>();
    for (const name of names) {
      const places = objects.flatMap((one) => one.properties.get(name) ?? []);
      fields.set(name, {
        required: objects.every((one) => one.required.has(name)),
        pointer: places[0] ?? id,
        shape: () => shapeAt(places),
      });
    }
    const items = all.flatMap((one) => one.items);
    const entries = objects.flatMap((one) => one.entries);
    const rests = objects.map((one) => one.rest ?? (one.properties.size === 0 ? 'map' : 'ignored'));
    return {
      id,
      pointer: all[0]?.pointer ?? pointers[0] ?? '#',
      types: all.some((one) => one.types.length === 0) ? new Set() : new Set(all.flatMap((one) => one.types)),
      values: listedValues(all),
      fields,
      requiredSets: objects.map((one) => one.required),
      said: all.flatMap((one) => one.said),
      items: () => (items.length > 0 ? shapeAt(items) : undefined),
      rest: rests.includes('map') ? 'map' : rests.includes('ignored') ? 'ignored' : 'closed',
      entries: () => (entries.length > 0 ? shapeAt(entries) : undefined),
    };
  }

  return shapeAt;
}

function plain(pointer: string, schema: Schema): Alternative {
  const properties = isSchema(schema.properties) ? Object.keys(schema.properties) : [];
  const values = 'const' in schema ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : undefined;
  const rest = schema.additionalProperties;
  return {
    pointer,
    types: typesOf(schema, values, properties.length > 0),
    values,
    properties: new Map(
      properties.map((name) => [name, [`${pointer}/properties${pointerStep(name)}`]] as const),
    ),
    required: new Set(strings(schema.required)),
    items: isSchema(schema.items) ? [`${pointer}/items`] : [],
    entries: isSchema(rest) && Object.keys(rest).length > 0 ? [`${pointer}/additionalProperties`] : [],
    rest: rest === false ? 'closed' : rest === true || isSchema(rest) ? 'map' : undefined,
    said: [schema],
  };
}

function typesOf(schema: Schema, values: readonly unknown[] | undefined, hasProperties: boolean): string[] {
  // Listed values say it better: an enumeration of 0 to 4 may call itself a number.
  if (values && values.length > 0) return [...new Set(values.map(jsonType))];
  if (typeof schema.type === 'string') return [schema.type];
  if (Array.isArray(schema.type)) return strings(schema.type);
  return hasProperties ? ['object'] : [];
}

/** Each of the one with each of the other. */
function product(left: readonly Alternative[], right: readonly Alternative[]): Alternative[] {
  if (left.length * right.length > MOST_ALTERNATIVES) return [anything(left[0]?.pointer ?? '#')];
  return left.flatMap((one) => right.map((other) => both(one, other)));
}

function both(left: Alternative, right: Alternative): Alternative {
  const properties = new Map(left.properties);
  for (const [name, places] of right.properties)
    properties.set(name, [...(properties.get(name) ?? []), ...places]);
  const shared = left.types.filter((type) => right.types.includes(type));
  return {
    pointer: left.types.length === 0 && left.properties.size === 0 ? right.pointer : left.pointer,
    types: left.types.length === 0 ? right.types : right.types.length === 0 ? left.types : shared,
    values: right.values ?? left.values,
    properties,
    required: new Set([...left.required, ...right.required]),
    items: [...left.items, ...right.items],
    entries: [...left.entries, ...right.entries],
    rest: right.rest ?? left.rest,
    said: [...left.said, ...right.said],
  };
}

function anything(pointer: string): Alternative {
  return {
    pointer,
    types: [],
    values: undefined,
    properties: new Map(),
    required: new Set(),
    items: [],
    entries: [],
    rest: undefined,
    said: [],
  };
}

/** The values are listed only where each alternative but null lists its own. */
function listedValues(all: readonly Alternative[]): Set<string> | undefined {
  const spoken = all.filter((one) => !(one.types.length === 1 && one.types[0] === 'null'));
  if (spoken.length === 0 || spoken.some((one) => one.values === undefined)) return undefined;
  const values = spoken.flatMap((one) => one.values ?? []).filter((value) => value !== null);
  try {
    return new Set(values.map((value) => JSON.stringify(value)));
  } catch {
    // Nested deeper than the stack, or it holds itself: as good as not listed.
    return undefined;
  }
}

function lists(schema: Schema, word: string): number[] {
  const list = schema[word];
  return Array.isArray(list) ? list.map((_, index) => index) : [];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
