import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberFacts } from '../../test/fixtures/calls.ts';
import type { Budget, Usage } from './budget.ts';
import { type CallingWindow, defaultHours, type Weekday, weekdays } from './calling-window.ts';
import { type GateFacts, type GatePolicy, type GateRequest, gateDial } from './gate.ts';
import type { Bypassable } from './gate-decision.ts';
import { guardDial } from './guard.ts';
import type { Suppression } from './suppression.ts';

/** A Wednesday, 11:00 in New York and 08:00 in Los Angeles. */
const now = Date.parse('2026-07-15T15:00:00Z');
const nobody = { calls: 0, seconds: 0, cents: 0 };

const policy: GatePolicy = {
  guard: { countries: undefined, blocked: [] },
  allowList: undefined,
  window: defaultHours,
  budgetTotal: {},
  budgetPerKey: {},
  hook: false,
};
const request: GateRequest = {
  to: numberFacts('+12125550142'),
  line: { number: '+12125550100', country: 'US' },
  zones: ['America/New_York'],
  bypass: {},
};
const facts: GateFacts = {
  nowMs: now,
  stopped: undefined,
  suppression: undefined,
  liveForDestination: false,
  usageTotal: nobody,
  usageOfKey: nobody,
  clearedUntilMs: undefined,
};
const suppression: Suppression = {
  hash: 'a'.repeat(64),
  masked: '+12•••••••42',
  reason: 'asked-not-to-be-called',
  note: '',
  addedAt: new Date('2026-07-01T09:00:00Z'),
  addedBy: 'Ada',
};

const decide = (
  changes: { policy?: Partial<GatePolicy>; request?: Partial<GateRequest>; facts?: Partial<GateFacts> } = {},
) =>
  gateDial(
    { ...policy, ...changes.policy },
    { ...request, ...changes.request },
    { ...facts, ...changes.facts },
  );

const everyReason = { window: 'agreed', suppression: 'agreed', budget: 'agreed' };
const night = Date.parse('2026-07-15T04:00:00Z');

