import {
  type Budget,
  type ClaimSettings,
  defaultHours,
  floorHours,
  type GatePolicy,
} from '../calls/index.ts';
import type { Settings } from './config.ts';

/** What the settings say of the gate. Pretended people may be called on any day, unless hours are set. */
export function gatePolicy(settings: Settings, pretended: boolean): GatePolicy {
  return {
    guard: { countries: settings.DONNA_COUNTRIES, blocked: settings.DONNA_BLOCKED },
    allowList: settings.DONNA_ALLOW_LIST,
    window: settings.DONNA_HOURS ?? (pretended ? floorHours : defaultHours),
    budgetTotal: budget(
      settings.DONNA_BUDGET_CALLS,
      settings.DONNA_BUDGET_MINUTES,
      settings.DONNA_BUDGET_CENTS,
    ),
    budgetPerKey: budget(
      settings.DONNA_KEY_BUDGET_CALLS,
      settings.DONNA_KEY_BUDGET_MINUTES,
      settings.DONNA_KEY_BUDGET_CENTS,
    ),
    hook: settings.DONNA_GATE_HOOK !== undefined,
  };
}

/** What they say of claims. Throws nothing: a reserve as large as all calls leaves one to the others. */
export function claimSettings(settings: Settings, pretended: boolean): ClaimSettings {
  return {
    gate: gatePolicy(settings, pretended),
    concurrency: settings.DONNA_CONCURRENCY,
    reserve: Math.min(settings.DONNA_RESERVE, settings.DONNA_CONCURRENCY - 1),
    callsPerSecond: settings.DONNA_CALLS_PER_SECOND,
  };
}

function budget(calls: number | undefined, minutes: number | undefined, cents: number | undefined): Budget {
  return { calls, minutes, cents };
}
