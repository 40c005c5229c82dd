import type { AttemptLife, CallLife, CallPlan } from '../../../src/calls/index.ts';
import type { Commit } from '../commits.ts';
import type { Scenario } from '../scenario.ts';
import type { SimClock } from '../sim-clock.ts';
import type { Phone } from '../world/phone.ts';
import type { Reception } from '../world/receive-dial.ts';

/** One request of a dial that left, as the world saw it. */
export interface Request {
  readonly attemptId: string;
  readonly callId: string;
  readonly intent: number;
  readonly to: string;
  readonly atMs: number;
  readonly phone: Phone | undefined;
  readonly means: Reception['means'];
  /** When its answer reached the process that had sent it. */
  gotMs: number | undefined;
}

/** A call as the database has committed it. */
export interface KnownCall {
  readonly intent: number;
  readonly plan: CallPlan;
  life: CallLife;
}

export interface KnownAttempt {
  readonly callId: string;
  life: AttemptLife;
  /** When it was last committed as dialing, and the wall time by which that claim judged. */
  claimedAtMs: number | undefined;
  judgedMs: number | undefined;
  /** Since when it has been live without a break. */
  liveSinceMs: number | undefined;
  /** A person, and not the records, said how it ended, or that it is to be dialled again. */
  decidedByPerson: boolean;
  /** Somebody was asked. */
  asked: boolean;
}

/** What really happened and what the database says of it: the ground on which a run is judged. */
export interface Book {
  readonly scenario: Scenario;
  readonly sim: SimClock;
  readonly requests: Request[];
  readonly calls: Map<string, KnownCall>;
  readonly attempts: Map<string, KnownAttempt>;
  readonly violations: string[];
  /** Since when all dialling has been stopped, as committed. */
  stoppedAtMs: number | undefined;
  readonly suppressedAtMs: Map<string, number>;
  /** When the hook last allowed an attempt. */
  readonly allowedAtMs: Map<string, number>;
  /** Intents whose submission was acknowledged, with the call that was named. */
  readonly acknowledged: Map<number, string>;
  /** The first moment after which nothing was hurt any more. */
  quietFromMs: number;
  violate(what: string): void;
}

export function createBook(scenario: Scenario, sim: SimClock, tell: (what: string) => void): Book {
  const violations: string[] = [];
  return {
    scenario,
    sim,
    requests: [],
    calls: new Map(),
    attempts: new Map(),
    violations,
    stoppedAtMs: undefined,
    suppressedAtMs: new Map(),
    allowedAtMs: new Map(),
    acknowledged: new Map(),
    quietFromMs: Number.POSITIVE_INFINITY,
    violate(what) {
      violations.push(what);
      tell(`VIOLATION ${what}`);
    },
  };
}

/**
 * A known limit: where the caller gave a user id of their own, the records are searched from the commit on, as the clock of its node dated it.
 * A clock that was minutes ahead hides them.
 */
export function isHiddenByClock(book: Book, attempt: KnownAttempt): boolean {
  const { judgedMs, claimedAtMs } = attempt;
  if (judgedMs === undefined || claimedAtMs === undefined) return false;
  const aheadMs = judgedMs - (book.scenario.startWallMs + claimedAtMs);
  return aheadMs > 60_000 && book.calls.get(attempt.callId)?.plan.attemptAsUserId === false;
}

export function isLiveState(attempt: AttemptLife): boolean {
  return (
    attempt.state === 'dialing' ||
    attempt.state === 'accepted' ||
    (attempt.state === 'unknown' && !attempt.asked)
  );
}

export function intentOf(commit: Pick<Commit, 'plan'>): number {
  return Number(commit.plan.metadata.intent);
}
