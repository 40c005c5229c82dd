import { describe, expect, it, vi } from 'vitest';
import {
  accepted,
  agentOf,
  callRequest,
  conversationOf,
  fakeProvider,
  memoryJournal,
  numberFacts,
  outage,
  twilioLine,
} from '../../test/fixtures/calls.ts';
import { AppError } from '../kernel/errors.ts';
import { createIds } from '../kernel/ids.ts';
import { createVirtualClock, type VirtualClock } from '../kernel/virtual-clock.ts';
import type { CallRequest } from './call-request.ts';
import { createPlaceCall, type PlaceCallDeps, type PlaceCallEvent, type Placement } from './place-call.ts';
import type { AttemptJournal, DialReply } from './ports.ts';

const lost: DialReply = { kind: 'unknown', why: 'The request was sent, and then: no reply.' };
let seed = 0;

function world(deps: Partial<PlaceCallDeps> = {}) {
  const clock = createVirtualClock();
  const journal = memoryJournal();
  const provider = fakeProvider();
  const all = {
    provider,
    journal,
    clock,
    newId: createIds(clock, (count) => new Uint8Array(count).fill(seed++)),
    guard: { countries: undefined, blocked: [] },
    ...deps,
  };
  return { ...all, placeCall: createPlaceCall(all) };
}

/** Moves the clock until the call is settled; the milliseconds it took. */
async function settled(clock: VirtualClock, placing: Promise<Placement>) {
  let done = false;
  const finished = placing.finally(() => {
    done = true;
  });
  finished.catch(() => {});
  const start = clock.monotonic();
  for (let step = 0; step < 600 && !done; step++) await clock.advance(100);
  return { placement: await finished, tookMs: clock.monotonic() - start };
}

const kinds = (journal: { lines: readonly { kind: string }[] }) => journal.lines.map(({ kind }) => kind);

describe('placeCall: an accepted call', () => {
  it('carries the attempt id in its variables and as user id, and dials once', async () => {
    const provider = fakeProvider();
    const { placeCall, journal } = world({ provider });
    const placement = await placeCall(
      callRequest({ clientData: { dynamic_variables: { customer_name: 'Ada' } } }),
    );
    expect(placement).toMatchObject({ kind: 'accepted', adopted: false, ids: { conversationId: 'conv_1' } });
    const attempt = placement.kind === 'accepted' ? placement.attempt : '';
    expect(provider.dials).toEqual([
      expect.objectContaining({
        clientData: {
          user_id: attempt,
          dynamic_variables: { customer_name: 'Ada', donna_attempt_id: attempt },
        },
      }),
    ]);
    expect(await journal.read()).toMatchObject([
      { kind: 'dialing', attempt },
      { kind: 'accepted', attempt },
    ]);
  });

  it('keeps the user id of the caller', async () => {
    const provider = fakeProvider();
    const { placeCall, journal } = world({ provider });
    await placeCall(callRequest({ clientData: { user_id: 'ada' } }));
    expect(provider.dials).toMatchObject([{ clientData: { user_id: 'ada' } }]);
    expect((await journal.read())[0]).toMatchObject({ userId: 'ada' });
  });

  it('passes the telephony settings and the wish to record on, and leaves them out where there are none', async () => {
    const provider = fakeProvider();
    const { placeCall } = world({ provider });
    await placeCall(callRequest({ telephony: { ringing_timeout_secs: 20 }, record: true, repeat: 'allow' }));
    await placeCall(callRequest({ repeat: 'allow' }));
    expect(provider.dials[0]).toMatchObject({ telephony: { ringing_timeout_secs: 20 }, record: true });
    expect(Object.keys(provider.dials[1] as object)).not.toContain('telephony');
    expect(Object.keys(provider.dials[1] as object)).not.toContain('record');
  });

  it('has its line in the journal when the dial is sent', async () => {
    const journal = memoryJournal();
    const rest = world({ journal });
    let seen: readonly string[] = [];
    const provider = fakeProvider({
      reply: () => {
        seen = journal.lines.map(({ kind }) => kind);
        return accepted;
      },
    });
    await createPlaceCall({ ...rest, provider })(callRequest());
    expect(seen).toEqual(['dialing']);
  });

  it('is told with its ids although the journal fails after it', async () => {
    const memory = memoryJournal();
    const journal: AttemptJournal = {
      read: memory.read,
      append: (entry) =>
        entry.kind === 'dialing'
          ? memory.append(entry)
          : Promise.reject(new AppError('storage', 'The journal of attempts cannot be used: ENOSPC.')),
    };
    const events: PlaceCallEvent[] = [];
    const { placeCall } = world({ journal });
    const placement = await placeCall(callRequest(), (event) => events.push(event));
    expect(placement).toMatchObject({ kind: 'accepted', warnings: [{ rule: 'journal' }] });
    expect(events.map(({ kind }) => kind)).toContain('warnings');
    // Still open there: the same call is refused rather than rung twice.
    expect(await placeCall(callRequest())).toMatchObject({
      kind: 'refused',
      code: 'guard',
      repetition: { why: 'unknown' },
    });
  });
});

