import type { ApiDocument, ApiOperation } from './api-document.ts';
import type { ChangeClass, DocumentChange } from './document-change.ts';
import { drift } from './drift.ts';
import type { DriftFinding, DriftKind } from './drift-finding.ts';
import { findSuccessor, successorKey } from './find-successor.ts';
import { fullPath, operationName } from './full-path.ts';
import { gatherChanges } from './gather-changes.ts';
import { readDocument } from './read-document.ts';
import type { SpecModel, SpecOperation } from './spec-model.ts';

/**
 * What changed from an older document to a newer one, the worst first. It is one comparison in both directions: what a caller of the
 * older one meets at the newer, and what a caller of the newer one would miss at the older, which are the additions.
 */
export function diffDocuments(old: ApiDocument, next: ApiDocument): DocumentChange[] {
  const moves = movesOf(old, next);
  const from = modelOf(old);
  const to = modelOf(next);
  // A moved endpoint is compared with what it became, as if that were at the old place, and the other way round.
  const moved = [...moves.values()].filter((move) => move.fresh);
  const forth = drift(
    from,
    withAliases(
      to,
      moved.map((move) => [move.to, move.from]),
    ),
  );
  const back = drift(
    to,
    withAliases(
      from,
      moved.map((move) => [move.from, move.to]),
    ),
  );
  const told = new Set(forth.map(spot));
  return gatherChanges([
    ...moved.map(ofMove),
    ...forth.map((finding) => ofForth(finding, moves)),
    ...back.flatMap((finding) => ofBack(finding, told)),
  ]);
}

interface Move {
  readonly from: ApiOperation;
  readonly to: ApiOperation;
  readonly why: string;
  /** The older document does not have what took over. */
  readonly fresh: boolean;
}

/** By the name of the operation that is gone. */
function movesOf(old: ApiDocument, next: ApiDocument): ReadonlyMap<string, Move> {
  const before = new Set(old.operations.map(successorKey));
  const after = new Set(next.operations.map(successorKey));
  const taken = new Set<ApiOperation>();
  const moves = new Map<string, Move>();
  for (const operation of old.operations.filter((one) => !after.has(successorKey(one)))) {
    const found = findSuccessor(operation, next, (one) => before.has(successorKey(one)));
    if (!found) continue;
    // Of two that became one, the second is gone.
    const fresh = !before.has(successorKey(found.operation)) && !taken.has(found.operation);
    taken.add(found.operation);
    moves.set(operationName(operation), { from: operation, to: found.operation, why: found.why, fresh });
  }
  return moves;
}

/** With full paths, so that a base path that moved into the paths is no difference. */
function modelOf(document: ApiDocument): SpecModel {
  const read = readDocument(document.root, 'the newer document');
  if (read.kind !== 'document') return { title: document.title, operations: [] };
  const { model } = read;
  return {
    title: model.title,
    operations: model.operations.map((one, index) => {
      const operation = document.operations[index];
      return operation ? { ...one, path: fullPath(operation) } : one;
    }),
  };
}

function withAliases(
  model: SpecModel,
  aliases: readonly (readonly [operation: ApiOperation, at: ApiOperation])[],
): SpecModel {
  const also = aliases.flatMap(([operation, at]): SpecOperation[] => {
    const found = model.operations[operation.index];
    return found ? [{ ...found, method: at.method, path: fullPath(at) }] : [];
  });
  return { title: model.title, operations: [...model.operations, ...also] };
}

function ofMove({ from, to, why }: Move): DocumentChange {
  return {
    class: 'breaking',
    kind: 'endpoint-moved',
    operations: [operationName(from)],
    where: 'endpoint',
    pointer: to.pointer,
    document: 'new',
    message: `the endpoint moved to ${operationName(to)}: ${why}`,
    successor: operationName(to),
  };
}

function ofForth(finding: DriftFinding, moves: ReadonlyMap<string, Move>): DocumentChange {
  const { kind, where, field, operation } = finding;
  const gone = kind === 'endpoint-gone';
  const move = gone ? moves.get(operation) : undefined;
  return {
    class: classOf(finding),
    kind,
    operations: [operation],
    where,
    ...(field === undefined ? {} : { field }),
    pointer: gone ? (finding.from ?? finding.pointer) : finding.pointer,
    document: gone ? 'old' : 'new',
    message: move
      ? `the endpoint is gone; ${operationName(move.to)} took over: ${move.why}`
      : goneOr(finding),
    ...(move ? { successor: operationName(move.to) } : {}),
  };
}

/** Of what is sent, each narrowing breaks somebody's request, though not everybody's. */
function classOf({ kind, severity }: DriftFinding): ChangeClass {
  if (kind === 'endpoint-deprecated') return 'deprecation';
  return severity === 'error' || kind === 'type-changed' ? 'breaking' : 'change';
}

function goneOr(finding: DriftFinding): string {
  return finding.kind === 'endpoint-gone' ? `the endpoint is gone: ${finding.message}` : finding.message;
}

interface Addition {
  readonly kind: DocumentChange['kind'];
  readonly class: ChangeClass;
  readonly say: (values: string) => string;
}

/** What a difference is that a caller of the newer document would meet at the older one. */
const additions: Readonly<Record<DriftKind, Addition>> = {
  'endpoint-gone': { kind: 'endpoint-added', class: 'addition', say: () => 'the endpoint is new' },
  'endpoint-deprecated': {
    kind: 'endpoint-restored',
    class: 'addition',
    say: () => 'the endpoint is not deprecated any more',
  },
  'field-gone': { kind: 'field-added', class: 'addition', say: () => 'the field is new' },
  'newly-required': { kind: 'field-relaxed', class: 'addition', say: () => 'the field may be left out now' },
  'type-changed': { kind: 'type-widened', class: 'addition', say: (types) => `${types} is taken now` },
  'enum-value-gone': {
    kind: 'enum-value-added',
    class: 'addition',
    say: (values) => `${values} is taken now`,
  },
  'reply-field-gone': { kind: 'reply-field-added', class: 'addition', say: () => 'the field is new' },
  'reply-field-optional': {
    kind: 'reply-field-sure',
    class: 'addition',
    say: () => 'the field always comes now',
  },
  'reply-type-changed': {
    kind: 'reply-type-narrowed',
    class: 'addition',
    say: (types) => `${types} does not come any more`,
  },
  'reply-value-new': {
    kind: 'reply-value-gone',
    class: 'addition',
    say: (values) => `${values} does not come any more`,
  },
};

/** What was told from the other side is not told again. */
function ofBack(finding: DriftFinding, told: ReadonlySet<string>): DocumentChange[] {
  const { kind, where, field, operation } = finding;
  if (kind !== 'endpoint-gone' && told.has(spot(finding))) return [];
  const addition = additions[kind];
  return [
    {
      class: addition.class,
      kind: addition.kind,
      operations: [operation],
      where,
      ...(field === undefined ? {} : { field }),
      pointer: finding.from ?? finding.pointer,
      document: finding.from === undefined ? 'old' : 'new',
      message: addition.say((finding.values ?? []).join(', ')),
    },
  ];
}

/** A field that is newly required is new as well, and one whose type changed has a type that is taken now. */
const twins: Partial<Record<DriftKind, string>> = {
  'field-gone': 'presence',
  'newly-required': 'presence',
  'type-changed': 'type',
  'reply-field-gone': 'presence',
  'reply-field-optional': 'presence',
  'reply-type-changed': 'type',
};

function spot(finding: DriftFinding): string {
  return JSON.stringify([
    finding.operation,
    finding.where,
    finding.field,
    twins[finding.kind] ?? finding.message,
  ]);
}
