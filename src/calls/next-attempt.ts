import type { AttemptLife, CallLife, LifeEffect, LifeStep, TimelineEntry } from './life.ts';
import type { Outcome } from './outcome.ts';
import type { CallIds } from './ports.ts';
import { nextAttemptMs } from './retry-policy.ts';

interface Context {
  readonly atMs: number;
  readonly newAttemptId: () => string;
}

/** Ends the latest attempt, and the call with it unless the retry table has another one before the deadline. */
export function endAttempt(
  life: CallLife,
  outcome: Outcome,
  rest: Context & {
    readonly entries: readonly TimelineEntry[];
    readonly effects: readonly LifeEffect[];
    readonly ids: CallIds;
  },
): LifeStep {
  const { attempt } = life;
  const ids = { ...attempt.ids, ...definedIds(rest.ids) };
  const over: AttemptLife = { ...attemptFacts(attempt), ids, state: 'ended', outcome };
  const endedEntry: TimelineEntry = {
    attemptId: attempt.id,
    atMs: rest.atMs,
    kind: 'ended',
    data: { outcome: outcome.kind, owner: outcome.owner, sentence: outcome.sentence },
  };
  const entries = [...rest.entries, endedEntry];
  const dueMs = life.cancelledBy ? undefined : nextAttemptMs(life.retry, outcome, attempt.number, rest.atMs);
  if (dueMs === undefined || dueMs > life.deadlineMs) {
    return {
      life: { ...life, attempt: over, result: outcome },
      attempt: over,
      effects: [...rest.effects, { kind: 'announce', event: 'call.ended' }],
      entries,
    };
  }
  const next = scheduledAfter(attempt, dueMs, rest.newAttemptId());
  return {
    life: { ...life, attempt: next },
    attempt: over,
    effects: [...rest.effects, { kind: 'announce', event: 'call.attempt-ended' }],
    entries: [...entries, scheduledEntry(next, rest.atMs)],
  };
}

/** What a person asks for after the deadline has a day of its own. */
const ASKED_AGAIN_FOR_MS = 24 * 3600_000;

/** Ends the attempt, if it has not ended, and schedules another one for now, outside the retry table. */
export function anotherAttempt(
  life: CallLife,
  outcome: Outcome,
  said: TimelineEntry,
  { atMs, newAttemptId }: Context,
): LifeStep {
  const { attempt } = life;
  const over: AttemptLife = { ...attemptFacts(attempt), state: 'ended', outcome };
  const next = scheduledAfter(attempt, atMs, newAttemptId());
  const deadlineMs = Math.max(life.deadlineMs, atMs + ASKED_AGAIN_FOR_MS);
  return {
    life: { ...life, attempt: next, result: undefined, cancelledBy: undefined, deadlineMs },
    attempt: over,
    effects: attempt.state === 'ended' ? [] : [{ kind: 'announce', event: 'call.attempt-ended' }],
    entries: [said, scheduledEntry(next, atMs)],
  };
}

/** What every state of an attempt has. */
export function attemptFacts({ id, number, tries, ids }: AttemptLife) {
  return { id, number, tries, ids };
}

export function definedIds({ conversationId, callSid, sipCallId }: CallIds): CallIds {
  return {
    ...(conversationId ? { conversationId } : {}),
    ...(callSid ? { callSid } : {}),
    ...(sipCallId ? { sipCallId } : {}),
  };
}

function scheduledAfter(attempt: AttemptLife, dueMs: number, id: string): AttemptLife {
  return { id, number: attempt.number + 1, tries: 0, ids: {}, state: 'scheduled', dueMs, heldBy: undefined };
}

function scheduledEntry(attempt: AttemptLife, atMs: number): TimelineEntry {
  const due = attempt.state === 'scheduled' ? { due: new Date(attempt.dueMs).toISOString() } : {};
  return { attemptId: attempt.id, atMs, kind: 'scheduled', data: { number: attempt.number, ...due } };
}