describe('placeCall: nothing is dialled', () => {
  it('when the commit cannot be written', async () => {
    const provider = fakeProvider();
    const journal: AttemptJournal = {
      read: async () => [],
      append: async () => {
        throw new AppError('storage', 'The journal of attempts cannot be used: EACCES.');
      },
    };
    await expect(world({ provider, journal }).placeCall(callRequest())).rejects.toMatchObject({
      code: 'storage',
    });
    expect(provider.dials).toEqual([]);
  });

  it('when the journal cannot be read back after the commit, and nothing stays open', async () => {
    const provider = fakeProvider();
    const memory = memoryJournal();
    let reads = 0;
    const journal: AttemptJournal = {
      append: memory.append,
      read: () => {
        reads += 1;
        return reads === 2 ? Promise.reject(new AppError('storage', 'EIO')) : memory.read();
      },
    };
    await expect(world({ provider, journal }).placeCall(callRequest())).rejects.toMatchObject({
      code: 'storage',
    });
    expect(provider.dials).toEqual([]);
    expect(kinds(memory)).toEqual(['dialing', 'withdrawn']);
  });

  it('when the machine pauses for more than two seconds after the commit', async () => {
    const provider = fakeProvider();
    const { journal, clock, ...rest } = world({ provider });
    const slow: AttemptJournal = {
      append: journal.append,
      async read() {
        const entries = await journal.read();
        if (entries.length > 0) await (clock as VirtualClock).advance(2_001);
        return entries;
      },
    };
    const placing = createPlaceCall({ ...rest, clock, journal: slow })(callRequest());
    await expect(placing).rejects.toMatchObject({
      retryable: true,
      message: expect.stringContaining('paused'),
    });
    expect(provider.dials).toEqual([]);
    expect((await journal.read()).map(({ kind }) => kind)).toEqual(['dialing', 'withdrawn']);
  });

  it('but two seconds are allowed, and a jump of the wall clock is no pause', async () => {
    const provider = fakeProvider();
    const { journal, clock, ...rest } = world({ provider });
    const slow: AttemptJournal = {
      append: journal.append,
      async read() {
        const entries = await journal.read();
        if (entries.length > 0) {
          await (clock as VirtualClock).advance(2_000);
          (clock as VirtualClock).jump(3600_000);
        }
        return entries;
      },
    };
    expect(await createPlaceCall({ ...rest, clock, journal: slow })(callRequest())).toMatchObject({
      kind: 'accepted',
    });
  });

  it('a second time, by a provider that would commit twice', async () => {
    const provider = fakeProvider();
    const twice: typeof provider = {
      ...provider,
      async dial(order, beforeSend) {
        await provider.dial(order, beforeSend);
        return provider.dial(order, beforeSend);
      },
    };
    const { placeCall } = world({ provider: twice });
    await expect(placeCall(callRequest())).rejects.toThrow('twice');
    expect(provider.dials).toHaveLength(1);
  });

  it('from a line whose provider has no endpoint, without preflight too', async () => {
    const provider = fakeProvider({ lines: [{ ...twilioLine, provider: 'carrier-pigeon' }] });
    const { placeCall, journal } = world({ provider });
    await expect(placeCall(callRequest({ preflight: false }))).rejects.toMatchObject({
      code: 'not-possible',
    });
    expect(await journal.read()).toEqual([]);
  });
});

