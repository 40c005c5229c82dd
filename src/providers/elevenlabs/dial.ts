import type { Cause } from '../../calls/cause.ts';
import type { DialOrder, DialReply } from '../../calls/ports.ts';
import { refusalCause } from '../../calls/refusal-cause.ts';
import { TransportError } from '../../kernel/fetch.ts';
import { readErrorBody } from '../../wire/elevenlabs/error.ts';
import { dialExotel, dialSipTrunk, dialTwilio } from '../../wire/elevenlabs/outbound-call.ts';
import type { RawReply } from '../send-operation.ts';
import type { ElevenLabsClient } from './client.ts';
import { elevenLabsRefusal, isCapacity } from './refusal.ts';

/** Sends the one request of a dial, by the endpoint of the line's provider, and classifies whatever comes back. */
export async function dial(
  client: ElevenLabsClient,
  baseUrl: string,
  order: DialOrder,
  beforeSend: () => Promise<void>,
): Promise<DialReply> {
  try {
    return classify(await send(client, order, beforeSend));
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    const exchange = { method: 'POST', path: endpoints[order.line.provider].path };
    if (error.sent) {
      return { kind: 'unknown', why: `The request was sent, and then: ${error.message}.`, exchange };
    }
    return {
      kind: 'not-placed',
      words: error.message,
      ids: {},
      exchange,
      backOff: 'unreachable',
      cause: {
        code: 'provider-unreachable',
        sentence: `No connection to ${new URL(baseUrl).host}: nothing was sent.`,
        owner: 'config',
        fix: 'Check the network and ELEVENLABS_BASE_URL: donna diagnose --only reachability.',
        retryable: true,
      },
    };
  }
}

function send(
  client: ElevenLabsClient,
  order: DialOrder,
  beforeSend: () => Promise<void>,
): Promise<RawReply> {
  const body = {
    agent_id: order.agentId,
    agent_phone_number_id: order.line.id,
    to_number: order.to,
    conversation_initiation_client_data: order.clientData,
    ...(order.telephony ? { telephony_call_config: order.telephony } : {}),
  };
  switch (order.line.provider) {
    case 'twilio':
      return client.raw(dialTwilio, {
        body: { ...body, ...(order.record ? { call_recording_enabled: true } : {}) },
        beforeSend,
      });
    case 'sip_trunk':
      return client.raw(dialSipTrunk, { body, beforeSend });
    case 'exotel':
      return client.raw(dialExotel, { body, beforeSend });
  }
}

const endpoints = { twilio: dialTwilio, sip_trunk: dialSipTrunk, exotel: dialExotel } as const;

/** The statuses by which the provider itself says that it did not place the call. */
const refusedStatuses = new Set([400, 401, 402, 403, 404, 405, 422, 429]);

/** The table of ARCHITECTURE.md, "The one thing that must never happen". */
function classify(reply: RawReply): DialReply {
  const { status, exchange } = reply;
  if (status >= 200 && status < 300) return classifyAccepted(reply);
  const ours = readErrorBody(exchange.body).shape !== 'foreign';
  if (refusedStatuses.has(status) && ours) {
    const refusal = elevenLabsRefusal(reply);
    const cause: Cause = {
      code: `http-${status}`,
      sentence: refusal.message,
      owner: status === 429 ? 'provider' : 'config',
      fix: refusal.hint ?? 'Run donna diagnose.',
      retryable: refusal.retryable,
    };
    const { message } = readErrorBody(exchange.body);
    const backOff = status === 429 ? (isCapacity(exchange.body) ? 'capacity' : 'rate') : undefined;
    return { kind: 'not-placed', cause, words: message, ids: {}, exchange, backOff };
  }
  return {
    kind: 'unknown',
    why: `ElevenLabs${ours ? '' : ', or something on the way to it,'} answered ${status}, which does not tell whether the call was placed.`,
    exchange,
  };
}

function classifyAccepted(reply: RawReply): DialReply {
  const { exchange } = reply;
  // Either spelling is read, whatever endpoint answered: what matters is that some id came.
  const said = reply.json as Record<string, unknown> | null | undefined;
  const text = (name: string) => {
    const value = said?.[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  // An id is printed and asked for again: what does not look like one is none.
  const id = (name: string) => {
    const value = text(name);
    return value && /^[\x21-\x7e]{1,200}$/.test(value) ? value : undefined;
  };
  const ids = {
    ...(id('conversation_id') ? { conversationId: id('conversation_id') } : {}),
    ...(id('callSid') ? { callSid: id('callSid') } : {}),
    ...(id('sip_call_id') ? { sipCallId: id('sip_call_id') } : {}),
  };
  if (said?.success === false) {
    const words = text('message') ?? '';
    return { kind: 'not-placed', cause: refusalCause(words), words, ids, exchange };
  }
  if (said?.success === true && Object.keys(ids).length > 0) return { kind: 'accepted', ids };
  const why =
    said?.success === true
      ? 'ElevenLabs says success, and gives no id by which the call could be followed.'
      : `ElevenLabs answered ${reply.status} with a body that cannot be read.`;
  return { kind: 'unknown', why, exchange };
}
