/**
 * Who answers a pretend call. A callee is asked each time it may speak: it is told what it heard and what the
 * time is, and it says something, waits or hangs up. It may answer later (a promise), so that a person can be
 * one; scripted callees answer at once, and what they do is a function of what they hear alone.
 */
export interface Heard {
  /** Everything said since the call was answered, oldest first. */
  readonly turns: readonly HeardTurn[];
  /** What the agent said last; empty while it has said nothing, or when it keeps silent after a wait. */
  readonly agentSaid: string;
  /** How often this callee has spoken already. */
  readonly ownTurns: number;
  /** Wall time in milliseconds since 1970 when the agent falls silent. */
  readonly nowMs: number;
}

export interface HeardTurn {
  readonly by: 'agent' | 'callee';
  readonly text: string;
}

export type CalleeMove =
  /** Begins to speak `afterMs` after the agent falls silent (700 when not given). */
  | { readonly kind: 'says'; readonly text: string; readonly afterMs?: number }
  /** Keeps silent; the agent speaks again when its turn timeout is over. */
  | { readonly kind: 'waits' }
  /** Puts the phone down: after the agent's sentence, or in the middle of it. */
  | { readonly kind: 'hangs-up'; readonly when: 'after' | 'mid-sentence' };

/** What the phone does when it is rung. Times are milliseconds of ringing. */
export type Pickup =
  | { readonly kind: 'answers'; readonly afterMs: number; readonly machine?: boolean }
  | { readonly kind: 'busy'; readonly afterMs: number }
  | { readonly kind: 'declines'; readonly afterMs: number }
  | { readonly kind: 'rings-out' };

/** Why the carrier refuses to ring the number at all: the reply to the dial says `success: false`. */
export type DialRefusal =
  | 'invalid-number'
  | 'unverified-on-trial'
  | 'geo-permission'
  | 'blocked'
  | 'no-compliance-profile'
  | 'unavailable';

export interface Callee {
  /** Kebab-case and unique, such as `voicemail`. */
  readonly name: string;
  /** The last four digits that choose this callee, in the range 555-01xx kept for fiction. */
  readonly suffixes: readonly string[];
  readonly summary: string;
  readonly pickup: Pickup;
  readonly refusal?: DialRefusal;
  /** Absent when nobody ever speaks. */
  readonly respond?: (heard: Heard) => CalleeMove | Promise<CalleeMove>;
}

/** A callee whose moves are a function of what it heard: a call with it can be computed at once, and again. */
export interface ScriptedCallee extends Callee {
  readonly respond?: (heard: Heard) => CalleeMove;
}