describe('placeCall: the guard', () => {
  const forbidden = numberFacts('+18765550142');

  it.each<[string, Partial<CallRequest>]>([
    ['preflight', { preflight: false }],
    ['leave to repeat', { repeat: 'allow' }],
    ['both, and a person who says yes', { preflight: false, repeat: async () => true }],
  ])('is not skipped by %s', async (_, changes) => {
    const provider = fakeProvider();
    const { placeCall, journal } = world({ provider });
    expect(await placeCall(callRequest({ to: forbidden, ...changes }))).toMatchObject({
      kind: 'refused',
      code: 'guard',
      findings: [{ rule: 'country' }],
    });
    expect(provider.dials).toEqual([]);
    expect(await journal.read()).toEqual([]);
  });

  it('speaks before preflight', async () => {
    const provider = fakeProvider({ lines: [{ ...twilioLine, supportsOutbound: false }] });
    expect(await world({ provider }).placeCall(callRequest({ to: forbidden }))).toMatchObject({
      code: 'guard',
    });
  });
});

describe('placeCall: preflight', () => {
  const agent = agentOf({
    conversation_config: {
      agent: { first_message: 'Hello {{customer_name}}.', prompt: { prompt: 'Ask about {{topic}}.' } },
    },
  });

  it('refuses a call that would die of a missing variable, unless it is skipped', async () => {
    const provider = fakeProvider({ agents: [agent] });
    const { placeCall } = world({ provider });
    expect(await placeCall(callRequest())).toMatchObject({
      kind: 'refused',
      code: 'preflight',
      findings: [{ rule: 'variable-missing' }, { rule: 'variable-missing' }],
    });
    expect(provider.dials).toEqual([]);
    expect(await placeCall(callRequest({ preflight: false }))).toMatchObject({ kind: 'accepted' });
  });

  it('does not complain of the attempt id that Donna adds', async () => {
    const events: PlaceCallEvent[] = [];
    await world().placeCall(callRequest(), (event) => events.push(event));
    expect(events.map(({ kind }) => kind)).toEqual(['dialing']);
  });
});

describe('placeCall: what was not placed', () => {
  const refused: DialReply = {
    kind: 'not-placed',
    words: 'Trial accounts may only make calls to verified numbers.',
    ids: { conversationId: 'conv_failed' },
    cause: {
      code: 'trial-number-unverified',
      sentence: 'On trial.',
      owner: 'config',
      fix: 'Verify.',
      retryable: false,
    },
  };

  it('is told with its cause, kept with its conversation, and not dialled again by itself', async () => {
    const provider = fakeProvider({ reply: () => refused });
    const { placeCall, journal } = world({ provider });
    expect(await placeCall(callRequest())).toMatchObject({ kind: 'not-placed', reply: refused });
    expect(provider.dials).toHaveLength(1);
    expect((await journal.read()).at(-1)).toMatchObject({
      kind: 'not-placed',
      code: 'trial-number-unverified',
      conversationId: 'conv_failed',
    });
  });

  it('may be called again at once', async () => {
    const replies = [refused, accepted];
    const provider = fakeProvider({ reply: () => replies.shift() ?? accepted });
    const { placeCall } = world({ provider });
    await placeCall(callRequest());
    expect(await placeCall(callRequest())).toMatchObject({ kind: 'accepted' });
  });

  it('leaves nothing open when the connection breaks while the commit is being written', async () => {
    const memory = memoryJournal();
    const clock = createVirtualClock();
    const journal: AttemptJournal = {
      read: memory.read,
      async append(entry) {
        if (entry.kind === 'dialing') await new Promise<void>((done) => clock.schedule(500, done));
        await memory.append(entry);
      },
    };
    const provider = {
      ...fakeProvider(),
      dial: async (_: unknown, beforeSend: () => Promise<void>) => {
        beforeSend().catch(() => {});
        return { ...refused, ids: {} };
      },
    };
    const { placeCall } = world({ provider, journal, clock });
    await settled(clock, placeCall(callRequest()));
    expect(kinds(memory)).toEqual(['dialing', 'not-placed']);
  });
});

