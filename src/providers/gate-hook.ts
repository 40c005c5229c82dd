import * as z from 'zod';
import { signWebhook } from '../calls/announce/sign-webhook.ts';
import type { StoredCall } from '../calls/call-store.ts';
import type { HookAnswer } from '../calls/gate-decision.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Fetch, TransportError } from '../kernel/fetch.ts';
import { printable } from '../kernel/printable.ts';

const answer = z.looseObject({ allow: z.boolean(), reason: z.string().optional() });

/** A dial does not wait longer than this for a hook that hangs. */
const ANSWER_WITHIN_MS = 5_000;
const MOST_BYTES = 64 * 1024;

/**
 * Asks an HTTP hook about a dial: a POST with what is to be dialled, signed as outgoing webhooks are where there is a secret. It allows by
 * 200 with `{"allow": true}`. Any other answer, and none, allows nothing. Never throws.
 */
export function createGateHook(deps: {
  readonly url: string;
  readonly secret: string | undefined;
  readonly fetch: Fetch;
  readonly clock: Pick<Clock, 'now'>;
}): (call: StoredCall) => Promise<HookAnswer> {
  return async ({ life, plan }) => {
    const { id, number } = life.attempt;
    const body = JSON.stringify({
      callId: life.callId,
      attemptId: id,
      attempt: number,
      to: plan.to,
      agent: plan.agentId,
      line: plan.line.id,
      key: plan.keyId,
      origin: plan.origin,
      metadata: plan.metadata,
    });
    const signed = deps.secret ? signWebhook({ id, body, secret: deps.secret, nowMs: deps.clock.now() }) : {};
    try {
      const reply = await deps.fetch({
        method: 'POST',
        url: deps.url,
        headers: { 'content-type': 'application/json', ...signed },
        body,
        connectTimeoutMs: ANSWER_WITHIN_MS,
        replyTimeoutMs: ANSWER_WITHIN_MS,
        maxReplyBytes: MOST_BYTES,
      });
      return read(reply.status, reply.body);
    } catch (error) {
      if (error instanceof TransportError) return { kind: 'no-answer', why: error.message };
      throw error;
    }
  };
}

function read(status: number, body: Uint8Array): HookAnswer {
  if (status !== 200) return { kind: 'no-answer', why: `it answered ${status}` };
  try {
    const said = answer.parse(JSON.parse(new TextDecoder().decode(body)));
    return said.allow ? { kind: 'allowed' } : { kind: 'refused', why: printable(said.reason ?? '', 200) };
  } catch {
    return { kind: 'no-answer', why: 'its answer is not {"allow": true} or {"allow": false}' };
  }
}
