import { describe, expect, it } from 'vitest';
import { agentOf, carrierCallOf, conversationOf, twilioLine } from '../../../test/fixtures/calls.ts';
import { attemptOf, CALLEE, LINE, T0 } from '../../../test/fixtures/ledger-records.ts';
import { AppError } from '../../kernel/errors.ts';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import { conversationSummary } from '../../wire/elevenlabs/conversation.ts';
import type { TwilioCall } from '../../wire/twilio/call.ts';
import { createReadLedger, type LedgerEvent, type LedgerParts, type LedgerRequest } from './read-ledger.ts';

const DAY_MS = 86_400_000;
const phone = { direction: 'outbound', type: 'twilio', agent_number: LINE, external_number: CALLEE };
const started = { start_time_unix_secs: T0 / 1000, call_duration_secs: 20 };
const talk = (id: string, callSid?: string, metadata = {}) =>
  conversationOf({ id, metadata: { ...started, phone_call: { ...phone, call_sid: callSid }, ...metadata } });
const summary = (id: string, changes = {}) =>
  conversationSummary.parse({
    agent_id: 'agent_one',
    conversation_id: id,
    status: 'done',
    start_time_unix_secs: T0 / 1000,
    ...changes,
  });
const carrierCall = (changes: Partial<TwilioCall> = {}) =>
  carrierCallOf('completed', {
    sid: 'CA1',
    direction: 'outbound-api',
    from: LINE,
    to: CALLEE,
    date_created: new Date(T0).toUTCString(),
    ...changes,
  });

function setUp(changes: Partial<LedgerParts> = {}, provider: Partial<LedgerParts['provider']> = {}) {
  const clock = createVirtualClock(T0 + 2 * DAY_MS);
  const none = { page: async () => ({ items: [], next: undefined }) };
  const read = createReadLedger({
    provider: {
      lines: async () => [{ ...twilioLine, number: LINE }],
      conversation: async (id) => talk(id),
      agents: async () => [],
      agent: async () => undefined,
      ...provider,
    },
    conversationPages: none,
    carrierPages: none,
    attemptSource: { attempts: async () => [] },
    clock,
    ...changes,
  });
  const abort = new AbortController();
  return {
    clock,
    abort,
    async run(request: Partial<LedgerRequest> = {}) {
      const events: LedgerEvent[] = [];
      for await (const event of read({ since: new Date(T0 - DAY_MS), ...request }, abort.signal))
        events.push(event);
      const last = events.at(-1);
      return { events, ledger: last?.kind === 'ledger' ? last.ledger : undefined };
    },
  };
}

const listed = (...summaries: ReturnType<typeof summary>[]): LedgerParts['conversationPages'] => ({
  page: async () => ({ items: summaries, next: undefined }),
});
const calls = (...items: TwilioCall[]): LedgerParts['carrierPages'] => ({
  page: async () => ({ items, next: undefined }),
});
const trouble = (retryable: boolean) =>
  new AppError('provider-refused', 'ElevenLabs answered 503.', { retryable });

