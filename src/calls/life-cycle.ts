import type { FailureExplanation } from '../kernel/failure-explanation.ts';
import type { AttemptLife, CallLife, LifeEffect, LifeEvent, LifeStep, TimelineEntry } from './life.ts';
import {
  cancelled,
  notDialled,
  notPlaced,
  overtaken,
  resolvedOutcome,
  unknownOutcome,
} from './life-outcomes.ts';
import { anotherAttempt, attemptFacts, definedIds, endAttempt } from './next-attempt.ts';
import type { Outcome } from './outcome.ts';
import type { CallIds, DialReply } from './ports.ts';

/**
 * The life of a call: `(life, event) -> life`, pure.
 *
 *   scheduled   claimed -> dialing · gate-waits -> scheduled later · gate-refused, expired, cancel -> ended
 *               found, finished (only after an earlier try of it) -> accepted, ended
 *   dialing     replied: accepted -> accepted; not placed -> ended, or scheduled again where the provider only asked to wait;
 *               unknown -> unknown · put-back -> scheduled · taken-over -> unknown, and never sent again
 *               found -> accepted and finished -> ended: a webhook may be faster than the reply
 *   accepted    finished -> ended · lost -> unknown, and a person is asked at once
 *   unknown     found -> accepted · finished -> ended · quiet -> a person is asked, or, where nothing was found and the call
 *               says `redialAfterUnknown`, ended with another attempt · resolve -> ended, with another attempt for `redial`
 *   scheduled   late -> ended, and the call with what an earlier attempt reached: nobody is rung again who was reached
 *   ended       final for the attempt. The retry table decides whether another one follows; if none does, the call has its
 *               result. retry (a person) -> another attempt
 *
 *   cancel      before the dial it ends the call; during it, the attempt is hung up and none follows
 *   progress    changes no state, whenever it comes
 *
 * An event that does not fit the state changes nothing: webhooks and polls tell the same end twice, in any order, and late. What
 * somebody asked for and cannot have is refused with a sentence. A second request for a call can leave only from `scheduled`, and
 * `scheduled` is reached only where the last attempt surely reached nobody, has ended, or a person (or the named policy) said so.
 */
