import { describe, expect, it } from 'vitest';
import { carrierCallOf, conversationOf, memoryJournal, outage } from '../../test/fixtures/calls.ts';
import { AppError } from '../kernel/errors.ts';
import { createVirtualClock } from '../kernel/virtual-clock.ts';
import type { Conversation } from '../wire/elevenlabs/conversation.ts';
import type { TwilioCall } from '../wire/twilio/call.ts';
import { createFollowCall, type FollowCallDeps, type FollowCallEvent } from './follow-call.ts';

const sid = `CA${'1'.repeat(32)}`;
const running = (status: string) => conversationOf({ status, calleeSays: [], success: null });

/** Follows a call whose records are functions of the seconds since it began, until it ends or `forSecs` are over. */
async function follow(
  at: {
    provider: (secs: number) => Conversation | undefined;
    carrier?: (secs: number) => TwilioCall | undefined;
  },
  options: { forSecs?: number; abortAtSecs?: number; ring?: number } & Partial<FollowCallDeps> = {},
) {
  const clock = createVirtualClock();
  const secs = () => clock.monotonic() / 1000;
  const carrierReads: number[] = [];
  const abort = new AbortController();
  if (options.abortAtSecs !== undefined) clock.schedule(options.abortAtSecs * 1000, () => abort.abort());
  const followCall = createFollowCall({
    clock,
    provider: { conversation: async () => at.provider(secs()) },
    carrier: at.carrier && {
      async call() {
        carrierReads.push(secs());
        return at.carrier?.(secs());
      },
    },
    journal: options.journal,
  });
  const events: FollowCallEvent[] = [];
  let endedAt: number | undefined;
  const reading = (async () => {
    const call = {
      conversationId: 'conv_1',
      callSid: sid,
      attempt: 'att_1',
      ringingTimeoutSecs: options.ring,
    };
    for await (const event of followCall(call, abort.signal)) events.push(event);
    endedAt = secs();
  })();
  const step = (options.forSecs ?? 300) > 10_000 ? 60_000 : 1_000;
  for (let waited = 0; waited < (options.forSecs ?? 300) * 1000 && endedAt === undefined; waited += step) {
    await clock.advance(step);
  }
  if (endedAt !== undefined) await reading;
  const states = events.flatMap((event) => (event.kind === 'state' ? [event.state] : []));
  return { events, states, last: events.at(-1), endedAt, carrierReads };
}

describe('followCall: a call that ends', () => {
  const story = (secs: number) =>
    secs < 8 ? running('initiated') : secs < 20 ? running('in-progress') : conversationOf();
  const carrierStory = (secs: number) =>
    carrierCallOf(secs < 3 ? 'queued' : secs < 7 ? 'ringing' : secs < 19 ? 'in-progress' : 'completed');

  it('tells each state once, in order, and the report', async () => {
    const { states, last } = await follow({ provider: story });
    expect(states).toEqual(['initiated', 'in-progress', 'ended']);
    expect(last).toMatchObject({ kind: 'ended', report: { outcome: { kind: 'answered' } } });
  });

  it('tells ringing and answered where the carrier can be asked', async () => {
    const { states } = await follow({ provider: story, carrier: carrierStory });
    expect(states).toEqual(['queued', 'ringing', 'answered', 'ended']);
  });

  it('asks the carrier every two seconds while it rings, seldom while they talk, and at the end', async () => {
    const { carrierReads } = await follow({ provider: story, carrier: carrierStory });
    expect(carrierReads.filter((secs) => secs < 8)).toEqual([0, 2, 4, 6]);
    expect(carrierReads.filter((secs) => secs > 8 && secs < 20)).toEqual([]);
    expect(carrierReads.at(-1)).toBe(20);
  });

  it('writes its end into the journal', async () => {
    const journal = memoryJournal();
    await follow({ provider: story }, { journal });
    expect(journal.lines).toEqual([
      expect.objectContaining({ kind: 'ended', attempt: 'att_1', outcome: 'answered' }),
    ]);
  });

  it('tells the end although it cannot be written down', async () => {
    const journal = {
      read: async () => [],
      append: () => Promise.reject(new AppError('storage', 'The journal cannot be used: ENOSPC.')),
    };
    const { events } = await follow({ provider: story }, { journal });
    expect(events.slice(-2)).toMatchObject([{ kind: 'trouble' }, { kind: 'ended' }]);
  });

  it('waits for a conversation that appears a moment late', async () => {
    const { last } = await follow({ provider: (secs) => (secs < 10 ? undefined : story(secs)) });
    expect(last).toMatchObject({ kind: 'ended' });
  });

  it('goes on without a carrier whose credentials are refused', async () => {
    const { events, carrierReads } = await follow({
      provider: story,
      carrier: () => {
        throw new AppError('provider-refused', 'Twilio does not accept the credentials.');
      },
    });
    expect(events.filter(({ kind }) => kind === 'trouble')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ kind: 'ended' });
    expect(carrierReads).toEqual([0]);
  });
});

