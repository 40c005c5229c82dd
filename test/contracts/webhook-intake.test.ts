import { afterEach, expect, it } from 'vitest';
import { createApplyEvent } from '../../src/calls/apply-event.ts';
import type { StoredCall } from '../../src/calls/call-store.ts';
import { createTakeIn } from '../../src/calls/take-in/take-in.ts';
import type { FetchRequest } from '../../src/kernel/fetch.ts';
import { createIds, realRandomBytes } from '../../src/kernel/ids.ts';
import type { PhoneNumber } from '../../src/kernel/phone-number.ts';
import { createElevenLabsClient } from '../../src/providers/elevenlabs/client.ts';
import { createVoiceProvider } from '../../src/providers/elevenlabs/voice-provider.ts';
import { createNodeFetch } from '../../src/providers/node-fetch.ts';
import { createCarrierRecords } from '../../src/providers/twilio/carrier-records.ts';
import { createTwilioClient } from '../../src/providers/twilio/client.ts';
import { demo } from '../../src/sandbox/index.ts';
import { createElevenLabsWebhook } from '../../src/server/webhooks/elevenlabs.ts';
import { describeOnEachStore } from '../fixtures/each-store.ts';
import { type OpenSandbox, openSandbox } from '../fixtures/open-sandbox.ts';
import { newCall, policyOf, stepOf } from '../fixtures/store-calls.ts';

