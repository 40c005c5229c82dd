import { describe, expect, it } from 'vitest';
import { memoryCalls, storedCall } from '../../../test/fixtures/stored-calls.ts';
import { AppError } from '../../kernel/errors.ts';
import type { PhoneNumber } from '../../kernel/phone-number.ts';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import type { StoredCall } from '../call-store.ts';
import { cancelled } from '../life-outcomes.ts';
import type { Job, JobQueue } from '../service-ports.ts';
import type { Erasers } from './erase-elsewhere.ts';
import { createForgetJob } from './forget-job.ts';
import { createForgetPerson } from './forget-person.ts';
import { createRetentionJob, nextRetention } from './retention-job.ts';

const number = '+12125550142' as PhoneNumber;
const sid = `CA${'1'.repeat(32)}`;
const over = () =>
  storedCall({ state: 'ended', outcome: cancelled('Ana') } as object, { result: cancelled('Ana') });
const scheduled = () => storedCall({ state: 'scheduled', ids: {}, dueMs: 0, heldBy: undefined } as object);
const unreachable = new AppError('provider-unreachable', 'no connection', { retryable: true });
type NewJobs = Parameters<JobQueue['add']>[0];

function setUp(call: StoredCall, erasers: Partial<Erasers> = {}) {
  const clock = createVirtualClock();
  const calls = memoryCalls(clock, call);
  const wiped: string[] = [];
  const jobs: NewJobs[number][] = [];
  const asked: string[] = [];
  const forgetPerson = createForgetPerson({
    clock,
    store: { loadCall: async (id) => calls.call(id) },
    applyEvent: calls.applyEvent,
    hashNumber: (one) => `hash of ${one}`,
    queue: { add: async (added) => void jobs.push(...added) },
    erasure: {
      async callsTo(hash) {
        const { life } = calls.call();
        if (hash !== `hash of ${number}` || wiped.includes(life.callId)) return [];
        const { conversationId, callSid } = life.attempt.ids;
        return [
          {
            callId: life.callId,
            ended: life.result !== undefined,
            conversationIds: conversationId ? [conversationId] : [],
            callSids: callSid ? [callSid, 'SCL_dialog'] : [],
          },
        ];
      },
      wipe: async (ids) => void wiped.push(...ids),
    },
    erasers: {
      async conversation(id) {
        asked.push(id);
        return { erased: 1, alreadyGone: 0 };
      },
      async carrierRecordings(id) {
        asked.push(id);
        return { erased: 2, alreadyGone: 1 };
      },
      ...erasers,
    },
  });
  return { clock, forgetPerson, wiped, jobs, asked, ...calls };
}

describe('createForgetPerson', () => {
  it('erases at the provider, at the carrier and here', async () => {
    const { forgetPerson, wiped, jobs, asked, call } = setUp(over());
    expect(await forgetPerson(number, 'Ana')).toEqual({ erased: 4, alreadyGone: 1, couldNotReach: [] });
    expect(asked).toEqual(['conv_1', sid]);
    expect(wiped).toEqual([call().life.callId]);
    expect(jobs).toEqual([]);
  });

  it('finds nothing the second time', async () => {
    const { forgetPerson } = setUp(over());
    await forgetPerson(number, 'Ana');
    expect(await forgetPerson(number, 'Ana')).toEqual({ erased: 0, alreadyGone: 0, couldNotReach: [] });
  });

  it('cancels what is not dialled yet', async () => {
    const { forgetPerson, wiped, call } = setUp(scheduled());
    expect(await forgetPerson(number, 'Ana')).toMatchObject({ erased: 1 });
    expect(call().life.result).toMatchObject({ kind: 'cancelled' });
    expect(wiped).toHaveLength(1);
  });

  it('does not say that it is done while a call runs, and hangs it up', async () => {
    const { forgetPerson, wiped, effects } = setUp(storedCall());
    await expect(forgetPerson(number, 'Ana')).rejects.toMatchObject({
      code: 'not-possible',
      retryable: true,
    });
    expect(effects).toContainEqual({ kind: 'hang-up' });
    expect(wiped).toEqual([]);
  });

  it('reports what it could not reach, has it tried again, and erases the rest', async () => {
    const { forgetPerson, jobs, wiped, clock } = setUp(over(), {
      conversation: async () => {
        throw unreachable;
      },
    });
    expect(await forgetPerson(number, 'Ana')).toMatchObject({
      erased: 3,
      couldNotReach: [{ where: 'provider', id: 'conv_1', why: 'no connection' }],
    });
    expect(jobs).toMatchObject([
      {
        kind: 'forget',
        key: 'provider:conv_1',
        payload: { where: 'provider', id: 'conv_1' },
        dueMs: clock.now() + 600_000,
      },
    ]);
    expect(wiped).toHaveLength(1);
  });

  it('says that it has no credentials of the carrier, and does not try again', async () => {
    const { forgetPerson, jobs } = setUp(over(), { carrierRecordings: undefined });
    expect(await forgetPerson(number, 'Ana')).toMatchObject({
      couldNotReach: [{ where: 'carrier', id: sid, why: expect.stringContaining('TWILIO_ACCOUNT_SID') }],
    });
    expect(jobs).toEqual([]);
  });

  it('writes down what is left before it wipes the ids', async () => {
    const { forgetPerson, wiped } = setUp(over(), {
      conversation: async () => {
        throw new TypeError('a fault');
      },
    });
    await expect(forgetPerson(number, 'Ana')).rejects.toThrow('a fault');
    expect(wiped).toEqual([]);
  });
});

