import { type Fetch, TransportError } from '../../kernel/fetch.ts';
import { signElevenLabs } from '../../wire/elevenlabs/signature.ts';
import type { Fault } from '../faults.ts';
import type { SandboxState, SandboxWebhook } from '../state.ts';
import { settledAtMs } from '../telephony/call-at.ts';
import { type World, withCall } from '../world.ts';
import { announcement } from './announcement.ts';
import type { Delivery } from './delivery.ts';
import { payloadOf } from './payload.ts';
import { type AttemptOutcome, afterAttempt, retryAfterMs, wasDelivered } from './retry.ts';

export interface Courier {
  /** Begins to announce ended calls and to send what is due, now and whenever the state changes. */
  start(): void;
  stop(): void;
}

const REPLY_TIMEOUT_MS = 10_000;
/** A delivery that is being sent is kept from others that long; if this process dies, another one sends it then. */
const CLAIM_MS = 60_000;
const LONGEST_HOLD_MS = 60_000;
const AFTER_FAILURE_MS = 5_000;

/**
 * Sends the post-call webhooks. What is to be sent lies in the state, so that a later process finishes what this one
 * did not. One round at a time: announce the calls that have ended, send what is due, set a timer for what comes next.
 */
export function createCourier(world: World, fetch: Fetch): Courier {
  let running = false;
  let again = false;
  let stopped = true;
  let cancelTimer = () => {};

  const wake = () => {
    if (stopped) return;
    again = true;
    if (!running) void run();
  };
  world.onChange(wake);

  async function run(): Promise<void> {
    running = true;
    try {
      while (again && !stopped) {
        again = false;
        await announceEnded(world);
        for (const due of dueNow(world)) {
          if (stopped) break;
          await deliver(world, fetch, due);
        }
      }
      setTimer(0);
    } catch {
      // The state could not be read or saved: the next change, or some seconds, may have mended it.
      setTimer(AFTER_FAILURE_MS);
    } finally {
      running = false;
    }
  }

  function setTimer(notBeforeMs: number): void {
    cancelTimer();
    const nextMs = nextWorkMs(world.state);
    if (stopped || nextMs === undefined) return;
    cancelTimer = world.clock.schedule(Math.max(notBeforeMs, nextMs - world.clock.now()), wake);
  }

  return {
    start() {
      stopped = false;
      wake();
    },
    stop() {
      stopped = true;
      cancelTimer();
    },
  };
}

function nextWorkMs(state: SandboxState): number | undefined {
  const ends = state.calls.filter((record) => !record.announced).map(settledAtMs);
  const dues = state.deliveries.map((one) => one.due_at_ms);
  return [...ends, ...dues].toSorted((a, b) => a - b)[0];
}

async function announceEnded(world: World): Promise<void> {
  const nowMs = world.clock.now();
  const isEnded = (state: SandboxState) =>
    state.calls.filter((record) => !record.announced && settledAtMs(record) <= nowMs);
  if (isEnded(world.state).length === 0) return;
  await world.change((state) =>
    isEnded(state).reduce((before, record) => {
      const made = record.deleted ? [] : announcement(before, record, world.ids.delivery);
      const marked = withCall(before, record.conversation_id, { announced: true });
      return { ...marked, deliveries: [...marked.deliveries, ...made] };
    }, state),
  );
}

function dueNow(world: World): Delivery[] {
  const nowMs = world.clock.now();
  return world.state.deliveries
    .filter((one) => one.due_at_ms <= nowMs)
    .toSorted((a, b) => a.due_at_ms - b.due_at_ms);
}

