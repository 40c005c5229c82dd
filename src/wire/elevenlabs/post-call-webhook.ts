import * as z from 'zod';
import { openEnum } from '../open-enum.ts';
import { conversation } from './conversation.ts';

const envelope = { event_timestamp: z.number() };

/** The call has ended and was analysed: the conversation as `getConversation` gives it. */
export const postCallTranscription = z.looseObject({
  ...envelope,
  type: z.literal('post_call_transcription'),
  data: conversation,
});

/** The same as OpenTelemetry traces, when the settings ask for that format. */
export const postCallTranscriptionOtel = z.looseObject({
  ...envelope,
  type: z.literal('post_call_transcription_otel'),
  data: z.looseObject({ otlp_traces: z.unknown().optional() }),
});

/** `full_audio` is an MP3 in base64, many megabytes for a long call; it comes with chunked transfer encoding. */
export const postCallAudio = z.looseObject({
  ...envelope,
  type: z.literal('post_call_audio'),
  data: z.looseObject({ agent_id: z.string(), conversation_id: z.string(), full_audio: z.string() }),
});

const phone = z.union([z.string(), z.number()]).nullish();

/**
 * The carrier's side of a failed dial, one flat object for both kinds. `twilio`: the fields of a status callback, each
 * a string. `sip`: the lower-case ones; `sip_status_code` is a number, and the two numbers are texts in the provider's
 * example and numbers in its table.
 */
const carrierBody = z.looseObject({
  CallSid: z.string().nullish(),
  AccountSid: z.string().nullish(),
  CallStatus: z.string().nullish(),
  SipResponseCode: z.string().nullish(),
  From: z.string().nullish(),
  To: z.string().nullish(),
  Direction: z.string().nullish(),
  CallDuration: z.string().nullish(),
  Timestamp: z.string().nullish(),
  SequenceNumber: z.string().nullish(),
  from_number: phone,
  to_number: phone,
  sip_status_code: z.number().nullish(),
  error_reason: z.string().nullish(),
  call_sid: z.string().nullish(),
  twirp_code: z.string().nullish(),
  sip_status: z.string().nullish(),
});

/** Nobody was reached. Not sent when voicemail or another machine answers. */
export const callInitiationFailure = z.looseObject({
  ...envelope,
  type: z.literal('call_initiation_failure'),
  data: z.looseObject({
    agent_id: z.string(),
    conversation_id: z.string(),
    failure_reason: openEnum(['busy', 'no-answer', 'unknown']),
    metadata: z.looseObject({ type: openEnum(['twilio', 'sip']), body: carrierBody.nullish() }).nullish(),
  }),
});

/** Twilio's verdict on who answered. The settings know the event (document); its payload is unverified, so all is optional. */
export const answeringMachineDetection = z.looseObject({
  event_timestamp: z.number().nullish(),
  type: z.literal(['answering_machine_detection', 'post_call_answering_machine_detection']),
  data: z.looseObject({ agent_id: z.string().nullish(), conversation_id: z.string().nullish() }).nullish(),
});

/**
 * The events that Donna knows, told apart by `type`. `event_timestamp` is in seconds since 1970; with type and
 * conversation id it names a delivery, which may come late or twice. Source: written documentation of post-call webhooks.
 */
export const postCallWebhook = z.discriminatedUnion('type', [
  postCallTranscription,
  postCallTranscriptionOtel,
  postCallAudio,
  callInitiationFailure,
  answeringMachineDetection,
]);

export type PostCallWebhook = z.output<typeof postCallWebhook>;

export type PostCallDelivery =
  | { readonly kind: 'known'; readonly event: PostCallWebhook }
  /** An event that came after this was written: to be kept and acknowledged. */
  | { readonly kind: 'other'; readonly type: string; readonly event: Readonly<Record<string, unknown>> }
  /** Not an event, or a known one with the wrong fields. Each fault names its place. */
  | { readonly kind: 'malformed'; readonly faults: readonly string[] };

const anyEvent = z.looseObject({ type: z.string() });
const knownTypes = new Set<string>(
  postCallWebhook.options.flatMap((option) => [...option.shape.type.values]),
);

/** Reads the parsed body of a delivery whose signature was checked. Never throws. */
export function readPostCallWebhook(body: unknown): PostCallDelivery {
  const known = postCallWebhook.safeParse(body);
  if (known.success) return { kind: 'known', event: known.data };
  const any = anyEvent.safeParse(body);
  if (any.success && !knownTypes.has(any.data.type)) {
    return { kind: 'other', type: any.data.type, event: any.data };
  }
  return {
    kind: 'malformed',
    faults: known.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`),
  };
}
