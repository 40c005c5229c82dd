import { describe, expect, it } from 'vitest';
import { answered } from '../../test/fixtures/call-steps.ts';
import { fakeProvider } from '../../test/fixtures/calls.ts';
import { attemptId, memoryCalls, storedCall } from '../../test/fixtures/stored-calls.ts';
import { sleep } from '../kernel/clock.ts';
import { createVirtualClock } from '../kernel/virtual-clock.ts';
import { dialAttempt } from './dial-attempt.ts';
import { createLinePacer } from './line-pacer.ts';
import type { EngineDeps } from './ports.ts';
import { createSession } from './session.ts';

/** A claimed attempt that leaves 250 ms after its commit, and takes 100 ms to connect. */
function dial() {
  const clock = createVirtualClock();
  const call = storedCall({ state: 'dialing', ids: {}, committedMs: clock.now() }, { deadlineMs: 0 });
  const calls = memoryCalls(clock, call);
  const provider = fakeProvider({ reply: () => ({ kind: 'accepted', ids: { conversationId: 'conv_1' } }) });
  const send = provider.dial;
  provider.dial = async (order, beforeSend) => {
    await sleep(clock, 100);
    return send(order, beforeSend);
  };
  const deps = {
    store: calls.store,
    applyEvent: calls.applyEvent,
    provider,
    clock,
    notices: { changed() {}, dialled() {}, trouble() {} },
  } as unknown as EngineDeps;
  const session = createSession(deps, call);
  const times = { committedMs: clock.monotonic(), sendInMs: 250, stopping: () => false };
  void dialAttempt(deps, session, times, createLinePacer(new Map(), clock));
  return { clock, session, provider, ...calls };
}

describe('dialAttempt', () => {
  it('sends the one request with the id of the attempt in it', async () => {
    const { clock, provider, call } = dial();
    await clock.advance(1_000);
    expect(provider.dials).toMatchObject([
      { clientData: { user_id: attemptId, dynamic_variables: { donna_attempt_id: attemptId } } },
    ]);
    expect(call().life.attempt).toMatchObject({ state: 'accepted', ids: { conversationId: 'conv_1' } });
  });

  it.each([
    ['waits for its turn', 100],
    ['connects', 300],
  ])('sends nothing for a call that is cancelled while it %s', async (_, ms) => {
    const { clock, session, provider, applyEvent, call } = dial();
    await clock.advance(ms);
    await applyEvent(attemptId, { kind: 'cancel', by: 'Ada' });
    session.interrupt();
    await clock.advance(1_000);
    expect(provider.dials).toEqual([]);
    expect(call().life.result).toMatchObject({ kind: 'cancelled' });
  });

  it('sends nothing where the provider turns out to have an earlier try of it', async () => {
    const { clock, session, provider, applyEvent, call } = dial();
    await clock.advance(300);
    await applyEvent(attemptId, { kind: 'found', ids: { conversationId: 'conv_0' }, by: 'webhook' });
    session.interrupt();
    await clock.advance(1_000);
    expect(provider.dials).toEqual([]);
    expect(call().life.attempt).toMatchObject({ state: 'accepted', ids: { conversationId: 'conv_0' } });
  });

  it('sends nothing for an attempt that a webhook has ended meanwhile', async () => {
    const { clock, session, provider, applyEvent, call } = dial();
    await clock.advance(100);
    await applyEvent(attemptId, { kind: 'finished', outcome: answered, ids: {}, by: 'webhook' });
    session.interrupt();
    await clock.advance(1_000);
    expect(provider.dials).toEqual([]);
    expect(call().life.result).toMatchObject({ kind: 'answered' });
  });
});