/** One delivery: struck by a fault or sent, and then removed, or kept for a retry. */
async function deliver(world: World, fetch: Fetch, due: Delivery): Promise<void> {
  const { state, clock, journal } = world;
  const webhook = state.webhooks.find((one) => one.webhook_id === due.webhook_id);
  const record = state.calls.find((one) => one.conversation_id === due.conversation_id);
  const fault = due.struck ? undefined : world.faults.take({ operation: due.type, webhook: true });
  const postponed = postponedBy(fault, clock.now());
  if (postponed) return world.change((now) => withDelivery(now, due.id, { struck: true, ...postponed }));
  const note = (attempt: number, outcome: number | string) =>
    journal.webhook({
      at: new Date(clock.now()).toISOString(),
      type: due.type,
      url: webhook?.webhook_url ?? '',
      conversationId: due.conversation_id,
      attempt,
      outcome,
    });
  if (
    !webhook ||
    !record ||
    webhook.is_disabled ||
    webhook.is_auto_disabled ||
    fault?.kind === 'webhook-lost'
  ) {
    note(due.attempts + 1, fault?.kind === 'webhook-lost' ? 'lost' : 'not sent');
    return world.change((now) => withoutDelivery(now, due.id));
  }

  const attempts = due.attempts + 1;
  let mine = false;
  await world.change((now) => {
    mine = now.deliveries.some((one) => one.id === due.id && one.attempts === due.attempts);
    return mine
      ? withDelivery(now, due.id, { attempts, struck: true, due_at_ms: clock.now() + CLAIM_MS })
      : now;
  });
  // Another process took it in the meantime.
  if (!mine) return;
  const body = payloadOf(due, record, state.twilio.sid);
  let outcome = await send(fetch, webhook, due.type, body, clock.now());
  note(attempts, 'status' in outcome ? outcome.status : outcome.failure);
  if (fault?.kind === 'webhook-doubled') {
    outcome = await send(fetch, webhook, due.type, body, clock.now());
    note(attempts, 'status' in outcome ? outcome.status : outcome.failure);
  }
  await world.change((now) => settled(now, { ...due, attempts }, outcome, clock.now()));
}

async function send(
  fetch: Fetch,
  webhook: SandboxWebhook,
  type: Delivery['type'],
  body: string,
  nowMs: number,
): Promise<AttemptOutcome> {
  try {
    const reply = await fetch({
      method: 'POST',
      url: webhook.webhook_url,
      headers: {
        'user-agent': 'Donna sandbox (ElevenLabs simulated)',
        'content-type': 'application/json',
        // Recordings come in chunks without a length (documentation of post-call webhooks).
        ...(type === 'post_call_audio' ? { 'transfer-encoding': 'chunked' } : {}),
        ...webhook.request_headers,
        'elevenlabs-signature': signElevenLabs(body, webhook.secret, Math.floor(nowMs / 1000)),
      },
      body,
      replyTimeoutMs: REPLY_TIMEOUT_MS,
      maxReplyBytes: 64 * 1024,
    });
    return { status: reply.status };
  } catch (error) {
    if (!(error instanceof TransportError)) return { failure: 'failed', timedOut: false };
    return { failure: error.kind, timedOut: error.kind === 'timeout' || error.kind === 'connect-timeout' };
  }
}

function settled(state: SandboxState, due: Delivery, outcome: AttemptOutcome, nowMs: number): SandboxState {
  const webhook = state.webhooks.find((one) => one.webhook_id === due.webhook_id);
  if (!webhook) return withoutDelivery(state, due.id);
  const counted = {
    ...state,
    webhooks: state.webhooks.map((one) =>
      one.webhook_id === webhook.webhook_id ? afterAttempt(one, outcome, Math.floor(nowMs / 1000)) : one,
    ),
    // What was held back to come out of order may go now.
    deliveries: state.deliveries.map((one) => (one.held ? { ...one, held: false, due_at_ms: nowMs } : one)),
  };
  const afterMs = wasDelivered(outcome) ? undefined : retryAfterMs(due, webhook, outcome);
  return afterMs === undefined
    ? withoutDelivery(counted, due.id)
    : withDelivery(counted, due.id, { due_at_ms: nowMs + afterMs });
}

function postponedBy(fault: Fault | undefined, nowMs: number): Partial<Delivery> | undefined {
  if (fault?.kind === 'webhook-late') return { due_at_ms: nowMs + fault.ms };
  if (fault?.kind === 'webhook-out-of-order') return { held: true, due_at_ms: nowMs + LONGEST_HOLD_MS };
  return undefined;
}

function withDelivery(state: SandboxState, id: string, change: Partial<Delivery>): SandboxState {
  return {
    ...state,
    deliveries: state.deliveries.map((one) => (one.id === id ? { ...one, ...change } : one)),
  };
}

function withoutDelivery(state: SandboxState, id: string): SandboxState {
  return { ...state, deliveries: state.deliveries.filter((one) => one.id !== id) };
}
