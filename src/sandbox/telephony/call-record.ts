import * as z from 'zod';

const jsonObject = z.record(z.string(), z.unknown());

/**
 * A dial as the sandbox keeps it: what was asked, the agent and the line as they were then, and what came from
 * outside afterwards. Everything else about the call follows from it, the callee and the clock.
 */
export const callRecord = z.strictObject({
  conversation_id: z.string(),
  /** Twilio's `CA…`; on a SIP trunk the id of the dialog. */
  call_sid: z.string(),
  stream_sid: z.string(),
  dialled_at_ms: z.number(),
  to: z.string(),
  agent: z.strictObject({
    agent_id: z.string(),
    name: z.string(),
    conversation_config: jsonObject,
    platform_settings: jsonObject,
  }),
  line: z.strictObject({
    phone_number_id: z.string(),
    phone_number: z.string(),
    provider: z.enum(['twilio', 'sip_trunk', 'exotel']),
  }),
  /** `conversation_initiation_client_data` without the fields that the provider ignores. */
  client_data: jsonObject,
  ringing_timeout_secs: z.number(),
  recorded_by_carrier: z.boolean(),
  /** The carrier's recording was deleted there. */
  recording_deleted: z.boolean().optional(),
  machine_detection: z.boolean(),
  /** The callee's name at the dial, so that a later version of the list does not change a past call. */
  callee: z.string(),
  /** Credits left at the dial; the conversation dies when they are used up. */
  credits_left: z.number(),
  is_burst: z.boolean().default(false),
  plan: z.string(),
  /** The carrier refused the dial, and the provider kept a failed conversation all the same. */
  refused: z.strictObject({ code: z.int(), reason: z.string(), sip_code: z.int().optional() }).optional(),
  /** The agent was over its calls per day. */
  over_daily_limit: z.number().optional(),
  hung_up: z
    .strictObject({ at_ms: z.number(), by: z.enum(['carrier-completed', 'carrier-canceled', 'monitor']) })
    .optional(),
  deleted: z.boolean().default(false),
  /** The webhooks of this call have been made into deliveries. */
  announced: z.boolean().default(false),
});

export type CallRecord = z.output<typeof callRecord>;
