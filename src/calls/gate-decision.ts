import type { GuardRefusal } from './guard.ts';

/** What a bypass can lift. Stop, guard, allow-list, one live call a destination and the hook have none. */
export type Bypassable = 'window' | 'suppression' | 'budget';

export type GateRule =
  | 'clock'
  | 'stop'
  | GuardRefusal['rule']
  | 'allow-list'
  | 'suppression'
  | 'live-call'
  | 'window'
  | 'budget'
  /** Stated by whoever asks the hook; the gate itself only says that it is to be asked. */
  | 'hook';

export interface Bypassed {
  readonly rule: Bypassable;
  readonly reason: string;
}

/** `wait` is to be asked again at `untilMs`; `refuse` ends the call; `ask-hook` is to be asked again with the hook's word. */
export type GateDecision =
  /** `bypassed` names the rules that would have held the call, for its timeline. */
  | { readonly kind: 'pass'; readonly bypassed: readonly Bypassed[] }
  | { readonly kind: 'wait'; readonly rule: GateRule; readonly untilMs: number; readonly sentence: string }
  | { readonly kind: 'refuse'; readonly rule: GateRule; readonly sentence: string; readonly fix: string }
  | { readonly kind: 'ask-hook' };

/** What speaks against the dial. */
export type Held = Extract<GateDecision, { kind: 'wait' | 'refuse' }>;

export function refuse(rule: GateRule, sentence: string, fix: string): Held {
  return { kind: 'refuse', rule, sentence, fix };
}

/** A time as sentences of the gate state it. */
export function moment(atMs: number): string {
  const date = new Date(atMs);
  return Number.isNaN(date.getTime()) ? 'an unknown time' : date.toISOString();
}

/** The operator's word on a dial that everything else allows. Only `allowed` allows it. */
export type HookAnswer =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'no-answer'; readonly why: string };
