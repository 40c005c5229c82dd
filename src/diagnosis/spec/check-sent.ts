import type { ApiParameter } from './api-document.ts';
import { isJson } from './is-json.ts';
import { atPointer } from './json-pointer.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

const separators: ReadonlyMap<unknown, string> = new Map([
  ['pipeDelimited', '|'],
  ['spaceDelimited', ' '],
]);

const MOST_BRACKETS = 8;

/**
 * What a query says for a parameter, as OpenAPI's styles and common practice write it: `a=1&a=2`, `a[]=1`, `a[b]=1`, `a=1|2`, and for
 * an object that is not in brackets its own fields as parameters. `undefined`: nothing.
 */
export function queryValue(
  root: unknown,
  parameter: ApiParameter,
  all: readonly ApiParameter[],
  query: Pairs,
): unknown {
  const { name } = parameter;
  const own = query.filter(([sent]) => sent === name).map(([, value]) => value);
  const declared = atPointer(root, parameter.pointer);
  const style = isJson(declared) ? declared.style : undefined;
  if (own.length > 1) return own;
  const [only] = own;
  if (only !== undefined) {
    const separator = separators.get(style);
    return separator !== undefined && only.includes(separator) ? only.split(separator) : only;
  }
  const isDeclared = (sent: string) => all.some((one) => one.in === 'query' && one.name === sent);
  const inside = query.filter(([sent]) => sent.startsWith(`${name}[`) && !isDeclared(sent));
  if (inside.length > 0) return foldBrackets(inside, (sent) => sent === name).get(name);
  if (style === 'deepObject' || (isJson(declared) && declared.explode === false)) return undefined;
  const free = query.filter(([sent]) => !isDeclared(sent));
  if (free.length === 0) return undefined;
  const { fields } = parameter.shape();
  const spread = free.filter(([sent]) => fields.has(sent));
  return spread.length === 0 ? undefined : Object.fromEntries(spread);
}

/** Names like `a[b][c]`, `a[]` and `a[0]`, folded to the value of `a` where `isField` knows it. Other names stay as they are. */
export function foldBrackets(
  pairs: Iterable<readonly [name: string, value: unknown]>,
  isField: (name: string) => boolean,
): Map<string, unknown> {
  const folded = new Map<string, unknown>();
  const trees = new Map<string, Tree>();
  for (const [name, value] of pairs) {
    const open = name.indexOf('[');
    const owner = name.slice(0, open);
    const steps = open > 0 && name.endsWith(']') ? name.slice(open + 1, -1).split('][') : [];
    if (steps.length === 0 || steps.length > MOST_BRACKETS || !isField(owner)) {
      folded.set(name, value);
      continue;
    }
    const tree = trees.get(owner) ?? new Map();
    trees.set(owner, tree);
    grow(tree, steps, value);
  }
  for (const [name, tree] of trees) folded.set(name, asValue(tree));
  return folded;
}

type Tree = Map<string, unknown>;

function grow(root: Tree, steps: readonly string[], value: unknown): void {
  let tree = root;
  for (const [depth, step] of steps.entries()) {
    // `a[]=1&a[]=2`: each is an item of its own.
    const key = step === '' ? String(tree.size) : step;
    if (depth === steps.length - 1) {
      for (const one of Array.isArray(value) && step === '' ? value : [value]) {
        tree.set(step === '' ? String(tree.size) : key, one);
      }
      return;
    }
    const next = tree.get(key);
    const inner: Tree = next instanceof Map ? next : new Map();
    tree.set(key, inner);
    tree = inner;
  }
}

/** A list where all names are numbers. `fromEntries` defines its members, so `__proto__` is a name like any other. */
function asValue(tree: Tree): unknown {
  const entries = [...tree].map(
    ([name, value]) => [name, value instanceof Map ? asValue(value) : value] as const,
  );
  return entries.every(([name]) => /^\d+$/.test(name))
    ? entries.map(([, value]) => value)
    : Object.fromEntries(entries);
}

/** By lower-case name; the first wins. */
export function headerValues(headers: Pairs): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (!values.has(key)) values.set(key, value);
  }
  return values;
}

export function cookieValues(headers: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0) values.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  return values;
}
