import { describe, expect, it } from 'vitest';
import { conversationOf, fakeProvider } from '../../test/fixtures/calls.ts';
import { attemptId, memoryCalls, storedCall } from '../../test/fixtures/stored-calls.ts';
import { createVirtualClock } from '../kernel/virtual-clock.ts';
import type { EngineDeps } from './ports.ts';
import { searchAttempt } from './search-attempt.ts';
import { createSession } from './session.ts';

const startMs = Date.UTC(2026, 0, 5, 15);
const HOUR_MS = 3_600_000;

/** An unknown attempt with a user id of the caller's own, so that it is searched for by time; committed when the clock said so. */
function search(committedMs: number, conversations = [placed], watchedMs = 0) {
  const clock = createVirtualClock(startMs);
  const stored = storedCall({ state: 'unknown', ids: {}, committedMs, why: 'reset', asked: false });
  const call = {
    ...stored,
    watchedMs,
    plan: { ...stored.plan, attemptAsUserId: false, clientData: { user_id: 'ada' } },
  };
  const calls = memoryCalls(clock, call);
  const provider = fakeProvider({ lines: [{ ...stored.plan.line }], conversations });
  const list = provider.conversations;
  provider.conversations = async (filter) =>
    (filter.startedAfterSecs ?? 0) * 1000 <= startMs ? list(filter) : [];
  const deps = {
    ...calls,
    provider,
    clock,
    notices: { changed() {}, dialled() {}, trouble() {} },
  } as unknown as EngineDeps;
  void searchAttempt(deps, createSession(deps, call));
  return { clock, attempt: () => calls.call().life.attempt };
}

const placed = conversationOf({
  id: 'conv_1',
  startedWith: { user_id: 'ada', dynamic_variables: { donna_attempt_id: attemptId } },
});

describe('searchAttempt', () => {
  it('adopts the conversation that carries the attempt', async () => {
    const { clock, attempt } = search(startMs);
    await clock.advance(1_000);
    expect(attempt()).toMatchObject({ state: 'accepted', ids: { conversationId: 'conv_1' } });
  });

  it('finds a call that was committed by a clock that was ahead, and is set right since', async () => {
    const { clock, attempt } = search(startMs + HOUR_MS);
    await clock.advance(1_000);
    expect(attempt()).toMatchObject({ state: 'accepted' });
  });

  it('asks a person once the quiet period is over and nothing was found', async () => {
    const { clock, attempt } = search(startMs, []);
    await clock.advance(1_700_000);
    expect(attempt()).toMatchObject({ state: 'unknown', asked: false });
    await clock.advance(140_000);
    expect(attempt()).toMatchObject({ state: 'unknown', asked: true });
  });

  it('goes by the time that was watched, whoever watched it', async () => {
    const { clock, attempt } = search(startMs, [], 1_800_000);
    await clock.advance(1_000);
    expect(attempt()).toMatchObject({ asked: true });
  });
});
