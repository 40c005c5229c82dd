import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttemptLife, CallLife, LifeEvent } from './life.ts';
import { advance } from './life-cycle.ts';
import type { Outcome, OutcomeKind } from './outcome.ts';
import { defaultRetryPolicy } from './retry-policy.ts';

const at = Date.UTC(2026, 0, 5, 15);
const MINUTE = 60_000;

const facts = { id: 'att_1', number: 1, tries: 0, ids: {} };
const scheduled: AttemptLife = { ...facts, state: 'scheduled', dueMs: at, heldBy: undefined };
const dialing: AttemptLife = { ...facts, state: 'dialing', committedMs: at };
const accepted: AttemptLife = {
  ...facts,
  ids: { conversationId: 'conv_1' },
  state: 'accepted',
  committedMs: at,
};
const unknown: AttemptLife = { ...facts, state: 'unknown', committedMs: at, why: 'reset', asked: false };
const asked: AttemptLife = { ...unknown, asked: true };

function life(attempt: AttemptLife, more: Partial<CallLife> = {}): CallLife {
  return {
    callId: 'call_1',
    retry: defaultRetryPolicy,
    redialAfterUnknown: false,
    deadlineMs: at + 7 * 24 * 60 * MINUTE,
    cancelledBy: undefined,
    result: undefined,
    attempt,
    ...more,
  };
}

function outcome(kind: OutcomeKind, retryable = kind !== 'answered'): Outcome {
  const rest = {
    connected: false,
    human: 'no',
    fix: undefined,
    evidence: [],
    contradicts: undefined,
  } as const;
  return { ...rest, kind, owner: 'callee', retryable, sentence: kind };
}

const cause = { code: 'x', sentence: 'No.', owner: 'config', fix: 'Mend it.', retryable: false } as const;
const events = {
  claimed: { kind: 'claimed' },
  waits: { kind: 'gate-waits', rule: 'window', untilMs: at + MINUTE, sentence: 'Closed.' },
  refused: { kind: 'gate-refused', rule: 'guard', sentence: 'No.', fix: 'Another number.' },
  expired: { kind: 'expired' },
  putBack: { kind: 'put-back', why: 'paused' },
  acceptedReply: { kind: 'replied', reply: { kind: 'accepted', ids: { conversationId: 'conv_1' } } },
  refusedReply: { kind: 'replied', reply: { kind: 'not-placed', cause, words: '', ids: {} } },
  throttled: {
    kind: 'replied',
    reply: { kind: 'not-placed', cause, words: '', ids: {}, backOff: 'capacity' },
  },
  unknownReply: { kind: 'replied', reply: { kind: 'unknown', why: 'reset' } },
  takenOver: { kind: 'taken-over', by: 'b' },
  found: { kind: 'found', ids: { conversationId: 'conv_1' }, by: 'search' },
  progress: { kind: 'progress', state: 'ringing' },
  finished: { kind: 'finished', outcome: outcome('answered'), ids: {}, by: 'poll' },
  noAnswer: { kind: 'finished', outcome: outcome('no-answer'), ids: {}, by: 'webhook' },
  lost: { kind: 'lost', why: 'gone' },
  absent: { kind: 'quiet', absent: true, why: 'no trace' },
  notProven: { kind: 'quiet', absent: false, why: 'could not look' },
  cancel: { kind: 'cancel', by: 'Ada' },
  redial: { kind: 'resolve', by: 'Ada', decision: 'redial', note: '' },
  answered: { kind: 'resolve', by: 'Ada', decision: 'answered', note: 'she rang back' },
  retry: { kind: 'retry', by: 'Ada' },
} as const satisfies Record<string, LifeEvent>;

let ids = 1;
const step = (call: CallLife, event: LifeEvent, atMs = at) =>
  advance(call, event, { atMs, newAttemptId: () => `att_${++ids}` });
const shown = (call: CallLife) => {
  const { attempt, result } = call;
  const held = attempt.state === 'unknown' && attempt.asked ? 'needs-person' : attempt.state;
  return `${held}${attempt.number > 1 ? ` ${attempt.number}` : ''}${result ? ` -> ${result.kind}` : ''}`;
};

