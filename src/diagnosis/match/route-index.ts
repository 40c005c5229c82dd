import type { ApiDocument, ApiOperation, ApiServer } from '../spec/api-document.ts';
import { type Segment, segmentOf } from './likeness.ts';
import { type TemplateStep, templateSteps } from './template.ts';

/** One way to reach an operation: its path after one of its base paths. */
export interface RouteEntry {
  readonly operation: ApiOperation;
  /** Those with this base path; at least one. */
  readonly servers: readonly ApiServer[];
  readonly steps: readonly TemplateStep[];
  /** For each step the number of its literal, -1 for a parameter. */
  readonly literals: readonly number[];
  /** What each step tells: a literal that few paths have tells much, one that all have little. 0 to 1. */
  readonly weights: readonly number[];
  readonly weight: number;
}

/** The paths of a document, made ready for comparing. */
export interface RouteIndex {
  readonly entries: readonly RouteEntry[];
  readonly literals: readonly Segment[];
  /** The number of a literal with this spelling, whatever its case, separators and number. */
  readonly known: (plain: string) => number | undefined;
  readonly weightOf: (literal: number) => number;
}

export const PARAMETER_WEIGHT = 0.4;
const LEAST_WEIGHT = 0.12;

const indexes = new WeakMap<ApiDocument, RouteIndex>();

export function routeIndex(document: ApiDocument): RouteIndex {
  const known = indexes.get(document);
  if (known) return known;
  const made = makeIndex(document);
  indexes.set(document, made);
  return made;
}

function makeIndex(document: ApiDocument): RouteIndex {
  // Most operations have the servers of the document.
  const basePaths = new Map<readonly ApiServer[], ReadonlyMap<string, readonly ApiServer[]>>();
  const drafts = document.operations.flatMap((operation) => {
    const known = basePaths.get(operation.servers) ?? byBasePath(operation.servers);
    basePaths.set(operation.servers, known);
    return [...known].map(([basePath, servers]) => ({
      operation,
      servers,
      steps: templateSteps(basePath, operation.path),
    }));
  });
  const numbers = new Map<string, number>();
  const literals: Segment[] = [];
  const seen: number[] = [];
  const plain = new Map<string, number>();
  const paths = new Set<string>();
  const numbered = drafts.map((draft) => {
    const own = draft.steps.map((step) => (step.kind === 'literal' ? numberOf(step.text) : -1));
    // Each path counts once, however many methods it has.
    const path = draft.steps.map(({ text }) => text).join('/');
    if (!paths.has(path)) {
      paths.add(path);
      for (const number of new Set(own)) if (number >= 0) seen[number] = (seen[number] ?? 0) + 1;
    }
    return { ...draft, literals: own };
  });
  const all = Math.log(paths.size + 1);
  const weightOf = (literal: number) =>
    all === 0
      ? 1
      : Math.max(LEAST_WEIGHT, Math.min(1, Math.log((paths.size + 1) / ((seen[literal] ?? 0) + 0.5)) / all));
  const entries = numbered.map((draft) => {
    const weights = draft.literals.map((number) => (number < 0 ? PARAMETER_WEIGHT : weightOf(number)));
    return { ...draft, weights, weight: weights.reduce((sum, one) => sum + one, 0) };
  });
  return { entries, literals, known: (name) => plain.get(name), weightOf };

  function numberOf(text: string): number {
    const found = numbers.get(text);
    if (found !== undefined) return found;
    const number = literals.length;
    const segment = segmentOf(text);
    literals.push(segment);
    numbers.set(text, number);
    if (!plain.has(segment.plain)) plain.set(segment.plain, number);
    return number;
  }
}

function byBasePath(servers: readonly ApiServer[]): Map<string, readonly ApiServer[]> {
  const found = new Map<string, readonly ApiServer[]>();
  for (const server of servers) found.set(server.basePath, [...(found.get(server.basePath) ?? []), server]);
  return found;
}
