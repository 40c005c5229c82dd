import { statusOf } from '../../../src/calls/index.ts';
import type { Commit } from '../commits.ts';
import type { Scenario } from '../scenario.ts';
import { type Book, intentOf, isHiddenByClock, isLiveState, type KnownAttempt } from './book.ts';

/** Longest that the records may be looked at again after the quiet period, with taking over before it. */
const AND_A_MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Writes a commit down, and says what is wrong with it. */
export function createJudgeCommit(book: Book): (commit: Commit) => void {
  const claimsOfDay = new Map<string, number>();

  return (commit) => {
    const { life, attempt, plan } = commit;
    const call = book.calls.get(life.callId);
    if (call) call.life = life;
    else book.calls.set(life.callId, { intent: intentOf(commit), plan, life });
    const known = knownOf(book, life.callId, attempt.id, attempt);
    if (known.life.state === 'ended') {
      // Only a person's retry follows an end, and it leaves the attempt as it was.
      if (attempt.state !== 'ended') book.violate(`attempt ${attempt.id} goes on after its end`);
      else if (known.life !== attempt && attempt.outcome.kind !== known.life.outcome.kind)
        book.violate(`attempt ${attempt.id} has two outcomes`);
    }
    if (attempt.number < latestNumber(book, life.callId) && life.attempt.id === attempt.id)
      book.violate(`call ${life.callId} goes back to an earlier attempt`);
    if (call && life.attempt.id !== attempt.id && life.attempt.number > attempt.number + 1)
      book.violate(`call ${life.callId} leaves an attempt out`);
    if (commit.kind === 'claimed' && attempt.state === 'dialing') claimed(commit, known);
    follow(known, attempt, plan.quietMs);
    for (const entry of commit.entries) {
      if (entry.kind === 'resolve' || entry.kind === 'retry')
        knownOf(book, life.callId, entry.attemptId, attempt).decidedByPerson = true;
      if (entry.kind === 'quiet') givenUp(known, plan.quietMs, entry.data.absent === true);
    }
    known.life = attempt;
    if (life.attempt.id !== attempt.id) knownOf(book, life.callId, life.attempt.id, life.attempt);
  };

  function claimed({ judgedMs, plan, attempt }: Commit, known: KnownAttempt): void {
    if (known.life.state !== 'scheduled' && known.life !== attempt)
      book.violate(`attempt ${attempt.id} is claimed while it is ${known.life.state}`);
    known.claimedAtMs = book.sim.nowMs;
    known.judgedMs = judgedMs;
    const day = Math.floor((judgedMs ?? 0) / DAY_MS);
    const { budgetTotal, budgetPerKey } = book.scenario.settings.gate;
    spend(`all of ${day}`, budgetTotal.calls);
    spend(`${plan.keyId} of ${day}`, plan.keyBudget?.calls ?? budgetPerKey.calls);
  }

  /** The period counts watched time alone: it is never shorter in true time, and an absence that was found is true. */
  function givenUp(known: KnownAttempt, quietMs: number, absent: boolean): void {
    const { id } = known.life;
    if (book.sim.nowMs - (known.claimedAtMs ?? 0) < quietMs)
      book.violate(`attempt ${id} is given up before the quiet period is over`);
    if (
      absent &&
      !isHiddenByClock(book, known) &&
      book.requests.some(({ attemptId, phone }) => attemptId === id && phone)
    )
      book.violate(`attempt ${id} is said to be absent, and its phone rang`);
  }

  function spend(whose: string, most: number | undefined): void {
    const calls = (claimsOfDay.get(whose) ?? 0) + 1;
    claimsOfDay.set(whose, calls);
    if (most !== undefined && calls > most)
      book.violate(`the budget ${whose} is exceeded: ${calls} of ${most}`);
  }

  function follow(known: KnownAttempt, attempt: KnownAttempt['life'], quietMs: number): void {
    const nowMs = book.sim.nowMs;
    if (isLiveState(attempt)) known.liveSinceMs ??= nowMs;
    else if (known.liveSinceMs !== undefined) {
      const hurtUntilMs = Math.min(book.quietFromMs, nowMs);
      const forMs = nowMs - Math.max(known.liveSinceMs, hurtUntilMs);
      if (forMs > quietMs + AND_A_MINUTE_MS + clocksApartMs(book.scenario))
        book.violate(
          `attempt ${attempt.id} was ${statusOf(known.life)} for ${Math.round(forMs / 1000)} s in quiet`,
        );
      known.liveSinceMs = undefined;
    }
    if (attempt.state === 'unknown' && attempt.asked) known.asked = true;
  }
}

/**
 * A lease ends by the clock of whoever took it: where that clock is ahead and its node dies, the others wait that much longer. Clocks
 * that stay minutes apart hinder for as long as they do.
 */
function clocksApartMs({ faults, skewMs }: Scenario): number {
  const jumps = faults.map((fault) => (fault.kind === 'jump' ? Math.abs(fault.byMs) : 0));
  return jumps.reduce((sum, ms) => sum + ms, 0) + Math.max(...skewMs) - Math.min(...skewMs);
}

function latestNumber(book: Book, callId: string): number {
  let latest = 0;
  for (const { callId: of, life } of book.attempts.values()) {
    if (of === callId) latest = Math.max(latest, life.number);
  }
  return latest;
}

function knownOf(book: Book, callId: string, id: string, life: KnownAttempt['life']): KnownAttempt {
  const known = book.attempts.get(id);
  if (known) return known;
  const fresh: KnownAttempt = {
    callId,
    life,
    claimedAtMs: undefined,
    judgedMs: undefined,
    liveSinceMs: undefined,
    decidedByPerson: false,
    asked: false,
  };
  book.attempts.set(id, fresh);
  return fresh;
}
