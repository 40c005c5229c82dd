import type { PhoneNumberFacts } from '../kernel/phone-number.ts';
import { type Budget, mergeBudgets, type Usage } from './budget.ts';
import type { StopOrder } from './call-store.ts';
import { type CallingHours, type CallingWindow, floorHours } from './calling-window.ts';
import {
  type Bypassable,
  type Bypassed,
  type GateDecision,
  type Held,
  moment,
  refuse,
} from './gate-decision.ts';
import { type GuardSettings, guardDial } from './guard.ts';
import { holdForBudget } from './hold-for-budget.ts';
import { holdForWindow } from './hold-for-window.ts';
import { isInForce, type Suppression } from './suppression.ts';

/** What the operator allows. */
export interface GatePolicy {
  readonly guard: GuardSettings;
  /** Of test environments: the only numbers, in E.164, that are called; `undefined` allows all. */
  readonly allowList: readonly string[] | undefined;
  /** For calls that bring no window. It has no zone: hours are the callee's. */
  readonly window: CallingHours;
  /** Of one UTC day, for all calls together. */
  readonly budgetTotal: Budget;
  /** Of one UTC day, for each key whose own budget does not say otherwise. */
  readonly budgetPerKey: Budget;
  /** An operator's HTTP hook has the last word. */
  readonly hook: boolean;
}

/** The call that is about to be dialled. */
export interface GateRequest {
  readonly to: PhoneNumberFacts;
  readonly line: { readonly number: string; readonly country: string | undefined };
  /** Where the phone can be, by `ZonesOfNumber`. */
  readonly zones: readonly string[];
  readonly window?: CallingWindow | undefined;
  /** The reason for each rule that is to be lifted; a blank one lifts nothing. */
  readonly bypass: Readonly<Partial<Record<Bypassable, string>>>;
  readonly keyBudget?: Budget | undefined;
}

/** What the store knew in the transaction that claims the call. */
export interface GateFacts {
  readonly nowMs: number;
  readonly stopped: StopOrder | undefined;
  readonly suppression: Suppression | undefined;
  /** Another call to this number is dialing, accepted or unknown. */
  readonly liveForDestination: boolean;
  readonly usageTotal: Usage;
  readonly usageOfKey: Usage;
  /** Until when the hook's word for this call holds, in milliseconds since 1970; not with that moment. */
  readonly clearedUntilMs: number | undefined;
}

interface Rule {
  /** What speaks against the dial. */
  readonly hold: (policy: GatePolicy, request: GateRequest, facts: GateFacts) => Held | undefined;
  readonly bypass?: {
    readonly rule: Bypassable;
    /** What a bypass does not lift. */
    readonly remains: (request: GateRequest, facts: GateFacts) => Held | undefined;
  };
}

/** While dialling is stopped; the engine is woken when it is resumed. */
const STOP_LOOK_MS = 60_000;
const LIVE_CALL_LOOK_MS = 15_000;

/** In their order: what nothing lifts, then what a person may lift with a reason. The first that holds the call decides. */
const rules: readonly Rule[] = [
  { hold: (_, __, facts) => holdForClock(facts) },
  { hold: (_, __, facts) => holdForStop(facts) },
  { hold: (policy, request) => holdForGuard(policy, request) },
  { hold: (policy, request) => holdForAllowList(policy, request) },
  {
    hold: (_, request, facts) => holdForSuppression(request, facts),
    bypass: { rule: 'suppression', remains: () => undefined },
  },
  { hold: (_, request, facts) => holdForLiveCall(request, facts) },
  {
    hold: (policy, request, facts) =>
      holdForHours(request.window ?? hoursOnly(policy.window), request, facts),
    bypass: {
      rule: 'window',
      remains: (request, facts) => holdForHours({ ...request.window, ...floorHours }, request, facts),
    },
  },
  { hold: holdForBudgets, bypass: { rule: 'budget', remains: () => undefined } },
];