describe('the transition table', () => {
  it.each<[AttemptLife, keyof typeof events, string]>([
    [scheduled, 'claimed', 'dialing'],
    [scheduled, 'waits', 'scheduled'],
    [scheduled, 'refused', 'ended -> failed'],
    [scheduled, 'expired', 'ended -> failed'],
    [scheduled, 'cancel', 'ended -> cancelled'],
    [dialing, 'acceptedReply', 'accepted'],
    [dialing, 'refusedReply', 'ended -> failed'],
    [dialing, 'throttled', 'scheduled'],
    [dialing, 'unknownReply', 'unknown'],
    [dialing, 'putBack', 'scheduled'],
    [dialing, 'takenOver', 'unknown'],
    [dialing, 'found', 'accepted'],
    [dialing, 'finished', 'ended -> answered'],
    [dialing, 'noAnswer', 'scheduled 2'],
    [accepted, 'finished', 'ended -> answered'],
    [accepted, 'noAnswer', 'scheduled 2'],
    [accepted, 'lost', 'needs-person'],
    [accepted, 'takenOver', 'accepted'],
    [unknown, 'found', 'accepted'],
    [unknown, 'finished', 'ended -> answered'],
    [unknown, 'absent', 'needs-person'],
    [unknown, 'notProven', 'needs-person'],
    [unknown, 'answered', 'ended -> answered'],
    [asked, 'redial', 'scheduled 2'],
    [asked, 'found', 'accepted'],
    [asked, 'finished', 'ended -> answered'],
  ])('takes %o by %s to %s', (from, event, to) => {
    expect(shown(step(life(from), events[event]).life)).toBe(to);
  });

  it.each<[AttemptLife, (keyof typeof events)[]]>([
    [
      scheduled,
      ['acceptedReply', 'unknownReply', 'putBack', 'takenOver', 'found', 'finished', 'lost', 'absent'],
    ],
    [dialing, ['claimed', 'waits', 'refused', 'expired', 'lost', 'absent', 'progress']],
    [
      accepted,
      ['claimed', 'waits', 'refused', 'expired', 'putBack', 'unknownReply', 'refusedReply', 'absent'],
    ],
    [unknown, ['claimed', 'waits', 'refused', 'expired', 'putBack', 'acceptedReply', 'unknownReply', 'lost']],
    [asked, ['claimed', 'absent', 'notProven', 'putBack', 'lost']],
    [
      { ...facts, state: 'ended', outcome: outcome('answered') },
      ['claimed', 'found', 'finished', 'unknownReply', 'absent'],
    ],
  ])('leaves %o as it is by what does not fit it', (from, misfits) => {
    for (const event of misfits) {
      const call = life(from);
      const after = step(call, events[event]);
      expect([event, after.life, after.entries]).toEqual([event, call, []]);
    }
  });
});

describe('an unknown', () => {
  it('is dialled again after the quiet period only where the call says so and nothing was found', () => {
    const call = life(unknown, { redialAfterUnknown: true });
    expect(shown(step(call, events.absent).life)).toBe('scheduled 2');
    expect(shown(step(call, events.notProven).life)).toBe('needs-person');
  });

  it('is not dialled again past the retry table by the policy', () => {
    const third = { ...unknown, number: 3 };
    expect(shown(step(life(third, { redialAfterUnknown: true }), events.absent).life)).toBe('needs-person 3');
  });

  it('is not dialled again by the policy after the deadline, and the policy moves no deadline', () => {
    const over = life(unknown, { redialAfterUnknown: true, deadlineMs: at - 1 });
    expect(shown(step(over, events.absent).life)).toBe('needs-person');
    const close = life(unknown, { redialAfterUnknown: true, deadlineMs: at });
    expect(step(close, events.absent).life).toMatchObject({ deadlineMs: at, attempt: { number: 2 } });
  });

  it('may be called over by a person at any time, and dialled again only once looking for it is over', () => {
    expect(step(life(unknown), events.redial).refused).toMatch(/still being looked for/);
    expect(shown(step(life(unknown), events.answered).life)).toBe('ended -> answered');
  });

  it('of a cancelled call ends cancelled when there is no trace of it, and is never dialled again', () => {
    const call = life(unknown, { cancelledBy: 'Ada', redialAfterUnknown: true });
    expect(shown(step(call, events.absent).life)).toBe('ended -> cancelled');
    expect(step(life(asked, { cancelledBy: 'Ada' }), events.redial).refused).toMatch(/cancelled/);
  });
});

describe('the late truth about an earlier attempt', () => {
  const late = { kind: 'late', attemptId: 'att_0', outcome: outcome('answered'), ids: {} } as const;

  it('keeps the next one from being dialled, and is how the call ended', () => {
    const second = life({ ...scheduled, id: 'att_2', number: 2 });
    const after = step(second, late);
    expect(shown(after.life)).toBe('ended 2 -> answered');
    expect(after.attempt).toMatchObject({ state: 'ended', outcome: { kind: 'cancelled' } });
    expect(after.effects).toContainEqual({ kind: 'announce', event: 'call.ended' });
  });

  it('changes nothing once the next one is on its way, or where it may be tried again', () => {
    for (const attempt of [dialing, accepted, unknown])
      expect(step(life(attempt), late).life).toEqual(life(attempt));
    const busy = step(life(scheduled), { ...late, outcome: outcome('busy') });
    expect(busy.life).toEqual(life(scheduled));
  });
});

