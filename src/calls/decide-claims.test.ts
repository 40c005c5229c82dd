import { describe, expect, it } from 'vitest';
import { planOfACall } from '../../test/fixtures/store-calls.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import type { CallPlan, ClaimView, StoredCall } from './call-store.ts';
import { type ClaimSettings, createClaimPolicy } from './decide-claims.ts';
import { defaultRetryPolicy } from './retry-policy.ts';

/** A Monday, 10:00 in New York. */
const now = Date.UTC(2026, 0, 5, 15);
const nothing = { calls: 0, seconds: 0, cents: 0 };

const settings: ClaimSettings = {
  gate: {
    guard: { countries: undefined, blocked: [] },
    allowList: undefined,
    window: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' },
    budgetTotal: {},
    budgetPerKey: {},
    hook: false,
  },
  concurrency: 4,
  reserve: 1,
  callsPerSecond: new Map([['phnum_fast', 1000]]),
};

let made = 0;
function stored(plan: Partial<CallPlan> = {}, life: Partial<StoredCall['life']> = {}): StoredCall {
  made += 1;
  const number = `+1212555${String(100 + (made % 100)).padStart(4, '0')}` as PhoneNumber;
  return {
    life: {
      callId: `call_${made}`,
      retry: defaultRetryPolicy,
      redialAfterUnknown: false,
      deadlineMs: now + 86_400_000,
      cancelledBy: undefined,
      result: undefined,
      attempt: {
        id: `att_${made}`,
        number: 1,
        tries: 0,
        ids: {},
        state: 'scheduled',
        dueMs: now,
        heldBy: undefined,
      },
      ...life,
    },
    plan: {
      ...planOfACall,
      to: number,
      toHash: `hash ${number}`,
      line: { ...planOfACall.line, id: 'phnum_fast', number: '+12125550199' },
      ...plan,
    },
    createdMs: now,
    ticket: { attemptId: `att_${made}`, fence: 0, version: 0, owner: undefined },
    watchedMs: 0,
    clearedUntilMs: undefined,
  };
}

function view(candidates: StoredCall[], more: Partial<ClaimView> = {}): ClaimView {
  return {
    nowMs: now,
    stopped: undefined,
    live: 0,
    capacity: undefined,
    lines: [],
    candidates,
    suppressions: new Map(),
    liveDestinations: new Set(),
    usageTotal: nothing,
    usageByKey: new Map(),
    ...more,
  };
}

function decide(
  candidates: StoredCall[],
  more: Partial<ClaimView> = {},
  changed: Partial<ClaimSettings> = {},
) {
  const { decisions, lines } = createClaimPolicy({ ...settings, ...changed }, now).decide(
    view(candidates, more),
  );
  const shown = decisions.map((decision) => ('step' in decision ? decision.step.attempt.state : 'ask-hook'));
  return { decisions, lines, shown };
}