const jobOf = (added: NewJobs[number] | undefined, tries = 0): Job => ({
  id: 1,
  kind: 'forget',
  callId: undefined,
  payload: added?.payload,
  createdMs: 0,
  tries,
  fence: 1,
  log: [],
});
const never = new AbortController().signal;

describe('createForgetJob', () => {
  it('tries for a week, less often each time', async () => {
    const clock = createVirtualClock();
    let down = true;
    const handler = createForgetJob({
      clock,
      erasers: {
        async conversation() {
          if (down) throw unreachable;
          return { erased: 0, alreadyGone: 1 };
        },
      },
    });
    const payload = { where: 'provider', id: 'conv_1', untilMs: clock.now() + 7 * 86_400_000 };
    const startMs = clock.now();
    let tries = 0;
    for (; tries < 100; tries++) {
      const result = await handler({ ...jobOf(undefined, tries), payload }, never);
      if (result.kind === 'failed') break;
      if (result.kind === 'again') await clock.advance(result.dueMs - clock.now());
    }
    expect(clock.now() - startMs).toBeGreaterThan(6 * 86_400_000);
    expect(tries).toBeLessThan(25);
    down = false;
    expect(await handler({ ...jobOf(undefined), payload }, never)).toEqual({
      kind: 'done',
      note: 'Erased 0, already gone 1.',
    });
  });
});

describe('createRetentionJob', () => {
  const run = async (days: number | undefined) => {
    const clock = createVirtualClock();
    const old = Array.from({ length: 450 }, (_, index) => `call_${index}`);
    const swept: number[] = [];
    const jobs: NewJobs[number][] = [];
    const handler = createRetentionJob({
      clock,
      days,
      queue: { add: async (added) => void jobs.push(...added) },
      erasure: {
        endedBefore: async (atMs, limit) =>
          (atMs === clock.now() - (days ?? 0) * 86_400_000 ? old.slice(0, limit) : []).map((callId) => ({
            callId,
            conversationIds: [],
            callSids: [],
          })),
        wipe: async (ids) => void old.splice(0, ids.length),
        async sweep(atMs) {
          swept.push((clock.now() - atMs) / 86_400_000);
          return { removed: 3 };
        },
      },
    });
    return { result: await handler(jobOf(undefined), never), old, swept, jobs, clock };
  };

  it('erases all calls that are over their days, and plans the next hour', async () => {
    const { result, old, swept, jobs, clock } = await run(7);
    expect(result).toEqual({ kind: 'done', note: 'Erased 450 calls, removed 3 other records.' });
    expect(old).toHaveLength(0);
    expect(swept).toEqual([7]);
    expect(jobs).toEqual([nextRetention(clock.now())]);
    expect(jobs[0]?.dueMs).toBe(clock.now() + 3_600_000);
  });

  it('keeps calls for ever where no days are set, and sweeps all the same', async () => {
    const { old, swept } = await run(undefined);
    expect(old).toHaveLength(450);
    expect(swept).toEqual([30]);
  });
});
