import { planConcurrency } from '../../wire/elevenlabs/plan-concurrency.ts';
import { at, numberAt } from '../json.ts';
import type { Plan, SandboxAgent, SandboxState } from '../state.ts';
import { callAt } from './call-at.ts';
import type { CallRecord } from './call-record.ts';

/** Conversations at once; an enterprise of the sandbox has agreed on a hundred. */
export const planLimits: Readonly<Record<Plan, number>> = { ...planConcurrency, enterprise: 100 };

const BURST_FACTOR = 3;
const MOST_IN_BURST = 300;
const DAY_MS = 86_400_000;

export type Capacity =
  | { readonly kind: 'full'; readonly running: number; readonly limit: number }
  | { readonly kind: 'room'; readonly burst: boolean; readonly overDailyLimit: number | undefined };

/** Whether the plan and the agent have room for one more call. */
export function capacityFor(state: SandboxState, agent: SandboxAgent, nowMs: number): Capacity {
  const limits = at(agent.platform_settings, 'call_limits');
  const planLimit = planLimits[state.account.plan];
  const bursts = at(limits, 'bursting_enabled') !== false;
  const ceiling =
    state.account.plan === 'enterprise'
      ? planLimit * BURST_FACTOR
      : Math.min(planLimit * BURST_FACTOR, MOST_IN_BURST);
  const limit = bursts ? ceiling : planLimit;
  const running = state.calls.filter((record) => takesRoom(record, nowMs));
  if (running.length >= limit) return { kind: 'full', running: running.length, limit };

  const ofAgent = (record: CallRecord) => record.agent.agent_id === agent.agent_id;
  const agentLimit = numberAt(limits, 'agent_concurrency_limit') ?? -1;
  const agentRunning = running.filter(ofAgent).length;
  if (agentLimit >= 0 && agentRunning >= agentLimit)
    return { kind: 'full', running: agentRunning, limit: agentLimit };

  const daily = numberAt(limits, 'daily_limit') ?? 100_000;
  const today = state.calls.filter(
    (record) => ofAgent(record) && nowMs - record.dialled_at_ms < DAY_MS,
  ).length;
  return {
    kind: 'room',
    burst: running.length >= planLimit,
    overDailyLimit: today >= daily ? daily : undefined,
  };
}

/** A call takes up room while it rings and while it is spoken on. */
export function takesRoom(record: CallRecord, nowMs: number): boolean {
  const { status } = callAt(record, nowMs);
  return status === 'initiated' || status === 'in-progress';
}