describe('a retry', () => {
  it('comes after the delays of the table, at most three attempts in all', () => {
    let call = life(accepted);
    const delays: number[] = [];
    for (let round = 0; round < 5 && !call.result; round++) {
      call = step(call, events.noAnswer).life;
      if (call.attempt.state !== 'scheduled') break;
      delays.push((call.attempt.dueMs - at) / MINUTE);
      call = { ...call, attempt: { ...accepted, id: call.attempt.id, number: call.attempt.number } };
    }
    expect(delays).toEqual([30, 60]);
    expect(shown(call)).toBe('ended 3 -> no-answer');
  });

  it('does not come past the deadline, nor after a wish of the callee, nor after what is not retryable', () => {
    expect(shown(step(life(accepted, { deadlineMs: at + 29 * MINUTE }), events.noAnswer).life)).toBe(
      'ended -> no-answer',
    );
    const wish = step(life(accepted), { ...events.noAnswer, wish: 'asked-not-to-be-called' });
    expect(shown(wish.life)).toBe('ended -> no-answer');
    expect(wish.effects).toContainEqual({ kind: 'suppress', wish: 'asked-not-to-be-called' });
    const final = step(life(accepted), { ...events.noAnswer, outcome: outcome('no-answer', false) });
    expect(shown(final.life)).toBe('ended -> no-answer');
  });

  it('by a person starts another attempt of a call that is over, and of no other', () => {
    const over = life({ ...facts, state: 'ended', outcome: outcome('busy') }, { result: outcome('busy') });
    const again = step(over, events.retry);
    expect(shown(again.life)).toBe('scheduled 2');
    expect(again.attempt).toEqual(over.attempt);
    expect(step(life(accepted), events.retry).refused).toMatch(/not over/);
  });
});

describe('a throttled dial', () => {
  it('keeps its attempt and waits longer each time, five minutes at most', () => {
    let attempt: AttemptLife = dialing;
    const waits: number[] = [];
    for (let round = 0; round < 10; round++) {
      const after: AttemptLife = step(life(attempt), events.throttled).life.attempt;
      if (after.state !== 'scheduled') throw new Error(after.state);
      waits.push((after.dueMs - at) / 1000);
      attempt = { ...dialing, tries: after.tries };
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  it('tells the store to slow down, and is adopted should the provider have placed it after all', () => {
    const after = step(life(dialing), events.throttled);
    expect(after.effects).toContainEqual({ kind: 'slow-down', why: 'capacity' });
    expect(shown(step(after.life, events.found).life)).toBe('accepted');
  });
});

describe('a cancel', () => {
  it('hangs up what runs, also when the reply comes after it, and lets no attempt follow', () => {
    expect(step(life(accepted), events.cancel).effects).toContainEqual({ kind: 'hang-up' });
    const during = step(life(dialing), events.cancel).life;
    const replied = step(during, events.acceptedReply);
    expect(replied.effects).toContainEqual({ kind: 'hang-up' });
    expect(shown(step(replied.life, events.noAnswer).life)).toBe('ended -> no-answer');
    expect(shown(step(during, events.throttled).life)).toBe('ended -> cancelled');
    expect(shown(step(during, events.putBack).life)).toBe('ended -> cancelled');
  });
});

it('says once in the timeline what holds an attempt up', () => {
  const first = step(life(scheduled), events.waits);
  expect(first.entries).toHaveLength(1);
  const second = step(first.life, { ...events.waits, untilMs: at + 2 * MINUTE });
  expect(second.entries).toEqual([]);
  expect(second.life.attempt).toMatchObject({ dueMs: at + 2 * MINUTE });
});

describe('whatever happens in whatever order', () => {
  const anyEvent = fc.constantFrom(...Object.values<LifeEvent>(events));
  const anyLife = fc.record({ redial: fc.boolean(), order: fc.array(anyEvent, { maxLength: 40 }) });

  it('a dial is claimed only from scheduled, and never while one of the call is out', () => {
    fc.assert(
      fc.property(anyLife, ({ redial, order }) => {
        let call = life(scheduled, { redialAfterUnknown: redial });
        for (const event of order) {
          const before = call;
          const after = step(call, event);
          call = after.life;
          const left = before.attempt.state;
          const out = left === 'dialing' || left === 'accepted' || left === 'unknown';
          if (call.attempt.state === 'dialing' && left !== 'dialing') expect(left).toBe('scheduled');
          // What was out comes back to scheduled only by a reply or a put-back that proves it, an end, a person, or the policy.
          if (out && call.attempt.state === 'scheduled' && left === 'unknown') {
            const person = event.kind === 'resolve';
            const policy = event.kind === 'quiet' && event.absent && redial;
            expect(person || policy || event.kind === 'finished').toBe(true);
          }
          expect(call.result === undefined).toBe(call.attempt.state !== 'ended');
          expect(after.attempt.id).toBe(before.attempt.id);
          if (call.attempt.id !== before.attempt.id) expect(after.attempt.state).toBe('ended');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the same event twice changes nothing the second time, but for what is counted', () => {
    fc.assert(
      fc.property(anyLife, ({ redial, order }) => {
        let call = life(scheduled, { redialAfterUnknown: redial });
        for (const event of order) {
          call = step(call, event).life;
          const again = step(call, event).life;
          if (['found', 'finished', 'cancel', 'quiet', 'lost', 'expired'].includes(event.kind)) {
            expect(again.attempt.state).toBe(call.attempt.state);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
