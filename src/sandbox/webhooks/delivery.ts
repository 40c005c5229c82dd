import * as z from 'zod';

/** A webhook on its way: made when a call ends, kept until it is delivered or given up. */
export const delivery = z.strictObject({
  id: z.string(),
  webhook_id: z.string(),
  conversation_id: z.string(),
  type: z.enum([
    'post_call_transcription',
    'post_call_transcription_otel',
    'post_call_audio',
    'call_initiation_failure',
    'answering_machine_detection',
  ]),
  /** Unix seconds; the same in every attempt, so that a receiver can tell a repetition. */
  event_timestamp: z.int(),
  /** Attempts made so far. */
  attempts: z.int(),
  due_at_ms: z.number(),
  /** It waits until another webhook has gone out before it. */
  held: z.boolean().default(false),
  /** The faults have been asked about it: each delivery is struck once at most. */
  struck: z.boolean().default(false),
});

export type Delivery = z.output<typeof delivery>;