describe('gateDial', () => {
  it('lets an ordinary call in working hours pass', () => {
    expect(decide()).toEqual({ kind: 'pass', bypassed: [] });
  });

  it('waits a minute at a time while dialling is stopped, and says by whom and why', () => {
    const stopped = { by: 'Ada', reason: 'Fire drill.', atMs: now - 1000 };
    expect(decide({ facts: { stopped }, request: { bypass: everyReason } })).toEqual({
      kind: 'wait',
      rule: 'stop',
      untilMs: now + 60_000,
      sentence: 'Ada stopped all dialling at 2026-07-15T14:59:59.000Z: Fire drill.',
    });
  });

  it('refuses what the guard refuses, in the words of the guard', () => {
    const to = numberFacts('+18765550142');
    expect(decide({ request: { to, bypass: everyReason } })).toEqual({
      kind: 'refuse',
      ...guardDial(to, request.line, policy.guard),
    });
  });

  it('calls only the numbers of an allow-list, and nobody where it is empty', () => {
    for (const allowList of [[], ['+12125550143']]) {
      const decision = decide({ policy: { allowList }, request: { bypass: everyReason } });
      expect(decision).toMatchObject({ kind: 'refuse', rule: 'allow-list' });
    }
    expect(decide({ policy: { allowList: ['+12125550142'] } })).toMatchObject({ kind: 'pass' });
  });

  it('refuses a suppressed number until the suppression is over', () => {
    expect(decide({ facts: { suppression } })).toMatchObject({
      kind: 'refuse',
      rule: 'suppression',
      sentence: expect.stringContaining('asked-not-to-be-called'),
    });
    const expired = { ...suppression, expiresAt: new Date(now) };
    expect(decide({ facts: { suppression: expired } })).toMatchObject({ kind: 'pass' });
  });

  it('waits for another call to the same number', () => {
    const decision = decide({ facts: { liveForDestination: true }, request: { bypass: everyReason } });
    expect(decision).toMatchObject({ kind: 'wait', rule: 'live-call', untilMs: now + 15_000 });
  });

  it('waits for the calling hours of the destination', () => {
    expect(decide({ facts: { nowMs: night } })).toMatchObject({
      kind: 'wait',
      rule: 'window',
      untilMs: Date.parse('2026-07-15T13:00:00Z'),
      sentence: expect.stringContaining('09:00 to 17:00) in America/New_York'),
    });
  });

  it('waits for the first moment of a call, and says so', () => {
    const window = { ...defaultHours, notBeforeMs: Date.parse('2026-08-03T00:00:00Z') };
    expect(decide({ request: { window } })).toMatchObject({
      kind: 'wait',
      untilMs: Date.parse('2026-08-03T13:00:00Z'),
      sentence: expect.stringContaining('not to go out before 2026-08-03T00:00'),
    });
  });

  it('states the hours as the floor leaves them', () => {
    const window = { days: weekdays, from: '05:00', to: '23:00' };
    expect(decide({ request: { window }, facts: { nowMs: night } })).toMatchObject({
      kind: 'wait',
      untilMs: Date.parse('2026-07-15T12:00:00Z'),
      sentence: expect.stringContaining('08:00 to 20:00'),
    });
  });

  it.each<[string, Partial<GateRequest>, string]>([
    ['no zone is known', { zones: [] }, 'not known'],
    ['a zone does not exist', { zones: ['America/New_York', 'Mars/Olympus'] }, '"Mars/Olympus"'],
    ['the zone that was given does not exist', { window: { ...defaultHours, zone: '' } }, '""'],
    ['the last moment is over', { window: { ...defaultHours, notAfterMs: now - 1 } }, 'was to go out by'],
    ['the last moment is none', { window: { ...defaultHours, notAfterMs: Number.NaN } }, 'unknown time'],
  ])('refuses where %s, whatever reason is given', (_, changes, words) => {
    for (const bypass of [{}, everyReason]) {
      expect(decide({ request: { ...changes, bypass } })).toMatchObject({
        kind: 'refuse',
        rule: 'window',
        sentence: expect.stringContaining(words),
      });
    }
  });

  it('refuses hours that do not come before the last moment', () => {
    const window = { ...defaultHours, from: '16:00', notAfterMs: now + 1 };
    expect(decide({ request: { window } })).toMatchObject({
      kind: 'refuse',
      sentence: expect.stringContaining('or not by 2026-07-15T15:00'),
    });
  });

  it('refuses hours that never come: none in common, or none at all', () => {
    const zones = ['Europe/Kaliningrad', 'Europe/Moscow', 'Asia/Omsk', 'Asia/Tokyo', 'Asia/Kamchatka'];
    expect(decide({ request: { zones } })).toMatchObject({
      kind: 'refuse',
      sentence: expect.stringContaining('Asia/Omsk and 2 more'),
      fix: expect.stringContaining('time zone'),
    });
    const window = { ...defaultHours, from: '17:00', to: '09:00' };
    expect(decide({ request: { window } })).toMatchObject({
      kind: 'refuse',
      sentence: expect.stringContaining('17:00 to 09:00'),
    });
  });

  it('refuses where the time is not known', () => {
    for (const nowMs of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(decide({ facts: { nowMs } })).toMatchObject({ kind: 'refuse', rule: 'clock' });
    }
  });

  it('waits for the next day, UTC, when a budget is used up, and says which', () => {
    const wait = { kind: 'wait', rule: 'budget', untilMs: Date.parse('2026-07-16T00:00:00Z') };
    expect(
      decide({ policy: { budgetTotal: { cents: 900 } }, facts: { usageTotal: { ...nobody, cents: 901 } } }),
    ).toEqual({ ...wait, sentence: 'The budget of all calls is used up for today, UTC (900 cents, USD).' });
    const usageOfKey = { ...nobody, calls: 3 };
    expect(decide({ policy: { budgetPerKey: { calls: 3 } }, facts: { usageOfKey } })).toMatchObject({
      ...wait,
      sentence: expect.stringContaining('of this key'),
    });
    expect(decide({ request: { keyBudget: { calls: 3 } }, facts: { usageOfKey } })).toMatchObject(wait);
    const wider = { policy: { budgetPerKey: { calls: 3 } }, request: { keyBudget: { calls: 4 } } };
    expect(decide({ ...wider, facts: { usageOfKey } })).toMatchObject({ kind: 'pass' });
  });

  it('refuses a budget that has room for no call on any day, since that call would never end', () => {
    const usageTotal = { calls: 9, seconds: 0, cents: 0 };
    expect(decide({ policy: { budgetTotal: { calls: 5, cents: 0 } }, facts: { usageTotal } })).toMatchObject({
      kind: 'refuse',
      sentence: 'The budget of all calls allows no call at all (0 cents, USD a day).',
    });
  });

  it('asks the hook last, and again when its word is too old', () => {
    const hook = { policy: { hook: true } };
    expect(decide(hook)).toEqual({ kind: 'ask-hook' });
    expect(decide({ ...hook, request: { bypass: everyReason } })).toEqual({ kind: 'ask-hook' });
    expect(decide({ ...hook, facts: { clearedUntilMs: now } })).toEqual({ kind: 'ask-hook' });
    expect(decide({ ...hook, facts: { clearedUntilMs: Number.NaN } })).toEqual({ kind: 'ask-hook' });
    expect(decide({ ...hook, facts: { clearedUntilMs: now + 1 } })).toEqual({ kind: 'pass', bypassed: [] });
    expect(decide({ ...hook, facts: { nowMs: night } })).toMatchObject({ kind: 'wait', rule: 'window' });
  });

  it('names the rules that a reason lifted, and not those that did not hold the call', () => {
    const evening = Date.parse('2026-07-15T23:30:00Z');
    const bypass = { window: ' They asked for the evening. ', suppression: 'x', budget: 'x' };
    expect(decide({ request: { bypass }, facts: { nowMs: evening } })).toEqual({
      kind: 'pass',
      bypassed: [{ rule: 'window', reason: 'They asked for the evening.' }],
    });
    const held = { suppression, usageTotal: { ...nobody, calls: 7 } };
    expect(
      decide({ policy: { budgetTotal: { calls: 1 } }, request: { bypass: everyReason }, facts: held }),
    ).toMatchObject({ kind: 'pass', bypassed: [{ rule: 'suppression' }, { rule: 'budget' }] });
  });

  it('takes a blank reason for none', () => {
    const bypass = { window: ' ', suppression: '', budget: '\n' };
    expect(decide({ request: { bypass }, facts: { suppression } })).toMatchObject({ rule: 'suppression' });
    expect(decide({ request: { bypass }, facts: { nowMs: night } })).toMatchObject({ rule: 'window' });
  });

  it('lifts the window for a reason and not the floor', () => {
    const bypass = { window: 'They asked for it.' };
    const saturday = Date.parse('2026-07-18T23:30:00Z');
    expect(decide({ request: { bypass }, facts: { nowMs: saturday } })).toMatchObject({ kind: 'pass' });
    expect(decide({ request: { bypass }, facts: { nowMs: night } })).toMatchObject({
      kind: 'wait',
      rule: 'window',
      untilMs: Date.parse('2026-07-15T12:00:00Z'),
    });
  });
});

