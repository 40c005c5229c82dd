import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Budget, SubmitCall } from '../../calls/index.ts';
import { AppError } from '../../kernel/errors.ts';
import { callContactKeyId } from '../caller.ts';
import { type ContactAnswer, sayError, sayFault, sayResult } from './contact-answer.ts';
import { contactCall, readContact } from './contact-request.ts';
import { createRawBodyReader } from './raw-body.ts';
import { storableJson } from './storable-json.ts';
import { refusal } from './webhook-reply.ts';

export interface CallContactDeps {
  /** What the tool sends in `x-donna-secret`; empty while the tool is not set up. */
  readonly secret: string;
  readonly submitCall: SubmitCall;
  /** Of one UTC day, for all calls that agents ask for. */
  readonly budget: Budget | undefined;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

const MOST_BYTES = 64 * 1024;

/**
 * `POST /webhooks/call-contact`: the server tool by which an agent asks Donna to phone somebody. Whoever holds the secret may ask; the
 * gate and a budget of its own decide. An agent reads the answer, so that a refusal is a 200 with a sentence: the provider hides the body
 * of an error from it.
 */
export function createCallContact(deps: CallContactDeps): Hono {
  const { log } = deps;
  const readRawBody = createRawBodyReader({ mostBytes: MOST_BYTES, mostTogether: 64 * MOST_BYTES });
  const app = new Hono();

  app.post('/webhooks/call-contact', async (context) => {
    const request = context.req.raw;
    if (deps.secret === '') {
      log.warn(
        { advice: 'Set DONNA_CALL_CONTACT_SECRET, and send it as x-donna-secret.' },
        'an agent asked for a call',
      );
      return refusal(503, 'This server takes no calls from agents');
    }
    if (!sameSecret(request.headers.get('x-donna-secret') ?? '', deps.secret)) {
      log.warn(
        { advice: 'Compare x-donna-secret of the tool with DONNA_CALL_CONTACT_SECRET.' },
        'a tool was refused',
      );
      return refusal(401, 'The secret does not hold');
    }
    const body = await readRawBody(request);
    if (body.kind === 'too-large') return refusal(413, 'The body is too large');
    if (body.kind === 'busy') return refusal(503, 'Too many bodies at the same time', { retryAfterSecs: 5 });
    if (body.kind === 'broken-off') return refusal(400, 'The body broke off');
    const json = parsed(body.bytes);
    if (json === undefined) return refusal(400, 'The body is not JSON');
    return answer(json, request.headers.get('x-conversation-id') ?? undefined);
  });
  return app;

  async function answer(json: unknown, conversationId: string | undefined): Promise<Response> {
    const read = readContact(json);
    if (read.kind === 'faulty') {
      log.info({ faults: read.faults }, 'an agent asked for a call in the wrong form');
      return reply(sayFault(read.say));
    }
    const asker = { keyId: callContactKeyId, keyBudget: deps.budget, name: callContactKeyId };
    try {
      const result = await deps.submitCall(contactCall(read.contact, read.to, conversationId), asker);
      const said = sayResult(result);
      const rule = result.kind === 'refused' ? result.refusal.findings[0]?.rule : undefined;
      log.info({ result: result.kind, callId: said.callId ?? undefined, rule }, 'an agent asked for a call');
      return reply(said);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.warn({ code: error.code, err: error }, 'an agent’s call could not be taken');
      return reply(sayError(error));
    }
  }
}

function reply(answer: ContactAnswer): Response {
  return Response.json(answer);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return storableJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Takes the same time for any text of any length. */
function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest()) as [
    Buffer,
    Buffer,
  ];
  return timingSafeEqual(a, b);
}
