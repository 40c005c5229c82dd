import { statusOf } from '../calls/call-records.ts';
import type { LifeWrite } from '../calls/call-store.ts';
import type { AttemptLife } from '../calls/life.ts';
import { maskNumber } from '../kernel/mask.ts';

/** What a claim adds to a write. */
export interface Claiming {
  readonly owner: string;
  readonly leaseUntilMs: number;
}

/** Where the pieces of one step go: the fields are the columns that `write-life.ts` names. */
export function writeRowOf({ ticket, step, plan, atMs }: LifeWrite, claiming?: Claiming) {
  const { life, attempt, effects } = step;
  const followed = life.attempt.id !== attempt.id;
  const dialled = claiming !== undefined && attempt.state === 'dialing';
  const wish = effects.find((effect) => effect.kind === 'suppress')?.wish;
  const spent = effects.find((effect) => effect.kind === 'spend')?.spent;
  return {
    attempt: ticket.attemptId,
    fence: ticket.fence,
    version: ticket.version,
    at: isoOf(atMs),
    ...attemptFieldsOf(attempt),
    claimed: dialled,
    ...(dialled ? { owner: claiming.owner, lease: isoOf(claiming.leaseUntilMs) } : {}),
    // The columns are whole numbers, and what providers bill may not be.
    seconds: spent && Math.round(spent.seconds),
    cents: spent && Math.ceil(spent.cents),
    call: life.callId,
    status: statusOf(life.attempt),
    call_outcome: life.result?.kind,
    call_result: life.result,
    latest: life.attempt.id,
    attempts: life.attempt.number,
    cancelled: life.cancelledBy,
    deadline: isoOf(life.deadlineMs),
    entries: step.entries.length,
    followed,
    next_due: followed && life.attempt.state === 'scheduled' ? isoOf(life.attempt.dueMs) : undefined,
    priority: priorityOf(plan),
    line: plan.line.id,
    hash: plan.toHash,
    day: dayOf(atMs),
    key: plan.keyId,
    counted: dialled ? 1 : 0,
    wish,
    masked: wish && maskNumber(plan.to),
  };
}

export function entryRowsOf({ ticket, step }: LifeWrite) {
  return step.entries.map((entry, index) => ({
    attempt: ticket.attemptId,
    number: index + 1,
    about: entry.attemptId,
    at: isoOf(entry.atMs),
    kind: entry.kind,
    data: entry.data,
  }));
}

export function announcementRowsOf({ ticket, step }: LifeWrite) {
  return step.effects.flatMap((effect) =>
    effect.kind === 'announce'
      ? [{ attempt: ticket.attemptId, event: effect.event, about: step.attempt.id }]
      : [],
  );
}

/** Counts against capacity, and keeps other calls from the same destination. */
function isLive(attempt: AttemptLife): boolean {
  return (
    attempt.state === 'dialing' ||
    attempt.state === 'accepted' ||
    (attempt.state === 'unknown' && !attempt.asked)
  );
}

/** A call that a person waits for goes first. */
export function priorityOf({ personWaiting }: { readonly personWaiting: boolean }): number {
  return personWaiting ? 1 : 0;
}

export function isoOf(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** The UTC day, as budgets count. */
export function dayOf(atMs: number): string {
  return isoOf(atMs).slice(0, 10);
}

function attemptFieldsOf(attempt: AttemptLife) {
  return {
    state: attempt.state,
    live: isLive(attempt),
    tries: attempt.tries,
    conversation: attempt.ids.conversationId,
    sid: attempt.ids.callSid,
    sip: attempt.ids.sipCallId,
    asked: attempt.state === 'unknown' && attempt.asked,
    why: attempt.state === 'unknown' ? attempt.why : undefined,
    due: attempt.state === 'scheduled' ? isoOf(attempt.dueMs) : undefined,
    held: attempt.state === 'scheduled' ? attempt.heldBy : undefined,
    committed: 'committedMs' in attempt ? isoOf(attempt.committedMs) : undefined,
    outcome: attempt.state === 'ended' ? attempt.outcome.kind : undefined,
    result: attempt.state === 'ended' ? attempt.outcome : undefined,
  };
}
