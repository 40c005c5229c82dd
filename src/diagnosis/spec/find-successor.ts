import { wordsOf } from '../match/words.ts';
import type { ApiDocument, ApiOperation } from './api-document.ts';
import { fullPath } from './full-path.ts';
import { mainContent } from './operation-parameters.ts';
import { pathPattern } from './spec-model.ts';
import { saidBy, successorHint } from './successor-hint.ts';

export interface Successor {
  readonly operation: ApiOperation;
  /** A sentence: what says so. */
  readonly why: string;
}

/**
 * What took the place of an operation that a newer document lacks or deprecates: the one that its description names, else the one with
 * its operationId, else the one that is like it in title, words of the path and fields, where no other comes near.
 * @param existed whether an operation was there beside the old one: what is new took its place more likely.
 */
export function findSuccessor(
  old: ApiOperation,
  newer: ApiDocument,
  existed: (operation: ApiOperation) => boolean,
): Successor | undefined {
  const hint = successorHint(old, newer.operations);
  if (hint?.operation) return { operation: hint.operation, why: saidBy(hint) };
  const key = successorKey(old);
  const others = (operations: Iterable<ApiOperation>) =>
    [...operations].filter((one) => successorKey(one) !== key);
  const sameId =
    old.operationId === undefined
      ? []
      : others(newer.operations.filter((one) => one.operationId === old.operationId));
  if (sameId.length === 1 && sameId[0]) {
    return {
      operation: sameId[0],
      why: `it has the same operationId, ${old.operationId}`,
    };
  }
  const candidates =
    sameId.length > 1 ? sameId : others(relatedTo(namesOf(old), newer)).filter((one) => !one.deprecated);
  return alike(old, candidates, existed);
}

/** By these points, of about 10 that are possible; measured on dated documents of several providers. */
const ENOUGH = 5.75;
const AHEAD = 0.5;
/** Fields are read of those alone that are near by what is quick to compare. */
const LOOKED_AT = 12;

function alike(
  old: ApiOperation,
  candidates: Iterable<ApiOperation>,
  existed: (operation: ApiOperation) => boolean,
): Successor | undefined {
  const known = namesOf(old);
  const near = [...candidates].filter((one) => mayReplace(old.method, one.method));
  const titled = near.filter((one) => known.title !== '' && namesOf(one).title === known.title);
  const scored = near
    .map((operation) => ({ operation, ...likeNames(known, namesOf(operation), existed(operation)) }))
    .map((one) =>
      titled.length === 1 && titled[0] === one.operation ? { ...one, points: one.points + 1 } : one,
    )
    .sort((a, b) => b.points - a.points)
    .slice(0, LOOKED_AT)
    .map((one) => withFields(one, fieldsOf(old), fieldsOf(one.operation)))
    .sort((a, b) => b.points - a.points);
  const [best, second] = scored;
  if (!best || best.points < ENOUGH || best.points - (second?.points ?? 0) < AHEAD) return undefined;
  return {
    operation: best.operation,
    why: `it has ${best.shared.join(' and ')}`,
  };
}

interface Names {
  readonly method: string;
  readonly title: string;
  readonly titleWords: ReadonlySet<string>;
  /** Segments of the path: words joined, `{}` for a parameter. */
  readonly steps: readonly string[];
  readonly holes: number;
}

type Index = ReadonlyMap<string, readonly ApiOperation[]>;

const indexes = new WeakMap<ApiDocument, Index>();

/** Those that share the title or a step of the path: no others come near enough. */
function relatedTo(known: Names, document: ApiDocument): ReadonlySet<ApiOperation> {
  const index = indexes.get(document) ?? indexOf(document);
  indexes.set(document, index);
  return new Set(marksOf(known).flatMap((mark) => index.get(mark) ?? []));
}

function indexOf(document: ApiDocument): Index {
  const index = new Map<string, ApiOperation[]>();
  for (const operation of document.operations) {
    for (const mark of marksOf(namesOf(operation))) {
      const found = index.get(mark);
      if (found) found.push(operation);
      else index.set(mark, [operation]);
    }
  }
  return index;
}

function marksOf({ title, steps }: Names): string[] {
  const literal = steps.filter((step) => step !== '{}' && !/^v\d/.test(step));
  return [...new Set([...literal, ...(title === '' ? [] : [`title ${title}`])])];
}

