import * as z from 'zod';
import { openEnum } from '../open-enum.ts';
import { operation } from '../operation.ts';
import { inDocument } from './document-source.ts';

/**
 * The plan and what is left of it. Neither this nor any other answer tells how many calls may run at once.
 * Times are Unix seconds. Source: document, SubscriptionResponseModel.
 */
export const subscription = z.looseObject({
  tier: z.string(),
  status: openEnum(['trialing', 'active', 'incomplete', 'past_due', 'free', 'free_disabled']).nullish(),
  character_count: z.number(),
  character_limit: z.number(),
  // 0 switches usage-based billing off, "unlimited" has no cap.
  max_credit_limit_extension: z.union([z.number(), z.string()]).nullish(),
  next_character_count_reset_unix: z.number().nullish(),
  currency: z.string().nullish(),
  billing_period: z.string().nullish(),
  current_overage: z.looseObject({ amount: z.string().nullish(), currency: z.string().nullish() }).nullish(),
});

/** Source: document, ExtendedSubscriptionResponseModel. */
export const extendedSubscription = subscription.extend({
  has_open_invoices: z.boolean().nullish(),
  open_invoices: z.array(z.looseObject({ amount_due_cents: z.number().nullish() })).nullish(),
});

/** Source: document, UserResponseModel. */
export const user = z.looseObject({
  user_id: z.string(),
  subscription,
  seat_type: openEnum(['workspace_admin', 'workspace_member', 'workspace_lite_member']).nullish(),
  first_name: z.string().nullish(),
  created_at: z.number().nullish(),
});

/** A key without the right `user_read` gets a 401 here, and may still place calls (seen live). */
export const getUser = operation({
  name: 'getUser',
  provider: 'elevenlabs',
  method: 'GET',
  path: '/v1/user',
  summary: 'Read the owner of the key and the plan',
  reply: user,
  operationId: 'get_user_info',
  source: inDocument('get_user_info'),
});

export const getSubscription = operation({
  name: 'getSubscription',
  provider: 'elevenlabs',
  method: 'GET',
  path: '/v1/user/subscription',
  summary: 'Read the plan with its invoices',
  reply: extendedSubscription,
  operationId: 'get_user_subscription_info',
  source: inDocument('get_user_subscription_info'),
});

export type Subscription = z.output<typeof subscription>;
export type User = z.output<typeof user>;