export function advance(
  life: CallLife,
  event: LifeEvent,
  context: { readonly atMs: number; readonly newAttemptId: () => string },
): LifeStep {
  const { attempt } = life;
  const { atMs } = context;
  const entry = (kind: TimelineEntry['kind'], data: Record<string, unknown> = {}): TimelineEntry => ({
    attemptId: attempt.id,
    atMs,
    kind,
    data,
  });
  const same: LifeStep = { life, attempt, effects: [], entries: [] };
  const refuse = (refused: string): LifeStep => ({ ...same, refused });
  const to = (next: AttemptLife, entries: TimelineEntry[], effects: LifeEffect[] = []): LifeStep => ({
    life: { ...life, attempt: next },
    attempt: next,
    entries,
    effects,
  });
  const end = (outcome: Outcome, entries: TimelineEntry[], effects: LifeEffect[], ids: CallIds = {}) =>
    endAttempt(life, outcome, { entries, effects, ids, ...context });
  const another = (outcome: Outcome, said: TimelineEntry) => anotherAttempt(life, outcome, said, context);
  const rescheduled = (dueMs: number): AttemptLife => ({
    ...attemptFacts(attempt),
    tries: attempt.tries + 1,
    state: 'scheduled',
    dueMs,
    heldBy: undefined,
  });

  switch (event.kind) {
    case 'claimed': {
      if (attempt.state !== 'scheduled') return same;
      const data = event.bypassed?.length ? { bypassed: event.bypassed } : {};
      return to(
        { ...attemptFacts(attempt), state: 'dialing', committedMs: atMs },
        [entry('claimed', data)],
        [{ kind: 'announce', event: 'call.dialing' }],
      );
    }
    case 'gate-waits': {
      if (attempt.state !== 'scheduled') return same;
      const { rule, sentence, untilMs } = event;
      const data = { rule, sentence, until: new Date(untilMs).toISOString() };
      // The same rule may hold an attempt up for hours, looked at every few seconds: the timeline says so once.
      const said = attempt.heldBy === rule ? [] : [entry('gate-waits', data)];
      return to({ ...attempt, dueMs: untilMs, heldBy: rule }, said);
    }
    case 'gate-refused': {
      if (attempt.state !== 'scheduled') return same;
      const { rule, sentence, fix } = event;
      return end(notDialled('donna', sentence, fix), [entry('gate-refused', { rule, sentence, fix })], []);
    }
    case 'expired': {
      if (attempt.state !== 'scheduled') return same;
      const outcome = notDialled(
        'donna',
        'The time in which the call was wanted is over, and it was not dialled.',
        'Ask for it again with a later deadline; the timeline says what held it up.',
      );
      return end(outcome, [entry('expired')], []);
    }
    case 'put-back': {
      if (attempt.state !== 'dialing') return same;
      if (life.cancelledBy)
        return end(cancelled(life.cancelledBy), [entry('put-back', { why: event.why })], []);
      return to(rescheduled(atMs + PUT_BACK_MS), [entry('put-back', { why: event.why })]);
    }
    case 'replied':
      return replied(event.reply, event.explanation);
    case 'taken-over': {
      if (attempt.state === 'dialing')
        return toUnknown(
          'The node that dialled is gone: whether its request left is not known.',
          entry('taken-over', { by: event.by }),
        );
      if (attempt.state === 'accepted' || attempt.state === 'unknown')
        return to(attempt, [entry('taken-over', { by: event.by })]);
      return same;
    }
    case 'found': {
      const ids = { ...attempt.ids, ...definedIds(event.ids) };
      const known = sameIds(attempt.ids, ids);
      if (attempt.state === 'accepted')
        return known ? same : to({ ...attempt, ids }, [entry('found', { ...ids, by: event.by })]);
      if (!mayBePlaced(attempt)) return same;
      return to(
        { ...attemptFacts(attempt), ids, state: 'accepted', committedMs: committedOf(attempt, atMs) },
        [entry('found', { ...ids, by: event.by })],
        [{ kind: 'announce', event: 'call.accepted' }, ...hangUpIfCancelled(life)],
      );
    }
    case 'progress': {
      if (attempt.state !== 'accepted') return same;
      return { ...same, entries: [entry('progress', { state: event.state })] };
    }
    case 'finished': {
      if (!mayBePlaced(attempt)) return same;
      const data = { by: event.by, ...definedIds(event.ids), ...(event.wish ? { wish: event.wish } : {}) };
      const effects: LifeEffect[] = [];
      if (event.spent) effects.push({ kind: 'spend', spent: event.spent });
      if (event.wish) effects.push({ kind: 'suppress', wish: event.wish });
      const outcome = event.wish ? { ...event.outcome, retryable: false } : event.outcome;
      return end(outcome, [entry('finished', data)], effects, event.ids);
    }
    case 'late': {
      if (attempt.state !== 'scheduled' || event.outcome.retryable) return same;
      const { kind: outcome, owner, sentence } = event.outcome;
      const over: AttemptLife = { ...attemptFacts(attempt), state: 'ended', outcome: overtaken() };
      const said = entry('late', { attempt: event.attemptId, ...definedIds(event.ids) });
      const step = to(
        over,
        [said, entry('ended', { outcome, owner, sentence })],
        [{ kind: 'announce', event: 'call.ended' }],
      );
      return { ...step, life: { ...step.life, result: event.outcome } };
    }
    case 'lost': {
      if (attempt.state !== 'accepted') return same;
      return toUnknown(event.why, entry('lost', { why: event.why }), true);
    }
    case 'quiet': {
      if (attempt.state !== 'unknown' || attempt.asked) return same;
      const quiet = entry('quiet', { absent: event.absent, why: event.why });
      if (event.absent && life.cancelledBy) return end(cancelled(life.cancelledBy), [quiet], []);
      const mayFollow = attempt.number < life.retry.failed.maxAttempts && atMs <= life.deadlineMs;
      if (event.absent && life.redialAfterUnknown && mayFollow) {
        const step = another(unknownOutcome(event.why), quiet);
        // A person may lengthen the time in which the call is wanted; the policy may not.
        return { ...step, life: { ...step.life, deadlineMs: life.deadlineMs } };
      }
      return to({ ...attempt, asked: true }, [quiet], [{ kind: 'announce', event: 'call.needs-person' }]);
    }
    case 'cancel': {
      if (life.result) return refuse('The call is over.');
      if (life.cancelledBy) return same;
      const by = { by: event.by };
      if (attempt.state === 'scheduled') return end(cancelled(event.by), [entry('cancel', by)], []);
      const next = to(
        attempt,
        [entry('cancel', by)],
        attempt.state === 'accepted' ? [{ kind: 'hang-up' }] : [],
      );
      return { ...next, life: { ...next.life, cancelledBy: event.by } };
    }
    case 'resolve': {
      if (attempt.state !== 'unknown')
        return refuse(`Nothing is to be decided: the attempt is ${attempt.state}.`);
      const { by, decision, note } = event;
      if (decision !== 'redial') {
        return end(resolvedOutcome(decision, by, note), [entry('resolve', { by, decision, note })], []);
      }
      if (!attempt.asked)
        return refuse(
          'The attempt is still being looked for, and a phone may ring: it can be dialled again once that is over.',
        );
      if (life.cancelledBy) return refuse('The call was cancelled: it is not dialled again.');
      return another(unknownOutcome(attempt.why), entry('resolve', { by, decision, note }));
    }
    case 'retry': {
      if (!life.result) return refuse('The call is not over: its retry table decides what follows.');
      if (attempt.state !== 'ended') return same;
      return another(attempt.outcome, entry('retry', { by: event.by }));
    }
  }

  function replied(reply: DialReply, explanation?: FailureExplanation): LifeStep {
    const explained = explanation ? { explanation } : {};
    if (reply.kind === 'accepted' && attempt.state === 'accepted') {
      const ids = { ...definedIds(reply.ids), ...attempt.ids };
      return sameIds(attempt.ids, ids)
        ? same
        : to({ ...attempt, ids }, [entry('found', { ...ids, by: 'reply' })]);
    }
    if (attempt.state !== 'dialing') return same;
    switch (reply.kind) {
      case 'accepted':
        return to(
          { ...attemptFacts(attempt), ids: reply.ids, state: 'accepted', committedMs: attempt.committedMs },
          [entry('replied', { reply: 'accepted', ...reply.ids })],
          [{ kind: 'announce', event: 'call.accepted' }, ...hangUpIfCancelled(life)],
        );
      case 'unknown':
        return toUnknown(reply.why, entry('replied', { reply: 'unknown', why: reply.why, ...explained }));
      case 'not-placed': {
        const { code, sentence } = reply.cause;
        const data = { reply: 'not-placed', code, sentence, ...explained };
        if (!reply.backOff) return end(notPlaced(reply), [entry('replied', data)], [], reply.ids);
        const effects: LifeEffect[] =
          reply.backOff === 'unreachable' ? [] : [{ kind: 'slow-down', why: reply.backOff }];
        if (life.cancelledBy) return end(cancelled(life.cancelledBy), [entry('replied', data)], effects);
        const dueMs = atMs + backOffMs(attempt.tries);
        return to(
          rescheduled(dueMs),
          [entry('replied', { ...data, again: new Date(dueMs).toISOString() })],
          effects,
        );
      }
    }
  }

  function toUnknown(why: string, said: TimelineEntry, asked = false): LifeStep {
    return to(
      { ...attemptFacts(attempt), state: 'unknown', committedMs: committedOf(attempt, atMs), why, asked },
      [said],
      [{ kind: 'announce', event: asked ? 'call.needs-person' : 'call.unknown' }],
    );
  }
}

/** How long a put-back attempt waits: a machine that paused may pause again. */
const PUT_BACK_MS = 1_000;
const BACK_OFF_FIRST_MS = 2_000;
const BACK_OFF_LONGEST_MS = 300_000;

function backOffMs(tries: number): number {
  return Math.min(BACK_OFF_FIRST_MS * 2 ** Math.min(tries, 20), BACK_OFF_LONGEST_MS);
}

/** The provider may have this attempt: it is on its way, or an earlier try of it was taken for refused. */
function mayBePlaced(attempt: AttemptLife): boolean {
  return attempt.state !== 'ended' && (attempt.state !== 'scheduled' || attempt.tries > 0);
}

function committedOf(attempt: AttemptLife, atMs: number): number {
  return 'committedMs' in attempt ? attempt.committedMs : atMs;
}

function hangUpIfCancelled(life: CallLife): LifeEffect[] {
  return life.cancelledBy ? [{ kind: 'hang-up' }] : [];
}

function sameIds(a: CallIds, b: CallIds): boolean {
  return a.conversationId === b.conversationId && a.callSid === b.callSid && a.sipCallId === b.sipCallId;
}
