import type { FailureExplanation } from '../kernel/failure-explanation.ts';
import type { Outcome } from './outcome.ts';
import type { CallIds, DialReply } from './ports.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** A call as its life-cycle sees it: its plan, and the latest of its attempts. Earlier attempts have ended. */
export interface CallLife {
  readonly callId: string;
  readonly retry: RetryPolicy;
  /** After an unknown that stays unknown for the quiet period: dial again without asking a person. Off unless asked for. */
  readonly redialAfterUnknown: boolean;
  /** No attempt is dialled after this moment (milliseconds since 1970). */
  readonly deadlineMs: number;
  /** Who cancelled it: no further attempt is made, and one that runs is hung up. */
  readonly cancelledBy: string | undefined;
  readonly attempt: AttemptLife;
  /** How the call ended; set once no attempt follows by itself. */
  readonly result: Outcome | undefined;
}

interface AttemptFacts {
  readonly id: string;
  /** 1 for the first attempt of the call. */
  readonly number: number;
  /** Dials of it that surely reached nobody (429, no connection, put back); it is sent again after each. */
  readonly tries: number;
  readonly ids: CallIds;
}

export type AttemptLife =
  /** Waits for its time, for capacity, or for the gate. Nothing is on its way. */
  | (AttemptFacts & {
      readonly state: 'scheduled';
      readonly dueMs: number;
      /** The rule of the gate that postponed it last. */
      readonly heldBy: string | undefined;
    })
  /** Committed; the request leaves, has left, or died with its node. */
  | (AttemptFacts & { readonly state: 'dialing'; readonly committedMs: number })
  /** The provider has it, and its end is not known yet. */
  | (AttemptFacts & { readonly state: 'accepted'; readonly committedMs: number })
  /** Nobody knows whether a phone rang, or how it ended. `asked`: waiting taught nothing, and a person has to decide. */
  | (AttemptFacts & {
      readonly state: 'unknown';
      readonly committedMs: number;
      readonly why: string;
      readonly asked: boolean;
    })
  | (AttemptFacts & { readonly state: 'ended'; readonly outcome: Outcome });

export type AttemptState = AttemptLife['state'];

/** What the callee said about being called; it outlives the call. */
export type CalleeWish = 'asked-not-to-be-called' | 'wrong-person';

/** What can happen to the latest attempt of a call. Any of them may come at any time, twice, late, or never. */
export type LifeEvent =
  /** The claim passed the gate and commits the dial. */
  | { readonly kind: 'claimed'; readonly bypassed?: readonly { rule: string; reason: string }[] }
  | {
      readonly kind: 'gate-waits';
      readonly rule: string;
      readonly untilMs: number;
      readonly sentence: string;
    }
  | {
      readonly kind: 'gate-refused';
      readonly rule: string;
      readonly sentence: string;
      readonly fix: string;
    }
  /** The deadline passed before anything was dialled. */
  | { readonly kind: 'expired' }
  /** The request never left: the machine paused, or the node is stopping. */
  | { readonly kind: 'put-back'; readonly why: string }
  | {
      readonly kind: 'replied';
      readonly reply: DialReply;
      /** Of a request that was refused. */
      readonly explanation?: FailureExplanation | undefined;
    }
  /** The lease ran out: the node that owned the attempt is gone, or as good as gone. */
  | { readonly kind: 'taken-over'; readonly by: string }
  /** The provider or the carrier knows it, by its attempt id. */
  | { readonly kind: 'found'; readonly ids: CallIds; readonly by: 'webhook' | 'search' }
  | { readonly kind: 'progress'; readonly state: string }
  /** It is over, and the records say how. */
  | {
      readonly kind: 'finished';
      readonly outcome: Outcome;
      readonly ids: CallIds;
      readonly by: 'webhook' | 'poll' | 'search';
      readonly wish?: CalleeWish | undefined;
      readonly spent?: Spent | undefined;
    }
  /** An earlier attempt, whose fate nobody knew, reached them after all: the records of it came late. */
  | { readonly kind: 'late'; readonly attemptId: string; readonly outcome: Outcome; readonly ids: CallIds }
  /** The provider accepted it, and its records will not tell how it ended. */
  | { readonly kind: 'lost'; readonly why: string }
  /** The quiet period is over. `absent`: a look after it found no trace where a trace would be. */
  | { readonly kind: 'quiet'; readonly absent: boolean; readonly why: string }
  | { readonly kind: 'cancel'; readonly by: string }
  | { readonly kind: 'resolve'; readonly by: string; readonly decision: Resolution; readonly note: string }
  | { readonly kind: 'retry'; readonly by: string };

export interface Spent {
  readonly seconds: number;
  /** US cents, rounded up; 0 where no record names a price. */
  readonly cents: number;
}

/** What a person may decide about an unknown. `redial` starts another attempt; the rest says how it ended. */
export type Resolution = 'redial' | 'answered' | 'voicemail' | 'no-answer' | 'busy' | 'declined' | 'failed';

/** What has to happen besides the change of state; written in the same transaction where it must not be lost. */
export type LifeEffect =
  | { readonly kind: 'announce'; readonly event: CallEventName }
  | { readonly kind: 'suppress'; readonly wish: CalleeWish }
  | { readonly kind: 'spend'; readonly spent: Spent }
  /** The provider said that it has too many calls, or too many requests. */
  | { readonly kind: 'slow-down'; readonly why: 'capacity' | 'rate' }
  | { readonly kind: 'hang-up' };

/** Names of outgoing events, as users subscribe to them. */
export const callEventNames = [
  'call.dialing',
  'call.accepted',
  'call.unknown',
  'call.needs-person',
  'call.attempt-ended',
  'call.ended',
] as const;
export type CallEventName = (typeof callEventNames)[number];

/** One line of a call's timeline: what happened, to which attempt, with facts that may be shown. */
export interface TimelineEntry {
  readonly attemptId: string;
  readonly atMs: number;
  readonly kind: LifeEvent['kind'] | 'scheduled' | 'submitted' | 'ended';
  readonly data: Readonly<Record<string, unknown>>;
}

export interface LifeStep {
  /** The call afterwards, with the attempt that is now the latest. */
  readonly life: CallLife;
  /** The attempt that the event was about, afterwards. It is `life.attempt` unless another one follows. */
  readonly attempt: AttemptLife;
  readonly effects: readonly LifeEffect[];
  readonly entries: readonly TimelineEntry[];
  /** Why the event changed nothing, where somebody asked for it and has to be told. */
  readonly refused?: string;
}
