import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Inbox, Recordings } from '../../calls/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import {
  type SignatureVerdict,
  signatureHeader,
  signatureToleranceSecs,
  verifyElevenLabs,
} from '../../wire/elevenlabs/signature.ts';
import { signatureAdvice } from '../../wire/elevenlabs/signature-advice.ts';
import { createRawBodyReader } from './raw-body.ts';
import { readDelivery } from './read-delivery.ts';
import { refusal } from './webhook-reply.ts';

export interface ElevenLabsWebhookDeps {
  /** Any of them may have signed: while a secret is replaced, both are in use. Read for each delivery. */
  readonly secrets: () => readonly string[];
  readonly inbox: Pick<Inbox, 'put'>;
  readonly recordings: Pick<Recordings, 'put'>;
  readonly clock: Pick<Clock, 'now'>;
  /** The inbox has something new. */
  readonly nudge: () => void;
  /** For counting: how long after the event it came, where the event tells its time. */
  readonly received?: (facts: { readonly type: string; readonly lagMs: number | undefined }) => void;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_TOGETHER = 4 * MOST_BYTES;

/**
 * `POST /webhooks/elevenlabs`: what the provider tells of calls that are over. It is answered as soon as it is in the inbox; what it means
 * is worked out later, so that the provider never waits for a carrier. The same delivery twice is kept once and answered twice.
 */
export function createElevenLabsWebhook(deps: ElevenLabsWebhookDeps): Hono {
  const { clock, log } = deps;
  const usable = () => deps.secrets().filter((secret) => secret !== '');
  const readRawBody = createRawBodyReader({ mostBytes: MOST_BYTES, mostTogether: MOST_TOGETHER });
  const app = new Hono();

  app.post('/webhooks/elevenlabs', async (context) => {
    const request = context.req.raw;
    const header = request.headers.get(signatureHeader) ?? undefined;
    if (usable().length === 0) {
      log.error({ advice: signatureAdvice['no-secret'] }, 'a webhook came, and no secret is set');
      return refusal(503, 'This server cannot check webhooks');
    }
    // By the header alone first: what cannot be right is not read.
    const early = verdictOf('', header);
    if (early.kind === 'refused' && early.why !== 'mismatch') return unsigned(early);
    const body = await readRawBody(request);
    switch (body.kind) {
      case 'too-large':
        log.warn({ mostBytes: MOST_BYTES }, 'a webhook was too large');
        return refusal(413, 'The body is too large');
      case 'busy':
        log.warn({}, 'too many large webhooks at the same time');
        return refusal(503, 'Too many bodies at the same time', { retryAfterSecs: 30 });
      case 'broken-off':
        return refusal(400, 'The body broke off');
    }
    const verdict = verdictOf(body.bytes, header);
    if (verdict.kind === 'refused') return unsigned(verdict);
    return keep(body.bytes);
  });
  return app;

  async function keep(bytes: Uint8Array): Promise<Response> {
    const receivedMs = clock.now();
    const delivery = readDelivery(bytes, receivedMs);
    if (delivery.kind === 'malformed') {
      log.warn({ why: delivery.why, bytes: bytes.length }, 'a signed webhook could not be read');
      return refusal(400, 'The webhook cannot be read', { detail: delivery.why });
    }
    const { item, recording } = delivery;
    const { type } = item;
    try {
      // The recording first: a crash in between brings the delivery again, and putting it twice changes nothing.
      if (recording) await deps.recordings.put(recording);
      const isNew = (await deps.inbox.put(item)) !== undefined;
      const lagMs = item.eventMs === undefined ? undefined : receivedMs - item.eventMs;
      log.info({ type, conversationId: item.conversationId, lagMs, isNew }, 'webhook received');
      if (isNew) {
        deps.received?.({ type, lagMs });
        deps.nudge();
      }
      return Response.json({ status: isNew ? 'received' : 'already received' });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.error({ type, code: error.code, err: error }, 'a webhook could not be kept');
      return refusal(503, 'The webhook could not be kept', { retryAfterSecs: 30 });
    }
  }

  /** The best of what the secrets say: valid by one of them, else why the last one refuses. */
  function verdictOf(rawBody: Uint8Array | string, header: string | undefined): SignatureVerdict {
    const nowMs = clock.now();
    const verdicts = usable().map((secret) =>
      verifyElevenLabs({ rawBody, header, secret, nowMs, toleranceSecs: signatureToleranceSecs }),
    );
    return (
      verdicts.find(({ kind }) => kind === 'valid') ??
      verdicts.at(-1) ?? { kind: 'refused', why: 'no-secret' }
    );
  }

  /** The sender learns nothing of what was wrong; the operator does. */
  function unsigned(verdict: Extract<SignatureVerdict, { kind: 'refused' }>): Response {
    log.warn({ why: verdict.why, advice: signatureAdvice[verdict.why] }, 'a webhook was refused');
    return refusal(401, 'The signature does not hold');
  }
}
