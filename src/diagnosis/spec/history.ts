import type { EndpointPast } from '../explanation.ts';
import type { ApiDocument, ApiOperation } from './api-document.ts';
import { findSuccessor, type Successor, successorKey } from './find-successor.ts';
import { fullPath, operationName } from './full-path.ts';
import { pathFits } from './path-fits.ts';
import { pathPattern } from './spec-model.ts';
import { saidBy, successorHint } from './successor-hint.ts';

export interface DatedDocument {
  /** Day of the document, `YYYY-MM-DD`. */
  readonly date: string;
  readonly document: ApiDocument;
}

/** What dated documents of one API say together. */
export interface DocumentHistory {
  /** The oldest first. */
  readonly documents: readonly DatedDocument[];
  /** Every operation that was ever in one, by method and path pattern. */
  readonly endpoints: ReadonlyMap<string, EndpointLife>;
}

export interface EndpointLife {
  /** As the documents have it that it is in, the oldest first. */
  readonly seen: readonly ApiOperation[];
  /** The last of them. */
  readonly operation: ApiOperation;
  /** Places in `documents`. */
  readonly first: number;
  readonly last: number;
  /** Since when it has been deprecated without a break; `undefined` where it was not in the last. */
  readonly deprecated: number | undefined;
}

/** @param dated at least one, in any order. */
export function createHistory(dated: readonly DatedDocument[]): DocumentHistory {
  const documents = [...dated].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const endpoints = new Map<string, EndpointLife & { readonly seen: ApiOperation[] }>();
  for (const [index, { document }] of documents.entries()) {
    for (const operation of document.operations) {
      const key = successorKey(operation);
      const earlier = endpoints.get(key);
      const seen = earlier?.seen ?? [];
      seen.push(operation);
      endpoints.set(key, {
        seen,
        operation,
        first: earlier?.first ?? index,
        last: index,
        deprecated: operation.deprecated ? (earlier?.deprecated ?? index) : undefined,
      });
    }
  }
  return { documents, endpoints };
}

/**
 * What became of an endpoint. One that was in no document has neither `firstSeen` nor `lastSeen`.
 * @param path with its base path, as a template or as it was sent.
 */
export function pastOf(history: DocumentHistory, method: string, path: string): EndpointPast {
  const { documents } = history;
  const day = (index: number) => documents[index]?.date ?? '';
  const newest = documents.length - 1;
  const span = { oldest: day(0), newest: day(newest) };
  const life = findLife(history, method.toUpperCase(), path);
  if (!life) {
    const living = methodsOf(history, path);
    return {
      ...span,
      evidence: living.length > 0 ? [`Its path takes ${living.join(', ')}.`] : [],
    };
  }
  const { first, last, deprecated } = life;
  const gone = last < newest;
  const successor = gone || deprecated !== undefined ? successorOf(history, life) : undefined;
  return {
    ...span,
    firstSeen: day(first),
    lastSeen: day(last),
    ...(gone ? { goneBy: day(last + 1) } : {}),
    ...(deprecated === undefined ? {} : { deprecatedSince: day(deprecated) }),
    ...(successor ? { successor: operationName(successor.operation) } : {}),
    evidence: successor ? [sentence(successor.why)] : [],
  };
}

/**
 * In the newest document. What took the place of one that is gone is looked for in the first document without it, where nothing has
 * come since that only looks like it, and followed from there.
 */
function successorOf(history: DocumentHistory, life: EndpointLife): Successor | undefined {
  const { documents } = history;
  const newest = documents.at(-1)?.document;
  if (!newest) return undefined;
  const beside = new Set(documents[life.last]?.document.operations.map(successorKey));
  const existed = (one: ApiOperation) => beside.has(successorKey(one));
  const without = documents[life.last + 1]?.document;
  if (without && without !== newest) {
    const next = findSuccessor(life.operation, without, existed);
    const followed = next && follow(history, next, life);
    if (followed) return followed;
  }
  const found = findSuccessor(life.operation, newest, existed);
  if (found) return found;
  // A later description may have left out what an earlier one said.
  for (const earlier of life.seen.slice(0, -1).reverse()) {
    const hint = successorHint(earlier, newest.operations);
    if (hint?.operation) return { operation: hint.operation, why: saidBy(hint) };
  }
  return undefined;
}

/** The successor as the newest document has it, or its own successor. It outlives what it took over from, so this ends. */
function follow(history: DocumentHistory, next: Successor, from: EndpointLife): Successor | undefined {
  const life = history.endpoints.get(successorKey(next.operation));
  if (!life || life.last <= from.last) return undefined;
  if (life.last === history.documents.length - 1) return { operation: life.operation, why: next.why };
  const after = successorOf(history, life);
  return after && { operation: after.operation, why: `${next.why}; ${after.why}` };
}

function findLife(history: DocumentHistory, method: string, path: string): EndpointLife | undefined {
  const exact = history.endpoints.get(`${method} ${pathPattern(path)}`);
  if (exact) return exact;
  return matching(history, path).find(({ operation }) => operation.method === method);
}

function methodsOf(history: DocumentHistory, path: string): string[] {
  const newest = history.documents.length - 1;
  const found = matching(history, path).filter(({ last }) => last === newest);
  return [...new Set(found.map(({ operation }) => operation.method))];
}

/** Those that a path fits. One without parameters comes first, as in a router; then the one that lived longest. */
function matching(history: DocumentHistory, path: string): EndpointLife[] {
  return [...history.endpoints.values()]
    .filter(({ operation }) => pathFits(fullPath(operation), path))
    .sort((a, b) => holes(a.operation) - holes(b.operation) || b.last - a.last);
}

function holes(operation: ApiOperation): number {
  return operation.path.split('{').length - 1;
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…”]$/.test(whole) ? whole : `${whole}.`;
}
