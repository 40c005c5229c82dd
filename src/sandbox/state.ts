import * as z from 'zod';
import { callRecord } from './telephony/call-record.ts';
import { otherCall } from './telephony/other-call.ts';
import { delivery } from './webhooks/delivery.ts';

const jsonObject = z.record(z.string(), z.unknown());

/** Plans that differ in how many conversations may run at once, and in the monitoring socket. */
export const plans = ['free', 'starter', 'creator', 'pro', 'scale', 'business', 'enterprise'] as const;

const apiKey = z.strictObject({
  key: z.string().min(1),
  /** The rights of a restricted key, such as `convai_read`; a key without this field has all. */
  permissions: z.array(z.string()).optional(),
});

/** An agent in the provider's own shape: `conversation_config` and `platform_settings` as they are read and written. */
const sandboxAgent = z.strictObject({
  agent_id: z.string().min(1),
  name: z.string(),
  tags: z.array(z.string()).default([]),
  conversation_config: jsonObject.default({}),
  platform_settings: jsonObject.default({}),
  created_at_unix_secs: z.int().default(0),
  updated_at_unix_secs: z.int().default(0),
});

const sandboxLine = z.strictObject({
  phone_number_id: z.string().min(1),
  phone_number: z.string().min(1),
  label: z.string().default(''),
  provider: z.enum(['twilio', 'sip_trunk', 'exotel']),
  agent_id: z.string().nullable().default(null),
  environment: z.string().nullable().default(null),
  branch_id: z.string().nullable().default(null),
  supports_inbound: z.boolean().default(true),
  supports_outbound: z.boolean().default(true),
  /** Trunks and stack of a SIP line, in the provider's own shape, without secrets. */
  sip: jsonObject.optional(),
});

const sandboxWebhook = z.strictObject({
  webhook_id: z.string().min(1),
  name: z.string(),
  webhook_url: z.string(),
  secret: z.string(),
  is_disabled: z.boolean().default(false),
  retry_enabled: z.boolean().default(false),
  request_headers: z.record(z.string(), z.string()).default({}),
  created_at_unix: z.int().default(0),
  consecutive_failures: z.int().default(0),
  is_auto_disabled: z.boolean().default(false),
  most_recent_failure_error_code: z.int().nullable().default(null),
  most_recent_failure_timestamp: z.int().nullable().default(null),
  last_success_timestamp: z.int().nullable().default(null),
});

/** Everything the pretend world remembers; what happens in a call is computed from its record and the clock. */
export const sandboxState = z.strictObject({
  version: z.literal(1).default(1),
  account: z.strictObject({
    keys: z.array(apiKey).min(1),
    plan: z.enum(plans).default('creator'),
    user_id: z.string().default('user_sandbox'),
    created_at_unix_secs: z.int().default(1_735_689_600),
    /** Credits used before the calls that are recorded here, and all that the plan includes. */
    characters_used: z.int().min(0).default(0),
    character_limit: z.int().min(0).default(100_000),
  }),
  twilio: z.strictObject({
    sid: z.string().regex(/^AC[0-9a-f]{32}$/),
    token: z.string().min(1),
    friendly_name: z.string().default('Sandbox'),
    status: z.enum(['active', 'suspended', 'closed']).default('active'),
    type: z.enum(['Full', 'Trial']).default('Full'),
    /** A trial account may dial these alone. */
    verified_numbers: z.array(z.string()).default([]),
    numbers: z
      .array(
        z.strictObject({
          sid: z.string().regex(/^PN[0-9a-f]{32}$/),
          phone_number: z.string(),
          friendly_name: z.string().default(''),
          voice: z.boolean().default(true),
        }),
      )
      .default([]),
    /** Calls of the account that did not come from ElevenLabs: those of other programs, inbound ones, legs of a transfer. */
    other_calls: z.array(otherCall).default([]),
  }),
  agents: z.array(sandboxAgent).default([]),
  lines: z.array(sandboxLine).default([]),
  calls: z.array(callRecord).default([]),
  webhooks: z.array(sandboxWebhook).default([]),
  settings: jsonObject.default({}),
  deliveries: z.array(delivery).default([]),
});

export type SandboxState = z.output<typeof sandboxState>;
export type SandboxAgent = z.output<typeof sandboxAgent>;
export type SandboxLine = z.output<typeof sandboxLine>;
export type SandboxWebhook = z.output<typeof sandboxWebhook>;
export type Plan = (typeof plans)[number];