/**
 * The policy gate for calls that Donna dials by herself: asked last before each dial, with facts read in the transaction that
 * claims the call. Pure, and it fails closed: what cannot be judged is refused. A bypass of the window leaves the hours of
 * the floor and the call's own first and last moment.
 */
export function gateDial(policy: GatePolicy, request: GateRequest, facts: GateFacts): GateDecision {
  const bypassed: Bypassed[] = [];
  for (const { hold, bypass } of rules) {
    const held = hold(policy, request, facts);
    if (!held) continue;
    const reason = bypass && request.bypass[bypass.rule]?.trim();
    if (!bypass || !reason) return held;
    const remaining = bypass.remains(request, facts);
    if (remaining) return remaining;
    bypassed.push({ rule: bypass.rule, reason });
  }
  const cleared = facts.clearedUntilMs !== undefined && facts.nowMs < facts.clearedUntilMs;
  return policy.hook && !cleared ? { kind: 'ask-hook' } : { kind: 'pass', bypassed };
}

function holdForClock({ nowMs }: GateFacts): Held | undefined {
  if (!Number.isNaN(new Date(nowMs).getTime())) return undefined;
  return refuse('clock', 'The time is not known.', 'Set the clock of this machine.');
}

function holdForStop({ stopped, nowMs }: GateFacts): Held | undefined {
  if (!stopped) return undefined;
  const { by, reason, atMs } = stopped;
  const sentence = `${by} stopped all dialling at ${moment(atMs)}: ${reason}`;
  return { kind: 'wait', rule: 'stop', untilMs: nowMs + STOP_LOOK_MS, sentence };
}

function holdForGuard({ guard }: GatePolicy, { to, line }: GateRequest): Held | undefined {
  const refusal = guardDial(to, line, guard);
  return refusal && refuse(refusal.rule, refusal.sentence, refusal.fix);
}

function holdForAllowList({ allowList }: GatePolicy, { to }: GateRequest): Held | undefined {
  if (!allowList || allowList.includes(to.number)) return undefined;
  return refuse(
    'allow-list',
    `${to.number} is not on the list of the only numbers that are called here (DONNA_ALLOW_LIST).`,
    'Add the number to DONNA_ALLOW_LIST, or unset it where real calls are meant.',
  );
}

function holdForSuppression({ to }: GateRequest, { suppression, nowMs }: GateFacts): Held | undefined {
  if (!suppression || !isInForce(suppression, nowMs)) return undefined;
  const { reason, addedAt, addedBy } = suppression;
  return refuse(
    'suppression',
    `${to.number} is suppressed since ${moment(addedAt.getTime())}, by ${addedBy}: ${reason}.`,
    'Do not call. If it is there by mistake, take it off the list; for this one call, give a reason as bypass "suppression".',
  );
}

function holdForLiveCall({ to }: GateRequest, facts: GateFacts): Held | undefined {
  if (!facts.liveForDestination) return undefined;
  const sentence = `Another call to ${to.number} has not ended.`;
  return { kind: 'wait', rule: 'live-call', untilMs: facts.nowMs + LIVE_CALL_LOOK_MS, sentence };
}

/** A zone in the operator's window would take the place of the callee's, everywhere. */
function hoursOnly({ days, from, to }: CallingHours): CallingWindow {
  return { days, from, to };
}

function holdForHours(
  window: CallingWindow,
  { to, zones }: GateRequest,
  { nowMs }: GateFacts,
): Held | undefined {
  return holdForWindow(window, to.number, zones, nowMs);
}

function holdForBudgets(policy: GatePolicy, request: GateRequest, facts: GateFacts): Held | undefined {
  const ofKey = mergeBudgets(policy.budgetPerKey, request.keyBudget);
  return (
    holdForBudget('of all calls', policy.budgetTotal, facts.usageTotal, facts.nowMs) ??
    holdForBudget('of this key', ofKey, facts.usageOfKey, facts.nowMs)
  );
}