describe('a claim', () => {
  it('keeps the reserve for calls that a person waits for', () => {
    const ordinary = [stored(), stored(), stored(), stored()];
    expect(decide(ordinary).shown).toEqual(['dialing', 'dialing', 'dialing']);
    expect(decide([stored({ personWaiting: true })], { live: 3 }).shown).toEqual(['dialing']);
    expect(decide([stored({ personWaiting: true })], { live: 4 }).shown).toEqual([]);
    expect(createClaimPolicy(settings, now).room(view([], { live: 3 }))?.personWaitingOnly).toBe(true);
    expect(createClaimPolicy(settings, now).room(view([], { live: 4 }))).toBeUndefined();
  });

  it('dials nothing while dialling is stopped, says so, and ends what is past its deadline', () => {
    const stopped = { by: 'Ada', reason: 'test', atMs: now };
    const { shown, decisions } = decide([stored(), stored({}, { deadlineMs: now - 1 })], {
      stopped,
      live: 4,
    });
    expect(shown).toEqual(['scheduled', 'ended']);
    expect(decisions[0]).toMatchObject({ step: { attempt: { heldBy: 'stop' } } });
    expect(createClaimPolicy(settings, now).room(view([], { stopped }))).toBeDefined();
  });

  it('dials one of two calls to the same number, and postpones the other', () => {
    const one = stored();
    const two = stored({ to: one.plan.to, toHash: one.plan.toHash });
    expect(decide([one, two]).shown).toEqual(['dialing', 'scheduled']);
  });

  it('counts each pass against the budgets before it looks at the next', () => {
    const gate = { ...settings.gate, budgetTotal: { calls: 10 } };
    const usageTotal = { ...nothing, calls: 9 };
    expect(decide([stored(), stored()], { usageTotal }, { gate }).shown).toEqual(['dialing', 'scheduled']);
    const ofKey = { ...settings.gate, budgetPerKey: { calls: 1 } };
    expect(decide([stored(), stored(), stored({ keyId: 'key_2' })], {}, { gate: ofKey }).shown).toEqual([
      'dialing',
      'scheduled',
      'dialing',
    ]);
  });

  it('spaces the dials of a line by its pace, and leaves alone what comes later than the horizon', () => {
    const callsPerSecond = new Map([['phnum_fast', 10]]);
    const { decisions, lines } = decide(
      [stored(), stored(), stored(), stored()],
      {},
      { concurrency: 100, callsPerSecond },
    );
    const sends = decisions.map((decision) => ('sendAtMs' in decision ? (decision.sendAtMs ?? 0) - now : 0));
    expect(sends).toHaveLength(3);
    expect(sends.map((ms) => Math.round(ms / 50))).toEqual([0, 2, 4]);
    const room = createClaimPolicy({ ...settings, callsPerSecond }, now).room(view([], { lines }));
    expect(room?.closedLines).toEqual(['phnum_fast']);
  });

  it('goes slower after a 429, and recovers', () => {
    const line = { lineId: 'phnum_fast', nextMs: now, slowedMs: now };
    const callsPerSecond = new Map([['phnum_fast', 20]]);
    const send = (slowedMs: number | undefined) => {
      const { lines } = decide([stored()], { lines: [{ ...line, slowedMs }] }, { callsPerSecond });
      return Math.round(((lines[0]?.nextMs ?? 0) - now) / 10);
    };
    expect(send(undefined)).toBe(5);
    expect(send(now)).toBe(7);
    expect(send(now - 60_000)).toBe(5);
  });

  it('takes fewer calls after a 429 for too many, and one more for each quarter minute without another', () => {
    const capacity = { limit: 2, atMs: now };
    const room = (atMs: number) =>
      createClaimPolicy(settings, now).room(view([], { capacity: { ...capacity, atMs }, live: 1 }));
    expect(room(now)?.limit).toBe(1);
    expect(room(now - 15_000)?.limit).toBe(2);
    expect(room(now - 3_600_000)?.limit).toBe(3);
  });

  it('does not let a mark from a clock that was set back close a line', () => {
    const lines = [{ lineId: 'phnum_fast', nextMs: now + 3_600_000, slowedMs: undefined }];
    expect(decide([stored()], { lines }).shown).toEqual(['dialing']);
  });

  it('ends what is past its deadline, and asks the hook where there is one', () => {
    expect(decide([stored({}, { deadlineMs: now - 1 })]).shown).toEqual(['ended']);
    const gate = { ...settings.gate, hook: true };
    expect(decide([stored()], {}, { gate }).shown).toEqual(['ask-hook']);
    const cleared = { ...stored(), clearedUntilMs: now + 1 };
    expect(decide([cleared], {}, { gate }).shown).toEqual(['dialing']);
  });

  it('puts aside a call that it cannot judge, and dials the others', () => {
    const broken = stored({ line: undefined as never });
    const { shown, decisions } = decide([broken, stored()]);
    expect(shown).toEqual(['scheduled', 'dialing']);
    expect(decisions[0]).toMatchObject({
      step: { entries: [{ kind: 'gate-waits', data: { rule: 'fault' } }] },
    });
  });

  it('never postpones a call for ever: past its deadline it is looked at once more', () => {
    const night = ['Asia/Tokyo'];
    const { decisions } = decide([stored({ zones: night }, { deadlineMs: now + 1000 })]);
    const [first] = decisions;
    const attempt = first && 'step' in first ? first.step.attempt : undefined;
    expect(attempt).toMatchObject({ state: 'scheduled', dueMs: now + 1001 });
  });
});
