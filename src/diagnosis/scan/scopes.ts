import type { SyntaxNode } from '@lezer/common';

/** Where a name gets a value. */
export interface Definition {
  readonly name: string;
  /** Offset of the name. */
  readonly at: number;
  /** The expression that gives the value; `undefined` where there is none (a parameter, a loop variable). */
  readonly value: SyntaxNode | undefined;
  /** The type that is written beside it. */
  readonly type?: string;
  readonly from?: { readonly module: string; readonly member: string | undefined };
  /** The block it stands in: behind the end of that block it may not have happened. */
  readonly block: { readonly from: number; readonly to: number };
}

export interface Scope {
  readonly kind: 'module' | 'function' | 'block' | 'class';
  readonly from: number;
  readonly to: number;
  readonly parent: Scope | undefined;
  readonly children: Scope[];
  readonly names: Map<string, Definition[]>;
}

/** `payload.name = value`, `payload["name"] = value`; without `name` where anything may have been added. */
export interface Addition {
  readonly at: number;
  readonly name: string | undefined;
  readonly key: { readonly from: number; readonly to: number };
  readonly value: SyntaxNode | undefined;
}

/** What one pass over a file learns of its names. */
export interface Names {
  readonly root: Scope;
  /** By the name of the object. */
  readonly additions: ReadonlyMap<string, readonly Addition[]>;
  /** How often each name is written, definitions included. */
  readonly mentions: ReadonlyMap<string, number>;
  readonly loops: readonly { readonly from: number; readonly to: number }[];
}

export function createScope(kind: Scope['kind'], from: number, to: number, parent?: Scope): Scope {
  const scope: Scope = { kind, from, to, parent, children: [], names: new Map() };
  parent?.children.push(scope);
  return scope;
}

export function define(scope: Scope, definition: Definition): void {
  const known = scope.names.get(definition.name);
  if (known) known.push(definition);
  else scope.names.set(definition.name, [definition]);
}

/** The innermost scope at an offset. */
export function scopeAt(root: Scope, at: number): Scope {
  let scope = root;
  for (;;) {
    const inner = childAt(scope.children, at);
    if (!inner) return scope;
    scope = inner;
  }
}

/** Children stand in the order of the text and never overlap. */
function childAt(children: readonly Scope[], at: number): Scope | undefined {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle]?.to ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const child = children[low];
  return child && child.from <= at ? child : undefined;
}

/** What is assigned more often than this is no constant. */
const mostDefinitions = 200;

/**
 * The one definition that a name has at an offset; `undefined` when there is none, or when it depends on the way
 * that the program took.
 */
export function resolve(names: Names, name: string, at: number): Definition | undefined {
  for (let scope: Scope | undefined = scopeAt(names.root, at); scope; scope = scope.parent) {
    const all = scope.names.get(name);
    if (!all) continue;
    if (all.length === 1) return all[0];
    if (all.length > mostDefinitions) return undefined;
    return sequential(names, scope, all, at);
  }
  return undefined;
}

/** With several definitions one after the other the last before the use counts, if nothing branches or repeats. */
function sequential(
  names: Names,
  scope: Scope,
  all: readonly Definition[],
  at: number,
): Definition | undefined {
  if (functionOf(scopeAt(names.root, at)) !== functionOf(scope)) return undefined;
  if (names.loops.some((loop) => loop.from <= at && at < loop.to && all.some((one) => within(one, loop)))) {
    return undefined;
  }
  const last = all
    .filter((one) => one.at < at && !(one.value && one.value.from <= at && at < one.value.to))
    .sort((a, b) => a.at - b.at)
    .at(-1);
  return last && last.block.from <= at && at < last.block.to ? last : undefined;
}

function within(definition: Definition, span: { from: number; to: number }): boolean {
  return span.from <= definition.at && definition.at < span.to;
}

function functionOf(scope: Scope): Scope {
  let found = scope;
  while (found.kind === 'block' && found.parent) found = found.parent;
  return found;
}
