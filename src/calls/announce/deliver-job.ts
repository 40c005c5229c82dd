import * as z from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import type { JobHandler, JobResult } from '../job-handler.ts';
import type { WebhookEndpoints } from '../service-ports.ts';
import { signWebhook } from './sign-webhook.ts';

/** How sending went. Redirects are not followed, and what the receiver writes is not read. */
export type SentWebhook =
  | { readonly kind: 'answered'; readonly status: number }
  /** No connection, no answer in time. The receiver may have got it. */
  | { readonly kind: 'unreachable'; readonly why: string }
  /** The address is none that Donna sends to. */
  | { readonly kind: 'refused'; readonly why: string };

/** Posts a body to an address of a user's choosing. Never throws. */
export type SendWebhook = (request: {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}) => Promise<SentWebhook>;

/** Before the second try, the third… A receiver that was away for a day still gets what it missed. */
export const deliveryDelaysMs = [10, 60, 300, 1_800, 7_200, 21_600, 86_400].map((secs) => secs * 1000);

const deliverPayload = z.looseObject({ endpointId: z.string(), id: z.string(), body: z.string() });

/** Sends one event to one endpoint, signed anew in each try. 2xx is the only answer that counts as received. */
export function createDeliverJob(deps: {
  readonly endpoints: Pick<WebhookEndpoints, 'get'>;
  readonly send: SendWebhook;
  readonly clock: Pick<Clock, 'now'>;
}): JobHandler {
  return async (job, signal) => {
    const payload = deliverPayload.safeParse(job.payload);
    if (!payload.success) return { kind: 'failed', note: 'The delivery cannot be read.' };
    const { endpointId, id, body } = payload.data;
    const endpoint = await deps.endpoints.get(endpointId);
    if (!endpoint || endpoint.disabledMs !== undefined)
      return { kind: 'failed', note: 'The endpoint is not there any more.' };
    const signed = signWebhook({ id, body, secret: endpoint.secret, nowMs: deps.clock.now() });
    const sent = await deps.send({
      url: endpoint.url,
      headers: { 'content-type': 'application/json', 'user-agent': 'Donna', ...signed },
      body,
      signal,
    });
    return resultOf(sent, job.tries, deps.clock.now());
  };
}

function resultOf(sent: SentWebhook, tries: number, nowMs: number): JobResult {
  if (sent.kind === 'refused') return { kind: 'failed', note: sent.why };
  const note = sent.kind === 'answered' ? answerNote(sent.status) : sent.why;
  if (sent.kind === 'answered' && sent.status >= 200 && sent.status < 300) return { kind: 'done', note };
  // Gone for good, says the receiver (RFC 9110).
  const isGone = sent.kind === 'answered' && sent.status === 410;
  const waitMs = deliveryDelaysMs[tries];
  return isGone || waitMs === undefined
    ? { kind: 'failed', note }
    : { kind: 'again', note, dueMs: nowMs + waitMs };
}

function answerNote(status: number): string {
  if (status === 410) return 'Answered 410: gone for good.';
  return status >= 300 && status < 400
    ? `Answered ${status}: redirects are not followed.`
    : `Answered ${status}.`;
}
