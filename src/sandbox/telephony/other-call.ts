import * as z from 'zod';

/** A call of the Twilio account that ElevenLabs knows nothing of, as it ended: the sandbox only shows it. */
export const otherCall = z.strictObject({
  sid: z.string().regex(/^CA[0-9a-f]{32}$/),
  parent_call_sid: z.string().nullable().default(null),
  direction: z.enum(['inbound', 'outbound-api', 'outbound-dial']),
  from: z.string(),
  to: z.string(),
  status: z.enum(['completed', 'busy', 'failed', 'no-answer', 'canceled']),
  started_at_ms: z.number(),
  duration_secs: z.int().min(0).default(0),
  /** In dollars, without a sign; a call without one was not charged. */
  price: z.number().min(0).optional(),
});

export type OtherCall = z.output<typeof otherCall>;
