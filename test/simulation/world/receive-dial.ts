import type { Random } from '../random.ts';
import type { Phone } from './phone.ts';

/** What the provider makes of one request of a dial, and what it answers, if anything. */
export interface Reception {
  /** The call that it placed, whatever it answers. */
  readonly phone: Phone | undefined;
  readonly answer: Answer;
  readonly afterMs: number;
  /** What somebody who gets the answer knows, by the table of ARCHITECTURE.md. */
  readonly means: 'accepted' | 'refused' | 'refused-for-now' | 'later' | 'unknown';
}

/** Without a reply the connection breaks, or stays silent until whoever waits gives up. */
export type Answer =
  | { readonly kind: 'reply'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'nothing'; readonly how: 'reset' | 'timeout' };

export interface Reachability {
  /** Every request is one too many. */
  readonly storm: boolean;
  /** As many calls as it bears are live. */
  readonly full: boolean;
  /** Chance of anything out of the ordinary. */
  readonly trouble: number;
}

/** How long whoever dials waits for a reply. Source: DONNA_TIMEOUT_MS. */
const TIMEOUT_MS = 30_000;

export function receiveDial(random: Random, now: Reachability, place: () => Phone): Reception {
  if (now.storm) return later('system_busy', 'The system is busy.');
  if (now.full) return later('too_many_concurrent_requests', 'Too many concurrent requests.');
  if (random.chance(now.trouble)) return random.weighted(troubles)(random, place);
  const phone = place();
  // Mostly at once; now and then a webhook, or the end of the call, is faster.
  const afterMs = random.chance(0.8) ? random.whole(50, 800) : random.whole(800, 12_000);
  return { phone, answer: reply(200, acceptedBody(phone)), afterMs, means: 'accepted' };
}

type Trouble = (random: Random, place: () => Phone) => Reception;

const troubles: readonly (readonly [number, Trouble])[] = [
  [5, (random, place) => unknown(perhaps(random, place), reply(503, detail('service_unavailable')), 900)],
  [4, (random, place) => unknown(perhaps(random, place), reply(500, 'Internal Server Error'), 400)],
  [2, (random, place) => unknown(perhaps(random, place), reply(504, '<html>gateway timeout</html>'), 10_000)],
  [1, (random, place) => unknown(perhaps(random, place), reply(408, detail('timeout')), 5_000)],
  [1, (random, place) => unknown(perhaps(random, place), reply(409, detail('conflict')), 500)],
  [6, (random, place) => unknown(perhaps(random, place), { kind: 'nothing', how: 'timeout' }, TIMEOUT_MS)],
  [5, (random, place) => unknown(perhaps(random, place), { kind: 'nothing', how: 'reset' }, 700)],
  // Nothing has cut the line, and nothing comes back for minutes.
  [2, (random, place) => unknown(perhaps(random, place), { kind: 'nothing', how: 'timeout' }, 200_000)],
  [2, (_, place) => unknown(place(), reply(200, '{"success": tru'), 600)],
  [2, (_, place) => unknown(place(), reply(200, { success: true, message: 'Success' }), 600)],
  [2, () => unknown(undefined, reply(429, '<html>slow down</html>'), 300)],
  [2, () => unknown(undefined, reply(403, '<html>blocked</html>'), 300)],
  [4, () => refused(200, refusedBody('HTTP 400 error: the number is unverified'))],
  [3, () => refusedForNow(200, refusedBody('INVITE failed: sip status: 503: Service unavailable (SIP 503)'))],
  [
    2,
    () =>
      refused(422, { detail: [{ loc: ['body', 'to_number'], msg: 'not a number', type: 'value_error' }] }),
  ],
  [1, () => refused(404, detail('agent_not_found'))],
  [2, () => later('too_many_concurrent_requests', 'Too many concurrent requests.')],
];

function perhaps(random: Random, place: () => Phone): Phone | undefined {
  return random.chance(0.55) ? place() : undefined;
}

function later(status: string, message: string): Reception {
  return {
    phone: undefined,
    answer: reply(429, { detail: { status, message } }),
    afterMs: 100,
    means: 'later',
  };
}

function refused(status: number, body: unknown): Reception {
  return { phone: undefined, answer: reply(status, body), afterMs: 250, means: 'refused' };
}

function refusedForNow(status: number, body: unknown): Reception {
  return { ...refused(status, body), means: 'refused-for-now' };
}

function unknown(phone: Phone | undefined, answer: Answer, afterMs: number): Reception {
  return { phone, answer, afterMs, means: 'unknown' };
}

function reply(status: number, body: unknown): Answer {
  return { kind: 'reply', status, body };
}

function detail(status: string) {
  return { detail: { status, message: `The provider says ${status}.` } };
}

function acceptedBody({ conversationId, callSid, sipCallId }: Phone) {
  const ids = callSid === undefined ? { sip_call_id: sipCallId } : { callSid };
  return { success: true, message: 'Success', conversation_id: conversationId, ...ids };
}

function refusedBody(message: string) {
  return { success: false, message, conversation_id: null, callSid: null };
}
