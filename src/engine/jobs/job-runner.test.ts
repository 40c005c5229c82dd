import { describe, expect, it } from 'vitest';
import type { JobHandler } from '../../calls/job-handler.ts';
import type { Job, JobTry } from '../../calls/service-ports.ts';
import { AppError } from '../../kernel/errors.ts';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import { createJobRunner } from './job-runner.ts';

function setUp(handler: JobHandler, kind = 'deliver') {
  const clock = createVirtualClock();
  const row = { dueMs: clock.now(), fence: 0, tries: 0, state: 'open', log: [] as JobTry[] };
  const troubles: string[] = [];
  const settle = (state: string) => async (job: Job, tried: JobTry, dueMs?: number) => {
    if (job.fence !== row.fence) return;
    Object.assign(row, { state, tries: row.tries + 1, log: [...row.log, tried], dueMs: dueMs ?? row.dueMs });
  };
  const runner = createJobRunner({
    clock,
    owner: 'node-1',
    handlers: { deliver: handler },
    trouble: ({ what, why }) => troubles.push(`${what}: ${why}`),
    queue: {
      async claim({ nowMs, leaseMs }) {
        if (row.state !== 'open' || row.dueMs > nowMs) return [];
        row.fence++;
        row.dueMs = nowMs + leaseMs;
        return [
          {
            id: 1,
            kind,
            callId: undefined,
            payload: {},
            createdMs: 0,
            tries: row.tries,
            fence: row.fence,
            log: row.log,
          },
        ];
      },
      done: settle('done'),
      again: settle('open'),
      failed: settle('failed'),
    },
  });
  return { clock, row, runner, troubles };
}

describe('createJobRunner', () => {
  it('does a job, and writes each try into its log', async () => {
    const { clock, row, runner } = setUp(async (job) =>
      job.tries === 0
        ? { kind: 'again', note: 'answered 500', dueMs: clock.now() + 10_000 }
        : { kind: 'done', note: 'answered 204' },
    );
    const startMs = clock.now();
    runner.start();
    await clock.advance(11_000);
    expect(row.state).toBe('done');
    expect(row.log).toEqual([
      { atMs: startMs, ok: false, note: 'answered 500' },
      { atMs: startMs + 10_000, ok: true, note: 'answered 204' },
    ]);
    await runner.stop();
  });

  it('tries again after a fault, later each time, without its words in the log', async () => {
    const { clock, row, runner, troubles } = setUp(async (job) => {
      if (job.tries === 0) throw new AppError('storage', 'password of the database');
      throw new TypeError('a number');
    });
    runner.start();
    await clock.advance(60_000);
    expect(row.log.map(({ note }) => note)).toEqual(['Failed: storage.', 'Failed: a fault of ours.']);
    expect(troubles).toHaveLength(2);
    for (let days = 0; days < 2; days++) await clock.advance(24 * 3_600_000);
    expect(row.state).toBe('failed');
    await runner.stop();
  });

  it('tells a handler to stop before its lease is over', async () => {
    const { clock, row, runner } = setUp(
      (_, signal) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => resolve({ kind: 'failed', note: 'took too long' })),
        ),
    );
    runner.start();
    await clock.advance(91_000);
    expect(row).toMatchObject({ state: 'failed', fence: 1 });
    await runner.stop();
  });

  it('leaves a kind that it does not know to others', async () => {
    const { clock, row, runner } = setUp(async () => ({ kind: 'done', note: '' }), 'of-tomorrow');
    runner.start();
    await clock.advance(1_000);
    expect(row).toMatchObject({ state: 'open', log: [{ ok: false, note: 'This node cannot do it.' }] });
    await runner.stop();
  });
});
