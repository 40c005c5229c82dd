import { percentDecoded } from '../../kernel/percent-decoded.ts';
export interface PathPattern<Target> {
  readonly method: string;
  /** A template such as `/v1/convai/agents/{agent_id}`. */
  readonly path: string;
  readonly target: Target;
}

export type PathMatch<Target> =
  | { readonly kind: 'found'; readonly target: Target; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' };

/** Makes a matcher. A path that is spelled out wins over one with a place in it. */
export function createPathMatcher<Target>(patterns: readonly PathPattern<Target>[]) {
  const compiled = patterns
    .map((pattern) => ({ ...pattern, names: namesOf(pattern.path), shape: shapeOf(pattern.path) }))
    .toSorted((a, b) => a.names.length - b.names.length);
  return (method: string, path: string): PathMatch<Target> => {
    const fitting = compiled.filter(({ shape }) => shape.test(path));
    const found = fitting.find((one) => one.method === method);
    if (found) {
      const values = found.shape.exec(path)?.slice(1) ?? [];
      const params = Object.fromEntries(
        found.names.map((name, at) => [name, percentDecoded(values[at] ?? '')]),
      );
      return { kind: 'found', target: found.target, params };
    }
    if (fitting.length === 0) return { kind: 'unknown' };
    return { kind: 'wrong-method', allowed: [...new Set(fitting.map((one) => one.method))].toSorted() };
  };
}

function namesOf(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

function shapeOf(template: string): RegExp {
  const parts = template.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('([^/]+?)')}$`);
}