describe('createReadLedger', () => {
  it('reads page after page until there is no next, or one that does not move', async () => {
    const asked: (string | undefined)[] = [];
    const { run } = setUp({
      conversationPages: {
        page: async (_, after) => {
          asked.push(after);
          return {
            items: [summary(`conv_${asked.length}`)],
            next: after === 'two' ? 'two' : after ? 'two' : 'one',
          };
        },
      },
    });
    const { ledger, events } = await run();
    expect(asked).toEqual([undefined, 'one', 'two']);
    expect(ledger?.totals.conversations).toBe(3);
    expect(events.map(({ kind }) => kind)).toEqual([
      'carrier-calls',
      'listed',
      'listed',
      'listed',
      'opened',
      'ledger',
    ]);
  });

  it('opens no conversation that came in, and counts none that is no telephone call', async () => {
    const opened: string[] = [];
    const { run } = setUp(
      { conversationPages: listed(summary('conv_in', { direction: 'inbound' }), summary('conv_chat')) },
      {
        conversation: async (id) => {
          opened.push(id);
          return conversationOf({ id });
        },
      },
    );
    expect((await run()).ledger?.totals.conversations).toBe(0);
    expect(opened).toEqual(['conv_chat']);
  });

  it('asks by its id for a conversation that an attempt names and the list does not have', async () => {
    const attempt = attemptOf('ended', { ids: { conversationId: 'conv_late' } });
    const source = { attempts: async () => [attempt] };
    expect((await setUp({ attemptSource: source }).run()).ledger?.anomalies).toEqual([]);
    const gone = setUp({ attemptSource: source }, { conversation: async () => undefined });
    expect((await gone.run()).ledger?.counts['no-conversation']).toBe(1);
  });

  it('has patience with what may pass, and not with what will not', async () => {
    let failures = 3;
    const conversation = async (id: string) => {
      if (failures-- > 0) throw trouble(true);
      return talk(id);
    };
    const { run, clock } = setUp({ conversationPages: listed(summary('conv_1')) }, { conversation });
    const reading = run();
    await clock.advance(60_000);
    expect((await reading).ledger?.totals.conversations).toBe(1);

    const refused = setUp({
      carrierPages: { page: async () => Promise.reject(trouble(false)) },
    });
    await expect(refused.run()).rejects.toThrow('ElevenLabs answered 503.');
  });

  it('says which conversation could not be read, and takes its call for no stranger’s', async () => {
    const parts = { conversationPages: listed(summary('conv_1')), carrierPages: calls(carrierCall()) };
    const { run, clock } = setUp(parts, { conversation: async () => Promise.reject(trouble(true)) });
    const reading = run();
    for (let pause = 0; pause < 5; pause++) await clock.advance(60_000);
    const { ledger } = await reading;
    expect(ledger?.anomalies).toEqual([]);
    expect(ledger?.notChecked).toEqual([expect.stringContaining('1 conversation could not be read')]);
  });

  it('ends without a ledger when it is aborted', async () => {
    const { run, abort } = setUp(
      { conversationPages: listed(summary('conv_1')) },
      {
        conversation: async () => {
          abort.abort();
          throw trouble(true);
        },
      },
    );
    expect((await run()).ledger).toBeUndefined();
  });

  it('judges how a conversation ended with the carrier’s word', async () => {
    const { run } = setUp(
      {
        conversationPages: listed(summary('conv_1')),
        carrierPages: calls(carrierCall({ status: 'no-answer' })),
      },
      {
        conversation: async (id) =>
          conversationOf({ id, calleeSays: [], metadata: talk(id, 'CA1').metadata }),
      },
    );
    const { ledger } = await run();
    expect(ledger?.anomalies[0]).toMatchObject({
      kind: 'false-success',
      entry: { conversation: { outcome: 'no-answer' } },
    });
  });

  it('tells nothing from before the period, though it reads a little of it', async () => {
    const early = carrierCall({ date_created: new Date(T0 - 60_000).toUTCString() });
    const { run } = setUp({ carrierPages: calls(early) });
    const { ledger } = await run({ since: new Date(T0) });
    expect(ledger).toMatchObject({ anomalies: [], totals: { carrierCalls: 0 } });
    expect((await run({ since: new Date(T0 - 120_000) })).ledger?.counts['unasked-call']).toBe(1);
  });

  it('takes no call for a stranger’s that is older than an agent keeps conversations', async () => {
    const privacy = { retention_days: 1 };
    const { run } = setUp(
      { carrierPages: calls(carrierCall()) },
      {
        agents: async () => [{ id: 'agent_one', name: 'Donna' }],
        agent: async () => agentOf({ platform_settings: { privacy } }),
      },
    );
    const { ledger } = await run();
    expect(ledger?.anomalies).toEqual([]);
    expect(ledger?.notChecked).toEqual([expect.stringContaining('older than 1 day: the agent agent_one')]);
  });

  it('says what cannot be checked without Twilio, on a trunk, and for an account that it does not know', async () => {
    const trunk = { ...twilioLine, id: 'phnum_sip', number: '+12125550101', provider: 'sip_trunk' };
    const lines = async () => [twilioLine, trunk];
    const without = await setUp({ carrierPages: undefined }, { lines }).run();
    expect(without.ledger?.notChecked).toEqual([
      expect.stringContaining('TWILIO_ACCOUNT_SID'),
      expect.stringContaining('sip_trunk'),
    ]);
    const foreign = setUp(
      { conversationPages: listed(summary('conv_1')) },
      { conversation: async (id) => talk(id, `CA${'2'.repeat(32)}`) },
    );
    expect((await foreign.run()).ledger?.notChecked).toEqual([
      expect.stringContaining('1 conversation with a Call SID that this Twilio account does not know'),
    ]);
  });

  it('counts open attempts of which neither side knows anything', async () => {
    const attempts = async () => [attemptOf('unknown'), attemptOf('not-placed', { attempt: 'att_2' })];
    const { ledger } = await setUp({ attemptSource: { attempts } }).run();
    expect(ledger).toMatchObject({ anomalies: [], totals: { attempts: 2, openAttempts: 1 } });
  });
});
