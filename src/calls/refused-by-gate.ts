import { parsePhoneNumber } from '../kernel/phone-number.ts';
import type { CallPlan } from './call-store.ts';
import { type GatePolicy, gateDial } from './gate.ts';
import type { Refusal } from './judge-call.ts';
import { plainNumber } from './line.ts';
import type { SuppressionList } from './service-ports.ts';
import type { ServiceCallRequest } from './submit-call.ts';

/** What the gate would refuse whenever it is asked; what it would postpone is its own affair. */
export async function refusedByGate(
  deps: { readonly gate: GatePolicy; readonly suppressions: Pick<SuppressionList, 'get'> },
  request: ServiceCallRequest,
  plan: CallPlan,
  nowMs: number,
): Promise<Refusal | undefined> {
  const from = parsePhoneNumber(plainNumber(plan.line));
  const nothingUsed = { calls: 0, seconds: 0, cents: 0 };
  const decision = gateDial(
    deps.gate,
    {
      to: request.to,
      line: { number: plan.line.number, country: from.kind === 'number' ? from.facts.country : undefined },
      zones: plan.zones,
      window: plan.window,
      bypass: plan.bypass,
      keyBudget: plan.keyBudget,
    },
    {
      nowMs,
      stopped: undefined,
      suppression: await deps.suppressions.get(plan.toHash),
      liveForDestination: false,
      usageTotal: nothingUsed,
      usageOfKey: nothingUsed,
      clearedUntilMs: undefined,
    },
  );
  if (decision.kind !== 'refuse') return undefined;
  const { rule, sentence, fix } = decision;
  return {
    kind: 'refused',
    code: 'gate',
    findings: [{ rule, severity: 'error', where: request.to.number, evidence: sentence, fix }],
  };
}