describe('placeCall: when nobody knows', () => {
  it('looks for 30 seconds, then says unknown, and has sent one request', async () => {
    const provider = fakeProvider({ reply: () => lost });
    const conversations = vi.spyOn(provider, 'conversations');
    const { placeCall, clock, journal } = world({ provider });
    const events: PlaceCallEvent[] = [];
    const { placement, tookMs } = await settled(
      clock as VirtualClock,
      placeCall(callRequest(), (event) => events.push(event)),
    );
    expect(placement).toMatchObject({ kind: 'unknown', why: lost.why });
    expect(tookMs).toBeGreaterThanOrEqual(28_000);
    expect(tookMs).toBeLessThanOrEqual(30_100);
    expect(conversations.mock.calls.length).toBeGreaterThan(10);
    expect(provider.dials).toHaveLength(1);
    expect(events.map(({ kind }) => kind)).toEqual(['dialing', 'reconciling']);
    expect((await journal.read()).map(({ kind }) => kind)).toEqual(['dialing', 'unknown']);
  });

  it('leaves no timer behind when the call was found', async () => {
    const provider = fakeProvider({
      reply: (attempt) => {
        provider.known.push(
          conversationOf({
            id: 'conv_found',
            startedWith: { user_id: attempt, dynamic_variables: { donna_attempt_id: attempt } },
          }),
        );
        return lost;
      },
    });
    const { placeCall, clock, journal } = world({ provider });
    const placement = await placeCall(callRequest());
    expect(placement).toMatchObject({
      kind: 'accepted',
      adopted: true,
      ids: { conversationId: 'conv_found' },
    });
    expect((clock as VirtualClock).pending).toBe(0);
    expect((await journal.read()).map(({ kind }) => kind)).toEqual(['dialing', 'unknown', 'accepted']);
  });

  it('adopts a conversation that appears late', async () => {
    const provider = fakeProvider({ reply: () => lost });
    const { placeCall, clock, journal } = world({ provider });
    const placing = placeCall(callRequest());
    await (clock as VirtualClock).advance(20_000);
    const attempt = (await journal.read())[0]?.attempt ?? '';
    provider.known.push(
      conversationOf({
        id: 'conv_late',
        startedWith: { user_id: attempt, dynamic_variables: { donna_attempt_id: attempt } },
      }),
    );
    await (clock as VirtualClock).advance(2_000);
    expect(await placing).toMatchObject({ kind: 'accepted', adopted: true });
  });

  it('never adopts the conversation of another attempt', async () => {
    const other = conversationOf({
      startedWith: { user_id: 'ada', dynamic_variables: { donna_attempt_id: 'att_other' } },
    });
    const provider = fakeProvider({ reply: () => lost, conversations: [other] });
    const { placeCall, clock } = world({ provider });
    const { placement } = await settled(
      clock as VirtualClock,
      placeCall(callRequest({ clientData: { user_id: 'ada' } })),
    );
    expect(placement.kind).toBe('unknown');
  });

  it('ends after 30 seconds although the provider never answers', async () => {
    const provider = fakeProvider({ reply: () => lost });
    provider.conversations = () => new Promise(() => {});
    const { placeCall, clock } = world({ provider });
    const { placement, tookMs } = await settled(clock as VirtualClock, placeCall(callRequest()));
    expect(placement.kind).toBe('unknown');
    expect(tookMs).toBeLessThanOrEqual(30_100);
  });

  it('ends after 30 seconds although every look fails', async () => {
    const provider = fakeProvider({ reply: () => lost });
    provider.conversations = () => Promise.reject(outage());
    const { placeCall, clock } = world({ provider });
    const { placement } = await settled(clock as VirtualClock, placeCall(callRequest()));
    expect(placement.kind).toBe('unknown');
  });

  it('refuses the same call afterwards, for as long as it takes, unless it is asked for again', async () => {
    const provider = fakeProvider({ reply: () => lost });
    const { placeCall, clock } = world({ provider });
    await settled(clock as VirtualClock, placeCall(callRequest()));
    await (clock as VirtualClock).advance(24 * 3600_000);
    expect(await placeCall(callRequest())).toMatchObject({
      kind: 'refused',
      code: 'guard',
      findings: [{ rule: 'repetition' }],
      repetition: { why: 'unknown' },
    });
    expect(provider.dials).toHaveLength(1);
    await settled(clock as VirtualClock, placeCall(callRequest({ repeat: 'allow' })));
    expect(provider.dials).toHaveLength(2);
  });
});

