import { realClock, sleep } from '../../src/kernel/clock.ts';
import type { ServeProcess } from './serve-process.ts';
import { zoneAtNoon } from './zone-at-noon.ts';

/** A call that a server said it has. */
export interface TakenCall {
  readonly id: string;
  readonly to: string;
}

const AGAIN_MS = 200;
/** Longer than a reservation that its server died over, with time to start another. */
const GIVE_UP_MS = 150_000;

/**
 * Asks for a call as a client does that wants it once: under one idempotency key, again and again until a server takes it. `node` is asked
 * before each try, since servers come and go.
 */
export async function submitUntilTaken(node: () => ServeProcess | undefined, to: string): Promise<TakenCall> {
  const startedMs = performance.now();
  let said = 'no server answered';
  while (performance.now() - startedMs < GIVE_UP_MS) {
    try {
      const reply = await node()?.request('POST', '/v1/calls', requestFor(to), {
        'idempotency-key': `soak ${to}`,
      });
      if (reply?.status === 202) return { id: reply.json.id, to };
      if (reply) said = JSON.stringify(reply.json);
      if (reply && reply.status !== 409 && reply.status < 500) break;
    } catch {
      // It died over it, or before.
    }
    await sleep(realClock, AGAIN_MS);
  }
  throw new Error(`The call to ${to} was never taken: ${said}`);
}

const once = { maxAttempts: 1 };

/** One attempt, so that one ring is right and two never are; at hours that are open now somewhere. */
function requestFor(to: string) {
  return {
    to,
    variables: { customer_name: 'Ada', company: 'Initech', invoice_number: 'INV-7', amount: '12 dollars' },
    ringTimeoutSecs: 10,
    window: {
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      from: '08:00',
      to: '20:00',
      zone: zoneAtNoon(),
    },
    retry: { 'no-answer': once, busy: once, voicemail: once, declined: once, failed: once },
  };
}
