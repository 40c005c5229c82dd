import { describe, expect, it } from 'vitest';
import { carrierCallOf, conversationOf, fakeProvider, outage } from '../../test/fixtures/calls.ts';
import { memoryCalls, storedCall } from '../../test/fixtures/stored-calls.ts';
import { createVirtualClock } from '../kernel/virtual-clock.ts';
import type { Conversation } from '../wire/elevenlabs/conversation.ts';
import { followAttempt } from './follow-attempt.ts';
import type { EngineDeps } from './ports.ts';
import { createSession } from './session.ts';

const voicemail = conversationOf({
  metadata: { phone_call: { direction: 'outbound', call_result: 'voicemail' } },
  calleeSays: [],
});

/** A call that the carrier has closed, with the provider's records as far as they are there. */
function follow(status: string, plan: { zeroRetention?: boolean } = {}) {
  const clock = createVirtualClock();
  const stored = storedCall({}, { deadlineMs: 0 });
  const call = { ...stored, plan: { ...stored.plan, quietMs: 600_000, ...plan } };
  const known: Conversation[] = [];
  const calls = memoryCalls(clock, call);
  const deps = {
    ...calls,
    provider: fakeProvider({ conversations: known }),
    carrier: { call: async () => carrierCallOf(status), calls: async () => [], hangUp: async () => {} },
    clock,
    notices: { changed() {}, dialled() {}, trouble() {} },
  } as unknown as EngineDeps;
  void followAttempt(deps, createSession(deps, call), () => 1_000);
  return { clock, known, outcome: () => calls.call().life.attempt };
}

describe('followAttempt, where the provider shows no conversation', () => {
  it('waits for the record that tells a mailbox from a person', async () => {
    const { clock, known, outcome } = follow('completed');
    await clock.advance(120_000);
    expect(outcome()).toMatchObject({ state: 'accepted' });
    known.push(voicemail);
    await clock.advance(60_000);
    expect(outcome()).toMatchObject({ state: 'ended', outcome: { kind: 'voicemail' } });
  });

  it('takes the carrier at its word where nobody picked up', async () => {
    const { clock, outcome } = follow('no-answer');
    await clock.advance(60_000);
    expect(outcome()).toMatchObject({ state: 'ended', outcome: { kind: 'no-answer' } });
  });

  it.each([
    ['the provider keeps nothing', { zeroRetention: true }, 60_000],
    ['the quiet period is over', {}, 700_000],
  ])('takes the carrier at its word when %s', async (_, plan, ms) => {
    const { clock, outcome } = follow('completed', plan);
    await clock.advance(ms);
    expect(outcome()).toMatchObject({ state: 'ended', outcome: { kind: 'answered' } });
  });
});

describe('followAttempt of a cancelled call', () => {
  function cancelled(fails: (round: number) => unknown) {
    const clock = createVirtualClock();
    const call = storedCall({}, { cancelledBy: 'Ada' });
    const asked: number[] = [];
    const deps = {
      ...memoryCalls(clock, call),
      provider: fakeProvider({ conversations: [conversationOf({ id: 'conv_1', status: 'in-progress' })] }),
      carrier: {
        call: async () => carrierCallOf('in-progress'),
        calls: async () => [],
        async hangUp() {
          asked.push(clock.monotonic());
          const fault = fails(asked.length);
          if (fault) throw fault;
        },
      },
      clock,
      notices: { changed() {}, dialled() {}, trouble() {} },
    } as unknown as EngineDeps;
    void followAttempt(deps, createSession(deps, call), () => 1_000);
    return { clock, asked };
  }

  it('hangs up once', async () => {
    const { clock, asked } = cancelled(() => undefined);
    await clock.advance(60_000);
    expect(asked).toHaveLength(1);
  });

  it('tries again until it is hung up', async () => {
    const { clock, asked } = cancelled((round) => (round < 4 ? outage() : undefined));
    await clock.advance(60_000);
    expect(asked).toHaveLength(4);
  });

  it('leaves it at what the carrier refuses for good', async () => {
    const { clock, asked } = cancelled(() => outage(false));
    await clock.advance(60_000);
    expect(asked).toHaveLength(1);
  });
});
