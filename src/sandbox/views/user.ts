import type { SandboxState } from '../state.ts';
import { creditsUsed } from '../telephony/credits-left.ts';

const MONTH_SECS = 30 * 86_400;

/** The plan and what is left of it, with everything that the document requires. */
export function subscriptionView(state: SandboxState, nowMs: number) {
  const { account } = state;
  const paid = account.plan !== 'free';
  return {
    tier: account.plan,
    status: paid ? 'active' : 'free',
    character_count: creditsUsed(state, nowMs),
    character_limit: account.character_limit,
    max_character_limit_extension: null,
    max_credit_limit_extension: 0,
    can_extend_character_limit: false,
    allowed_to_extend_character_limit: false,
    next_character_count_reset_unix: Math.floor(nowMs / 1000) + MONTH_SECS,
    voice_slots_used: 1,
    professional_voice_slots_used: 0,
    professional_voice_slots_used_in_workspace: 0,
    voice_limit: 30,
    max_voice_add_edits: null,
    voice_add_edit_counter: 0,
    professional_voice_limit: 1,
    can_extend_voice_limit: false,
    can_use_instant_voice_cloning: paid,
    can_use_professional_voice_cloning: paid,
    currency: 'usd',
    current_overage: { amount: '0', currency: 'usd' },
    billing_period: paid ? 'monthly_period' : null,
    character_refresh_period: 'monthly_period',
  };
}

export function userView(state: SandboxState, nowMs: number) {
  return {
    user_id: state.account.user_id,
    // Not in the document; the official client throws without it.
    workspace_id: 'workspace_sandbox',
    subscription: subscriptionView(state, nowMs),
    is_new_user: false,
    can_use_delayed_payment_methods: false,
    is_onboarding_completed: true,
    is_onboarding_checklist_completed: true,
    first_name: 'Sandbox',
    is_api_key_hashed: true,
    created_at: state.account.created_at_unix_secs,
    seat_type: 'workspace_admin',
  };
}