interface Likeness {
  readonly operation: ApiOperation;
  readonly points: number;
  readonly shared: readonly string[];
}

const namesKnown = new WeakMap<ApiOperation, Names>();

function namesOf(operation: ApiOperation): Names {
  const known = namesKnown.get(operation);
  if (known) return known;
  const title = wordsOf((operation.summary ?? '').replace(/\((?:legacy|deprecated)\)|\[deprecated\]/gi, ''));
  const segments = fullPath(operation)
    .split('/')
    .filter((step) => step !== '');
  // To say in the path what the method says is a matter of style: `POST /calls/create` is `POST /calls`.
  const verb = operation.method === 'POST' && /^(?:create|add|new)$/i.test(segments.at(-1) ?? '');
  const steps = (verb ? segments.slice(0, -1) : segments).map((step) =>
    step.includes('{') ? '{}' : wordsOf(step).join('-'),
  );
  const made = {
    method: operation.method,
    title: title.join(' '),
    titleWords: new Set(title),
    steps,
    holes: steps.filter((step) => step === '{}').length,
  };
  namesKnown.set(operation, made);
  return made;
}

function likeNames(old: Names, one: Names, existed: boolean): { points: number; shared: string[] } {
  const shared: string[] = [];
  let points = old.method === one.method ? 1 : 0;
  const kept = longestCommon(old.steps, one.steps);
  const longer = Math.max(old.steps.length, one.steps.length);
  const shorter = Math.min(old.steps.length, one.steps.length);
  if (kept === longer) {
    points += 4.5;
    shared.push('the same path in another spelling');
  } else if (kept === shorter && longer - shorter === 1 && old.holes === one.holes && shorter > 1) {
    // A step before it is a move; without one of its steps it is a path of something larger.
    points += one.steps.length > old.steps.length ? 4 : 3;
    shared.push('the same path with a step more or less');
  } else {
    points += (3 * kept) / longer - (old.holes === one.holes ? 0 : 0.5);
    // One of a kind and the list of them are two things.
    if ((old.steps.at(-1) === '{}') !== (one.steps.at(-1) === '{}')) points -= 1.5;
    if (kept / longer >= 0.6) shared.push('nearly the same path');
  }
  if (old.title !== '' && old.title === one.title) {
    points += 3;
    shared.push('the same title');
  } else {
    points += 2 * overlap(old.titleWords, one.titleWords);
  }
  if (!existed) points += 0.5;
  return { points, shared };
}

function withFields(one: Likeness, old: ReadonlySet<string>, fields: ReadonlySet<string>): Likeness {
  if (old.size === 0) return { ...one, points: one.points + (fields.size === 0 ? 0.5 : 0) };
  const like = overlap(old, fields);
  const shared = like >= 0.5 ? [like === 1 ? 'the same fields' : 'nearly the same fields'] : [];
  return { ...one, points: one.points + 2 * like, shared: [...one.shared, ...shared] };
}

/** Of the body and the query. */
function fieldsOf(operation: ApiOperation): ReadonlySet<string> {
  const content = mainContent(operation.body()?.contents ?? []);
  const query = operation.parameters().filter((one) => one.in === 'query');
  return new Set([...(content?.shape().fields.keys() ?? []), ...query.map(({ name }) => `?${name}`)]);
}

/** How many steps both have in the same order. */
function longestCommon(left: readonly string[], right: readonly string[]): number {
  let previous = new Array<number>(right.length + 1).fill(0);
  for (const one of left) {
    const current = [0];
    for (const [index, other] of right.entries()) {
      const longest = Math.max(previous[index + 1] ?? 0, current[index] ?? 0);
      current.push(one === other ? (previous[index] ?? 0) + 1 : longest);
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}

/** Shared by all, 0 to 1. */
function overlap(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  if (left.size === 0 && right.size === 0) return 0;
  const both = [...left].filter((one) => right.has(one)).length;
  return both / (left.size + right.size - both);
}

/** A read never took the place of a write. */
function mayReplace(old: string, one: string): boolean {
  const writes = ['POST', 'PUT', 'PATCH'];
  return old === one || (writes.includes(old) && writes.includes(one));
}

/** By which the same operation is found in another document. */
export function successorKey(operation: ApiOperation): string {
  return `${operation.method} ${pathPattern(fullPath(operation))}`;
}
