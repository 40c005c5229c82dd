import { createHash } from 'node:crypto';
import type { Inbox, Recordings } from '../../calls/index.ts';
import { attemptVariable } from '../../calls/index.ts';
import { storableJson } from './storable-json.ts';

/** A delivery whose signature was checked, as it goes into the inbox. */
export interface ReadDelivery {
  readonly kind: 'delivery';
  readonly item: Parameters<Inbox['put']>[0];
  readonly recording: Parameters<Recordings['put']>[0] | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads no more of a delivery than what names it: its form may be newer than Donna, and then it is kept all the same. A recording is
 * taken out of it. `malformed` is for what no event of the provider can be.
 */
export function readDelivery(
  rawBody: Uint8Array,
  receivedMs: number,
): ReadDelivery | { readonly kind: 'malformed'; readonly why: string } {
  let body: unknown;
  try {
    body = storableJson(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'The body is not JSON.' : 'The body is not UTF-8.';
    return { kind: 'malformed', why };
  }
  if (!isFields(body)) return { kind: 'malformed', why: 'The body is not a JSON object.' };
  const { type, event_timestamp: timestamp } = body;
  if (typeof type !== 'string' || !/^[\w.-]{1,100}$/.test(type))
    return { kind: 'malformed', why: 'type: it has to be the name of an event.' };
  const data = isFields(body.data) ? body.data : {};
  const conversationId = idOf(data.conversation_id);
  const eventMs = typeof timestamp === 'number' && timestamp > 0 ? timestamp * 1000 : undefined;
  const mp3 = type === 'post_call_audio' ? audioOf(data.full_audio) : undefined;
  return {
    kind: 'delivery',
    item: {
      type,
      conversationId,
      attemptId: carriedAttempt(data),
      receivedMs,
      // What a Date can hold; the provider's own is in seconds.
      eventMs: eventMs !== undefined && eventMs < 8e15 ? Math.floor(eventMs) : undefined,
      body: mp3 ? withoutAudio(body, data, mp3) : body,
      deliveryKey: keyOf(type, conversationId, timestamp, rawBody),
      dueMs: receivedMs,
    },
    recording: mp3 && conversationId !== undefined ? { conversationId, receivedMs, mp3 } : undefined,
  };
}

/**
 * The provider names a delivery by type, conversation and time, and sends the same bytes again when it repeats one. What lacks one of
 * the three is named by its bytes.
 */
function keyOf(type: string, conversationId: string | undefined, timestamp: unknown, rawBody: Uint8Array) {
  if (conversationId !== undefined && typeof timestamp === 'number')
    return `${type}:${conversationId}:${timestamp}`;
  return `${type}:sha256:${createHash('sha256').update(rawBody).digest('hex')}`;
}

function carriedAttempt(data: Fields): string | undefined {
  const started = data.conversation_initiation_client_data;
  const variables = isFields(started) ? started.dynamic_variables : undefined;
  return isFields(variables) ? idOf(variables[attemptVariable]) : undefined;
}

function audioOf(base64: unknown): Uint8Array | undefined {
  if (typeof base64 !== 'string') return undefined;
  const mp3 = Buffer.from(base64, 'base64');
  return mp3.length > 0 ? mp3 : undefined;
}

function withoutAudio(body: Fields, data: Fields, mp3: Uint8Array): Fields {
  const { full_audio: _taken, ...rest } = data;
  return { ...body, data: { ...rest, audio_bytes: mp3.length } };
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 200 ? value : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