describe('followCall: a provider that does not tell the end', () => {
  it('is lost after half a minute of 404', async () => {
    const { last, endedAt } = await follow({ provider: () => undefined });
    expect(last).toMatchObject({ kind: 'lost', why: expect.stringContaining('zero retention') });
    expect(endedAt).toBeLessThanOrEqual(35);
  });

  it('is lost when the conversation vanishes in the middle', async () => {
    const { last } = await follow({ provider: (secs) => (secs < 20 ? running('in-progress') : undefined) });
    expect(last).toMatchObject({ kind: 'lost' });
  });

  it('tells of an outage once, and goes on when it is over', async () => {
    const { events } = await follow({
      provider: (secs) => {
        if (secs >= 5 && secs < 60) throw outage();
        return secs < 70 ? running('in-progress') : conversationOf();
      },
    });
    expect(events.map(({ kind }) => kind)).toEqual(['state', 'trouble', 'state', 'ended']);
  });

  it('is lost after two minutes of errors, and never says that the conversation does not exist', async () => {
    const { last, endedAt } = await follow({
      provider: () => {
        throw outage();
      },
    });
    expect(last).toMatchObject({ kind: 'lost', why: expect.not.stringContaining('no conversation') });
    expect(endedAt).toBeGreaterThan(119);
  });

  it('is lost at once when it cannot become better', async () => {
    const { last, endedAt } = await follow({
      provider: () => {
        throw outage(false);
      },
    });
    expect(last).toMatchObject({ kind: 'lost' });
    expect(endedAt).toBeLessThan(2);
  });

  it('lets a bug out', async () => {
    const conversation = () => Promise.reject(new TypeError('a bug'));
    const followCall = createFollowCall({ clock: createVirtualClock(), provider: { conversation } });
    await expect(followCall({ conversationId: 'conv_1' }).next()).rejects.toThrow('a bug');
  });

  it('is lost when it says initiated long after the phone stopped ringing', async () => {
    const { last, endedAt } = await follow({ provider: () => running('initiated') }, { ring: 30 });
    expect(last).toMatchObject({ kind: 'lost', why: expect.stringContaining('initiated') });
    expect(endedAt).toBeGreaterThanOrEqual(150);
    expect(endedAt).toBeLessThan(155);
  });

  it('is lost after 15 minutes of processing', async () => {
    const { last } = await follow({ provider: () => running('processing') }, { forSecs: 1_000 });
    expect(last).toMatchObject({ kind: 'lost', why: expect.stringContaining('15 minutes') });
  });

  it('ends by the carrier’s word when the provider still says initiated', async () => {
    const { last, endedAt } = await follow({
      provider: () => running('initiated'),
      carrier: (secs) => carrierCallOf(secs < 10 ? 'ringing' : 'busy'),
    });
    expect(last).toMatchObject({ kind: 'ended', report: { outcome: { kind: 'busy' } } });
    expect(endedAt).toBeLessThan(45);
  });

  it('is lost when the carrier ended the call and the provider still says in-progress', async () => {
    const { last } = await follow(
      {
        provider: () => running('in-progress'),
        carrier: (secs) => carrierCallOf(secs < 20 ? 'in-progress' : 'completed'),
      },
      { forSecs: 1_200 },
    );
    expect(last).toMatchObject({ kind: 'lost', why: expect.stringContaining('Twilio ended the call') });
  });

  it('is lost after 25 hours, whatever is said', async () => {
    const { last } = await follow({ provider: () => running('a-new-word') }, { forSecs: 26 * 3600 });
    expect(last).toMatchObject({ kind: 'lost', why: expect.stringContaining('25 hours') });
  }, 60_000);
});

describe('followCall: given up by the person', () => {
  it('ends quietly and at once', async () => {
    const { events, endedAt } = await follow({ provider: () => running('in-progress') }, { abortAtSecs: 3 });
    expect(events.map(({ kind }) => kind)).toEqual(['state']);
    expect(endedAt).toBeLessThanOrEqual(4);
  });

  it('says nothing of the read that was cut off by it', async () => {
    const { events } = await follow(
      {
        provider: (secs) => {
          if (secs >= 3) throw outage();
          return running('in-progress');
        },
      },
      { abortAtSecs: 3 },
    );
    expect(events.map(({ kind }) => kind)).toEqual(['state']);
  });
});
