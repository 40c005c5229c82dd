import { describe, expect, it } from 'vitest';
import { fakeProvider, numberFacts, twilioLine } from '../../test/fixtures/calls.ts';
import { createIds } from '../kernel/ids.ts';
import { createVirtualClock } from '../kernel/virtual-clock.ts';
import type { NewCall } from './call-store.ts';
import { defaultHours } from './calling-window.ts';
import { createSubmitCall, type ServiceCallRequest } from './submit-call.ts';

/** A Monday. */
const now = Date.UTC(2026, 0, 5, 15);
const DAY_MS = 86_400_000;
const ada = { keyId: 'key_1', keyBudget: undefined, name: 'Ada' };
const request: ServiceCallRequest = {
  to: numberFacts('+12125550142'),
  agentId: 'agent_one',
  from: { lineId: twilioLine.id },
  clientData: { dynamic_variables: { vendor: 'Initech' } },
  record: false,
  redialAfterUnknown: false,
  bypass: {},
  metadata: {},
  personWaiting: false,
  origin: 'api',
};

function setUp() {
  const taken: NewCall[] = [];
  const clock = createVirtualClock(now);
  const submitCall = createSubmitCall({
    provider: fakeProvider(),
    store: { submit: async (call) => void taken.push(call) },
    records: { get: async () => undefined },
    idempotency: { reserve: async () => ({ kind: 'reserved' }), release: async () => {} },
    suppressions: { get: async () => undefined },
    zonesOf: () => ['America/New_York'],
    gate: {
      guard: { countries: undefined, blocked: [] },
      allowList: undefined,
      window: defaultHours,
      budgetTotal: {},
      budgetPerKey: {},
      hook: false,
    },
    secret: 'a secret of this test',
    defaults: { agentId: undefined, from: undefined },
    attemptAsUserId: true,
    clock,
    newId: createIds(clock, (size) => new Uint8Array(size)),
    submitted: () => {},
  });
  return {
    taken,
    submit: (changes: Partial<ServiceCallRequest>) => submitCall({ ...request, ...changes }, ada),
  };
}

describe('the time of a submitted call', () => {
  it('is a week from now', async () => {
    const { taken, submit } = setUp();
    await submit({});
    expect(taken[0]?.life).toMatchObject({ deadlineMs: now + 7 * DAY_MS, attempt: { dueMs: now } });
  });

  it('is a week from the first moment that was asked for, however far off: it is not over before it begins', async () => {
    const { taken, submit } = setUp();
    const notBeforeMs = now + 30 * DAY_MS;
    await submit({ window: { ...defaultHours, notBeforeMs } });
    expect(taken[0]?.life).toMatchObject({
      deadlineMs: notBeforeMs + 7 * DAY_MS,
      attempt: { dueMs: notBeforeMs },
    });
  });

  it('is one that the database can write', async () => {
    const { taken, submit } = setUp();
    await submit({ window: { ...defaultHours, notBeforeMs: Date.UTC(9999, 11, 27, 15) } });
    expect(new Date(taken[0]?.life.deadlineMs ?? 0).toISOString()).toBe('9999-12-31T23:59:59.000Z');
  });

  it.each([
    ['the deadline is over', { deadlineMs: now }],
    [
      'the deadline is before the first moment',
      { deadlineMs: now + DAY_MS, window: { ...defaultHours, notBeforeMs: now + 2 * DAY_MS } },
    ],
  ])('is refused where %s', async (_, changes) => {
    const { taken, submit } = setUp();
    const asked = submit(changes);
    await expect(asked.then(({ kind }) => kind)).rejects.toMatchObject({ code: 'bad-input' });
    expect(taken).toEqual([]);
  });
});