describe('placeCall: the same call asked for again', () => {
  it('is refused while the first one runs', async () => {
    const provider = fakeProvider({ conversations: [conversationOf({ status: 'in-progress' })] });
    const { placeCall, clock } = world({ provider });
    await placeCall(callRequest());
    await (clock as VirtualClock).advance(300_000);
    expect(await placeCall(callRequest())).toMatchObject({ repetition: { why: 'unfinished' } });
    expect(provider.dials).toHaveLength(1);
  });

  it('is placed when the provider says that the first one is over, a minute after it', async () => {
    const provider = fakeProvider({ conversations: [conversationOf()] });
    const { placeCall, clock, journal } = world({ provider });
    await placeCall(callRequest());
    await (clock as VirtualClock).advance(59_000);
    expect(await placeCall(callRequest())).toMatchObject({ repetition: { why: 'just-now' } });
    await (clock as VirtualClock).advance(1_000);
    expect(await placeCall(callRequest())).toMatchObject({ kind: 'accepted' });
    expect((await journal.read()).map(({ kind }) => kind)).toEqual([
      'dialing',
      'accepted',
      'ended',
      'dialing',
      'accepted',
    ]);
  });

  it('is refused while the first one may run in a workspace that keeps nothing, and placed when it cannot any more', async () => {
    const provider = fakeProvider();
    const { placeCall, clock } = world({ provider });
    await placeCall(callRequest());
    await (clock as VirtualClock).advance(600_000);
    expect(await placeCall(callRequest())).toMatchObject({ repetition: { why: 'unfinished' } });
    await (clock as VirtualClock).advance(3600_000);
    expect(await placeCall(callRequest())).toMatchObject({ kind: 'accepted' });
  });

  it('asks the person, who decides', async () => {
    const provider = fakeProvider({ conversations: [conversationOf({ status: 'in-progress' })] });
    const { placeCall } = world({ provider });
    await placeCall(callRequest());
    const asked: string[] = [];
    const answer = (yes: boolean) =>
      callRequest({
        repeat: async ({ why }) => {
          asked.push(why);
          return yes;
        },
      });
    expect(await placeCall(answer(false))).toMatchObject({ kind: 'refused' });
    expect(await placeCall(answer(true))).toMatchObject({ kind: 'accepted' });
    expect(asked).toEqual(['unfinished', 'unfinished']);
    expect(provider.dials).toHaveLength(2);
  });

  it('is no repetition with another variable, number, line or agent', async () => {
    const lines = [twilioLine, { ...twilioLine, id: 'phnum_two', number: '+12125550101' }];
    const agents = [agentOf(), agentOf({ agent_id: 'agent_two' })];
    const provider = fakeProvider({ lines, agents });
    const { placeCall } = world({ provider });
    for (const changes of [
      {},
      { to: numberFacts('+12125550143') },
      { from: { lineId: 'phnum_two' } },
      { agentId: 'agent_two' },
      { clientData: { dynamic_variables: { customer_name: 'Ada' } } },
    ]) {
      expect(await placeCall(callRequest(changes))).toMatchObject({ kind: 'accepted' });
    }
  });

  it('dials exactly once when two ask at the same moment', async () => {
    const provider = fakeProvider();
    const journal = memoryJournal();
    const one = world({ provider, journal });
    const two = world({ provider, journal });
    const placements = await Promise.all([one.placeCall(callRequest()), two.placeCall(callRequest())]);
    expect(placements.map(({ kind }) => kind).sort()).toEqual(['accepted', 'refused']);
    expect(provider.dials).toHaveLength(1);
    expect(kinds(journal).filter((kind) => kind === 'withdrawn')).toHaveLength(1);
  });
});
