import { plainName } from '../match/words.ts';
import type { ApiDocument } from '../spec/api-document.ts';
import { followReference } from '../spec/follow-reference.ts';
import { isJson } from '../spec/is-json.ts';
import { pointerStep } from '../spec/json-pointer.ts';
import { isIdName } from './is-id-name.ts';

/** What the examples, patterns and descriptions of a document teach about its ids. */
export interface IdShapes {
  /** Beginnings such as `order_`, or two capitals before 32 hexadecimal digits, of the fields of this name. */
  readonly beginningsOf: (name: string) => ReadonlyMap<string, string>;
  /** Fields whose ids begin so, with the JSON pointer that says it. */
  readonly fieldsOf: (beginning: string) => ReadonlyMap<string, string>;
}

const MOST_NODES = 3_000_000;
const PREFIXED = /^([a-z][a-z0-9]{1,14}_)[A-Za-z0-9]{6,}$/;
const LETTERED = /^([A-Z]{2})[0-9a-fA-F]{32}$/;
const learnt = new WeakMap<ApiDocument, IdShapes>();

/** The part of an id that says what it is the id of: `order_` of `order_8fk2mxq1`. `undefined` where it has none. */
export function beginningOf(value: string): string | undefined {
  if (value.length > 200) return undefined;
  return PREFIXED.exec(value)?.[1] ?? LETTERED.exec(value)?.[1];
}

/** Reads the document once; what it teaches is kept for as long as the document is. */
export function shapeOfIds(document: ApiDocument): IdShapes {
  const known = learnt.get(document);
  if (known) return known;
  const made = learn(document.root);
  learnt.set(document, made);
  return made;
}

type Taught = Map<string, Map<string, string>>;

function learn(root: unknown): IdShapes {
  const byName: Taught = new Map();
  const byBeginning: Taught = new Map();
  const teach = (name: string, text: string, node: Node) => {
    for (const beginning of beginningsIn(text)) {
      note(byName, plainName(name), beginning, node);
      note(byBeginning, beginning, plainName(name), node);
    }
  };
  walk(root, teach);
  return {
    beginningsOf: (name) => byName.get(plainName(name)) ?? new Map(),
    fieldsOf: (beginning) => byBeginning.get(beginning) ?? new Map(),
  };
}

function note(taught: Taught, key: string, value: string, node: Node): void {
  const found = taught.get(key) ?? new Map<string, string>();
  taught.set(key, found);
  if (!found.has(value)) found.set(value, pointerOf(node));
}

/** From an example, a pattern (`^order_[a-z]+$`, `^CA[0-9a-fA-F]{32}$`) or an id inside a description. */
function beginningsIn(text: string): string[] {
  const whole = beginningOf(text);
  if (whole !== undefined) return [whole];
  if (text.startsWith('^')) return beginningsOfPattern(text);
  const inside = text.slice(0, 2000).match(/\b[A-Za-z][A-Za-z0-9]{1,14}_?[A-Za-z0-9]{6,40}\b/g) ?? [];
  return inside.flatMap((word) => {
    const beginning = /\d/.test(word) ? beginningOf(word) : undefined;
    return beginning === undefined ? [] : [beginning];
  });
}

/** `^order_…`, `^CA[0-9a-f]{32}$`, `^(SM|MM)[0-9a-f]{32}$`. */
function beginningsOfPattern(pattern: string): string[] {
  const group = /^\^(?:\((?:\?:)?([^()[\]]{2,200})\)|([a-z][a-z0-9]{1,14}_|[A-Z]{2}(?=\[)))/.exec(pattern);
  const alternatives = (group?.[1] ?? group?.[2] ?? '').split('|');
  return alternatives.filter((one) => /^(?:[a-z][a-z0-9]{1,14}_|[A-Z]{2})$/.test(one));
}

interface Node {
  readonly value: unknown;
  readonly above: Node | undefined;
  readonly key: string | number;
  /** The field that it speaks of. */
  readonly name: string | undefined;
  readonly example: boolean;
}

/** Visits schemas under `properties`, parameters, and what stands in examples; without recursion, as documents may be nested deeply. */
function walk(root: unknown, teach: (name: string, text: string, node: Node) => void): void {
  const open: Node[] = [{ value: root, above: undefined, key: '', name: undefined, example: false }];
  const seen = new Set<object>();
  const targets = new Map<string, ReturnType<Followed>>();
  const followed: Followed = (reference) => {
    if (!targets.has(reference)) targets.set(reference, followReference(root, reference)?.value);
    return targets.get(reference);
  };
  for (let count = 0; count < MOST_NODES; count++) {
    const here = open.pop();
    if (!here) return;
    const { value, name, example } = here;
    if (typeof value === 'string' && name !== undefined && isIdName(name)) teach(name, value, here);
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (Array.isArray(value)) {
      for (let key = 0; key < value.length; key++)
        if (example || typeof value[key] === 'object')
          open.push({ value: value[key], above: here, key, name, example });
    } else if (isJson(value)) visitObject(value, here, teach, open, followed);
  }
}

function visitObject(
  value: Readonly<Record<string, unknown>>,
  here: Node,
  teach: (name: string, text: string, node: Node) => void,
  open: Node[],
  followed: Followed,
): void {
  const { name, example } = here;
  const parameter = !example && typeof value.in === 'string' && typeof value.name === 'string';
  const named = parameter ? String(value.name) : name;
  if (!example && named !== undefined && isIdName(named)) {
    for (const text of spoken(value)) teach(named, text, here);
    // An id is often a schema of its own; what it says holds wherever it is referred to.
    const target = typeof value.$ref === 'string' ? followed(value.$ref) : undefined;
    if (target) for (const text of spoken(target)) teach(named, text, here);
  }
  const fields = !example && here.key === 'properties';
  for (const key of Object.keys(value)) {
    const inner = value[key];
    const shown = example || EXAMPLES.has(key);
    // Outside examples only objects lead on: what a schema says in text is read above.
    if (typeof inner !== 'object' && !shown) continue;
    const below = example || fields ? key : shown || PASSED.has(key) ? named : undefined;
    open.push({ value: inner, above: here, key, name: below, example: shown && !fields });
  }
}

type Followed = (reference: string) => Readonly<Record<string, unknown>> | undefined;

/** What a schema says of its values in text. */
function spoken(schema: Readonly<Record<string, unknown>>): string[] {
  const examples = Array.isArray(schema.examples) ? schema.examples.slice(0, 5) : [];
  return [schema.pattern, schema.description, schema.example, ...examples].filter(
    (text) => typeof text === 'string',
  );
}

function pointerOf(node: Node): string {
  const steps: string[] = [];
  for (let here: Node | undefined = node; here?.above; here = here.above) steps.push(pointerStep(here.key));
  return `#${steps.reverse().join('')}`;
}

const EXAMPLES = new Set(['example', 'examples', 'default']);
/** Below these a schema still speaks of the same field. */
const PASSED = new Set(['schema', 'items', 'anyOf', 'oneOf', 'allOf']);
