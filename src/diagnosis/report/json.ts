import type { Explanation } from '../explanation.ts';
import type { Proof } from '../proof.ts';

/** The format `json`: an explanation, and what is known of its fix. Its schema is docs/explanation.schema.json. */
export type JsonReport = Explanation & { readonly proof?: Proof };

/** Far below the depth at which `JSON.stringify` runs out of stack. */
const maxDepth = 200;

/** Indented JSON. Of values nested deeper than 200 levels the rest is left out: they come only from hostile requests. */
export function jsonReport(explanation: Explanation, proof?: Proof): string {
  const report: JsonReport = proof ? { ...explanation, proof } : explanation;
  return JSON.stringify(shallow(report, 0), undefined, 2);
}

function shallow(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return Array.isArray(value) ? [] : {};
  if (Array.isArray(value)) return value.map((entry) => shallow(entry, depth + 1));
  // Without a prototype, a field named `__proto__` is a field like any other.
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, entry] of Object.entries(value)) copy[name] = shallow(entry, depth + 1);
  return copy;
}
