import type { SandboxState } from '../state.ts';
import { callAt } from './call-at.ts';

/** Credits that the account has used, with the calls that have ended by then. */
export function creditsUsed(state: SandboxState, nowMs: number): number {
  const spent = state.calls.reduce((sum, record) => sum + callAt(record, nowMs).cost, 0);
  return Math.min(state.account.character_limit, state.account.characters_used + spent);
}

export function creditsLeft(state: SandboxState, nowMs: number): number {
  return state.account.character_limit - creditsUsed(state, nowMs);
}