/** The sandbox's own deliveries, through the receiver and the database, into the life of a call whose dial reply was lost. */
describeOnEachStore('webhook intake', (under) => {
  let open: OpenSandbox;
  let delivered = 0;
  const fetch = createNodeFetch({ connectTimeoutMs: 5_000, replyTimeoutMs: 5_000 });
  afterEach(async () => {
    fetch.close();
    await open.close();
  });

  async function setUp() {
    const { stores } = under;
    let secret = '';
    delivered = 0;
    const log = { info() {}, warn() {}, error() {} };
    const app = () =>
      createElevenLabsWebhook({ ...stores, secrets: () => [secret], clock: open.clock, nudge() {}, log });
    const deliver = async (request: FetchRequest) => {
      const { status } = await app().request('/webhooks/elevenlabs', {
        method: request.method,
        headers: { ...request.headers },
        body: String(request.body),
      });
      delivered++;
      return { status };
    };
    open = await openSandbox({ receiver: deliver });
    const { json } = await open.request('POST', '/v1/workspace/webhooks', {
      settings: {
        auth_type: 'hmac',
        name: 'donna',
        webhook_url: 'https://donna.example.com/webhooks/elevenlabs',
      },
    });
    secret = json.webhook_secret;
    const events = ['transcript', 'audio', 'call_initiation_failure', 'answering_machine_detection'];
    await open.request('PATCH', '/v1/convai/settings', {
      webhooks: { post_call_webhook_id: json.webhook_id, events },
    });
    const { baseUrl, ...twilio } = {
      baseUrl: open.url,
      accountSid: demo.twilioSid,
      authToken: demo.twilioToken,
    };
    const provider = createVoiceProvider(
      createElevenLabsClient(fetch, { baseUrl, apiKey: demo.apiKey }),
      baseUrl,
    );
    const takeIn = createTakeIn({
      store: stores.calls,
      applyEvent: createApplyEvent({ store: stores.calls, clock: open.clock, newId: newIds() }),
      provider,
      carrier: createCarrierRecords(createTwilioClient(fetch, { baseUrl, ...twilio })),
      clock: open.clock,
      wipe: stores.erasure.wipe,
    });
    return { stores, takeIn, deliver };
  }

  const newIds = () => createIds(open.clock, realRandomBytes);

  /** Commits a dial in the store and sends it; what came back is lost. */
  async function dial(to: string): Promise<StoredCall> {
    const { calls } = under.stores;
    const made = newCall({ to: to as PhoneNumber, agentId: demo.agentId });
    const id = newIds()('att');
    await calls.submit({ ...made, life: { ...made.life, attempt: { ...made.life.attempt, id } } });
    const claim = { owner: 'node_1', nowMs: open.clock.now(), leaseMs: 15_000, limit: 10 };
    const [claimed] = (await calls.claim(claim, policyOf())).dialing;
    if (!claimed) throw new Error('nothing was claimed');
    await open.dial(to, {
      conversation_initiation_client_data: { user_id: id, dynamic_variables: { donna_attempt_id: id } },
      telephony_call_config: { twilio_machine_detection: { mode: 'enable' } },
    });
    const { call } = claimed;
    const step = stepOf(call, { kind: 'replied', reply: { kind: 'unknown', why: 'The reply was lost.' } });
    await calls.write([{ ticket: call.ticket, step, plan: call.plan, atMs: open.clock.now() }]);
    return call;
  }

  /** Moves the clock on, and lets the deliveries on their way arrive: they are real requests. */
  async function pass(ms: number, deliveries: number): Promise<void> {
    await open.clock.advance(ms);
    for (let turns = 0; delivered < deliveries; turns++) {
      if (turns > 200_000) throw new Error(`${delivered} of ${deliveries} deliveries came`);
      await open.clock.advance(1);
    }
  }

  async function takeAll(takeIn: ReturnType<typeof createTakeIn>): Promise<string[]> {
    const { inbox } = under.stores;
    const notes: string[] = [];
    const nowMs = open.clock.now();
    for (const item of await inbox.take({ nowMs, untilMs: nowMs + 60_000, limit: 50 })) {
      const taken = await takeIn(item);
      notes.push(`${item.type}: ${taken.kind}`);
      if (taken.kind === 'done') await inbox.done(item.id, nowMs, taken.note);
      else await inbox.later(item.id, taken.dueMs, taken.note);
    }
    return notes;
  }

  const lifeOf = async (call: StoredCall) => (await under.stores.calls.loadCall(call.life.callId))?.life;

  it('ends a call by its webhook, and keeps its recording', async () => {
    const { takeIn, stores } = await setUp();
    const call = await dial('+12125550110');
    await pass(120_000, 3);
    expect((await takeAll(takeIn)).sort()).toEqual([
      'answering_machine_detection: later',
      'post_call_audio: done',
      'post_call_transcription: done',
    ]);
    const life = await lifeOf(call);
    expect(life?.result).toMatchObject({ kind: 'answered', human: 'yes', connected: true });
    const conversationId = life?.attempt.ids.conversationId ?? '';
    expect((await stores.recordings.get(conversationId))?.length).toBeGreaterThan(1_000);
    // By now the call is known, and over: the verdict that came first changes nothing.
    await open.clock.advance(60_000);
    expect(await takeAll(takeIn)).toEqual(['answering_machine_detection: done']);
    const record = await stores.records.get(call.life.callId);
    expect(record?.attempts[0]?.seconds).toBeGreaterThan(5);
  });

  it('keeps a delivery once, however often it comes', async () => {
    const { takeIn, deliver } = await setUp();
    await dial('+12125550110');
    await pass(120_000, 3);
    await takeAll(takeIn);
    const [first] = open.received;
    if (!first) throw new Error('nothing was delivered');
    expect(await deliver(first)).toEqual({ status: 200 });
    expect(
      await under.rows('select from inbox where type = $1', [JSON.parse(String(first.body)).type]),
    ).toHaveLength(1);
  });

  it.each([
    ['+12125550130', 1],
    ['+12125550131', 1],
    ['+12125550132', 1],
    ['+12125550120', 3],
  ])('plans the next attempt after %s could not be reached', async (to, deliveries) => {
    const { takeIn } = await setUp();
    const call = await dial(to);
    await pass(300_000, deliveries);
    await takeAll(takeIn);
    expect((await lifeOf(call))?.attempt).toMatchObject({ number: 2, state: 'scheduled' });
  });

  it.each([
    ['+12125550114', 'asked-not-to-be-called'],
    ['+12125550112', 'wrong-person'],
  ])('suppresses %s, who wants no call or is somebody else', async (to, reason) => {
    const { takeIn, stores } = await setUp();
    const call = await dial(to);
    await pass(120_000, 3);
    await takeAll(takeIn);
    expect((await lifeOf(call))?.result).toMatchObject({ kind: 'answered', retryable: false });
    expect(await stores.suppressions.get(call.plan.toHash)).toMatchObject({ reason });
  });

  it('erases what comes again after the person was forgotten', async () => {
    const { takeIn, stores, deliver } = await setUp();
    const call = await dial('+12125550110');
    await pass(120_000, 3);
    await takeAll(takeIn);
    await stores.erasure.wipe([call.life.callId], open.clock.now());
    for (const request of open.received) await deliver(request);
    expect(await under.rows('select from recordings')).toHaveLength(1);
    await takeAll(takeIn);
    expect(await under.rows('select from recordings')).toHaveLength(0);
    expect(await under.rows('select from inbox')).toHaveLength(0);
  });
});