describe('a call that passes', () => {
  /** Each part is drawn such that about half of all worlds let the call pass. */
  const mostly = <T>(good: fc.Arbitrary<T>, bad: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 24, arbitrary: good }, { weight: 1, arbitrary: bad });
  const usually = <T>(arbitrary: fc.Arbitrary<T>) => mostly<T | undefined>(fc.constant(undefined), arbitrary);
  const zone = mostly(
    fc.constantFrom('America/New_York', 'America/Chicago'),
    fc.constantFrom('Europe/Berlin', 'Asia/Katmandu', 'Nowhere/Else', ''),
  );
  const day = 86_400_000;
  const moment = mostly(
    // Quarters of an hour, near the edges of the hours in the middle of North America.
    fc
      .tuple(fc.integer({ min: 20_454, max: 20_818 }), fc.integer({ min: 12 * 4, max: 25 * 4 }))
      .map(([date, quarter]) => date * day + quarter * 900_000),
    fc.oneof(fc.integer({ min: 20_454 * day, max: 20_818 * day }), fc.constant(Number.NaN)),
  );
  const clock = mostly(
    fc.constantFrom('08:00', '09:00', '17:00', '20:00'),
    fc.constantFrom('00:00', '06:30', '12:15', '23:59', '24:00', '24:30', '9:00', ''),
  );
  const window: fc.Arbitrary<CallingWindow> = fc.record({
    days: mostly<readonly Weekday[]>(fc.constant(weekdays), fc.subarray([...weekdays])),
    from: mostly(fc.constantFrom('06:30', '08:00', '09:00'), clock),
    to: mostly(fc.constantFrom('17:00', '20:00', '22:00'), clock),
    zone: usually(zone),
    notBeforeMs: usually(moment),
    notAfterMs: usually(moment),
  });
  const count = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(Number.NaN));
  const limit = usually(count);
  const budget = fc.record({ calls: limit, minutes: limit, cents: limit });
  const usage = fc.record({
    calls: mostly(fc.constant(0), count),
    seconds: mostly(
      fc.constant(0),
      count.map((minutes) => minutes * 60),
    ),
    cents: mostly(fc.constant(0), count),
  });
  const reason = fc.constantFrom('', '  ', 'They asked for it.');
  const world = fc.record({
    policy: fc.record({
      guard: fc.record({
        countries: usually(fc.constantFrom(['US'], ['US', 'JM'], [])),
        blocked: mostly<readonly string[]>(fc.constant([]), fc.constant(['+12125550142'])),
      }),
      allowList: usually(fc.subarray(['+12125550142', '+18765550142'])),
      window,
      budgetTotal: budget,
      budgetPerKey: budget,
      hook: mostly(fc.constant(false), fc.constant(true)),
    }),
    request: fc.record({
      to: mostly(
        fc.constant('+12125550142'),
        fc.constantFrom('+12125550143', '+18765550142', '+12125550100', '+19005550142'),
      ).map(numberFacts),
      line: fc.constant(request.line),
      zones: mostly(fc.array(zone, { minLength: 1, maxLength: 2 }), fc.constant<string[]>([])),
      window: fc.option(window, { nil: undefined }),
      bypass: fc.record({ window: reason, suppression: reason, budget: reason }, { requiredKeys: [] }),
      keyBudget: usually(budget),
    }),
    facts: fc.record({
      nowMs: moment,
      stopped: usually(fc.constant({ by: 'Ada', reason: '', atMs: now })),
      suppression: usually(
        fc.option(moment, { nil: undefined }).map((end) => ({
          ...suppression,
          expiresAt: end === undefined ? undefined : new Date(end),
        })),
      ),
      liveForDestination: mostly(fc.constant(false), fc.constant(true)),
      usageTotal: usage,
      usageOfKey: usage,
      clearedUntilMs: fc.option(moment, { nil: undefined }),
    }),
  });

  /** Day and time as the locale writes them for the zone: another way than the gate’s. */
  function wallClock(timeZone: string, nowMs: number): { weekday: string; time: string } {
    const date = new Date(nowMs);
    return {
      weekday: date.toLocaleDateString('en-US', { timeZone, weekday: 'short' }).toLowerCase(),
      time: date.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }),
    };
  }

  const readable = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

  function hasRoom(limits: Budget, used: Usage): boolean {
    const parts = [
      [limits.calls, used.calls],
      [limits.minutes, used.seconds / 60],
      [limits.cents, used.cents],
    ] as const;
    return parts.every(([limit, amount]) => limit === undefined || amount < limit);
  }

  /** Without the fields that are there but say nothing. */
  function defined(budget: Budget | undefined): Budget {
    return Object.fromEntries(Object.entries(budget ?? {}).filter(([, value]) => value !== undefined));
  }

  /** Every rule of the gate, said once more in other words: the names of those that the call breaks. */
  function broken(policy: GatePolicy, request: GateRequest, facts: GateFacts): string[] {
    const { nowMs, suppression: entry, clearedUntilMs } = facts;
    const lifted = (rule: Bypassable) => /\S/.test(request.bypass[rule] ?? '');
    const { days, from, to } = request.window ?? policy.window;
    const { zone: given, notBeforeMs, notAfterMs } = request.window ?? {};
    const zones = given === undefined ? request.zones : [given];
    const ofKey = { ...policy.budgetPerKey, ...defined(request.keyBudget) };
    const clocks = () => zones.map((one) => wallClock(one, nowMs));
    const rules: Record<string, () => boolean> = {
      clock: () => nowMs > 0,
      stop: () => facts.stopped === undefined,
      guard: () => guardDial(request.to, request.line, policy.guard) === undefined,
      'allow-list': () => policy.allowList?.some((one) => one === request.to.number) !== false,
      suppression: () =>
        !entry || lifted('suppression') || (entry.expiresAt?.getTime() ?? Number.NaN) <= nowMs,
      'live-call': () => !facts.liveForDestination,
      zone: () => zones.length > 0 && clocks().length > 0,
      floor: () => clocks().every(({ time }) => time >= '08:00' && time < '20:00'),
      hours: () =>
        lifted('window') ||
        (readable.test(from) &&
          readable.test(to) &&
          clocks().every(
            ({ weekday, time }) => time >= from && time < to && days.some((one) => one === weekday),
          )),
      'first moment': () => notBeforeMs === undefined || nowMs >= notBeforeMs,
      'last moment': () => notAfterMs === undefined || nowMs <= notAfterMs,
      budget: () =>
        lifted('budget') ||
        (hasRoom(policy.budgetTotal, facts.usageTotal) && hasRoom(ofKey, facts.usageOfKey)),
      hook: () => !policy.hook || (clearedUntilMs !== undefined && clearedUntilMs > nowMs),
    };
    return Object.keys(rules).filter((name) => {
      try {
        return !rules[name]?.();
      } catch {
        // The locale knows no such zone or time.
        return true;
      }
    });
  }

  it('breaks no rule, and one that breaks none passes', () => {
    let passed = 0;
    const runs = 3000;
    fc.assert(
      fc.property(world, ({ policy, request, facts }) => {
        const decision = gateDial(policy, request, facts);
        const found = broken(policy, request, facts);
        expect(decision.kind === 'pass', found.join(', ')).toBe(found.length === 0);
        if (decision.kind === 'pass') passed += 1;
        if (decision.kind === 'ask-hook') expect(found).toEqual(['hook']);
        if (decision.kind === 'wait') expect(decision.untilMs).toBeGreaterThan(facts.nowMs);
      }),
      { numRuns: runs },
    );
    expect(passed / runs).toBeGreaterThan(0.1);
  });
});
