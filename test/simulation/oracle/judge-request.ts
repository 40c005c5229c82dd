import type { retriedOutcomes } from '../../../src/calls/index.ts';
import { isLive, truthOf } from '../world/phone.ts';
import type { World } from '../world/world.ts';
import { type Book, isHiddenByClock, type KnownAttempt, type KnownCall, type Request } from './book.ts';
import { mayBeCalled } from './hours.ts';

type RetriedOutcome = (typeof retriedOutcomes)[number];

/** A dial has to leave this soon after the commit: then nobody can have taken it over. */
const LEAVES_WITHIN_MS = 2_000;
/** A stop or a suppression that was committed this long ago holds every dial. */
const HOLDS_AFTER_MS = 2_500;
/** The hook's yes holds for ten seconds, and a dial that it allowed may wait for the line's pace. */
const HOOK_HOLDS_MS = 20_000;

/** Says what is wrong with a request at the moment at which it leaves, by what the world knows. */
export function judgeRequest(book: Book, world: World, request: Request): void {
  const call = book.calls.get(request.callId);
  const attempt = book.attempts.get(request.attemptId);
  if (!call || !attempt || attempt.claimedAtMs === undefined) {
    book.violate(`a request left for ${request.attemptId}, which was never committed as dialing`);
    return;
  }
  const earlier = book.requests.filter((one) => one !== request && one.intent === request.intent);
  for (const one of earlier) judgeBefore(book, request, one);
  const last = earlier.at(-1);
  if (last && last.attemptId !== request.attemptId) judgeFollowing(book, call, request, last);
  judgeGate(book, call, attempt, request);
  judgeRoom(book, world, request);
}

function judgeBefore(book: Book, request: Request, earlier: Request): void {
  if (earlier.callId !== request.callId) book.violate(`intent ${request.intent} is dialled by two calls`);
  if (earlier.phone && isLive(earlier.phone, request.atMs))
    book.violate(`a second phone rings for ${request.callId}: ${earlier.phone.conversationId} is not over`);
  if (earlier.attemptId === request.attemptId && !(earlier.means === 'later' && earlier.gotMs !== undefined))
    book.violate(`attempt ${request.attemptId} is sent again after a request that was ${earlier.means}`);
}

/** Whether another attempt may follow after the last request of the one before. */
function judgeFollowing(book: Book, call: KnownCall, request: Request, last: Request): void {
  const before = book.attempts.get(last.attemptId);
  // Between the two, attempts may have ended before they were dialled: a person who asked for any of them asked for this one.
  const since = [...book.attempts.values()].filter(
    ({ callId, life }) => callId === request.callId && life.number >= (before?.life.number ?? 0),
  );
  if (!before || since.some(({ decidedByPerson }) => decidedByPerson) || isHiddenByClock(book, before))
    return;
  const { number } = before.life;
  if (last.phone) {
    const kinds = truthOf(last.phone);
    const retried = kinds.filter((kind): kind is RetriedOutcome => kind in call.life.retry);
    if (retried.length > 0) judgeRetry(book, call, retried, number, request.atMs - last.phone.endMs);
    else book.violate(`${request.callId} is dialled again after ${kinds.join('/')}`);
  } else if (isTold(last) && before.life.state === 'ended' && before.life.outcome.kind === 'failed') {
    if (last.means === 'refused') book.violate(`${request.callId} is dialled again after a final refusal`);
    if (last.means === 'refused-for-now')
      judgeRetry(book, call, ['failed'], number, request.atMs - last.atMs);
  } else if (!call.life.redialAfterUnknown) {
    book.violate(`${request.callId} is dialled again after an unknown, and nobody said so`);
  } else if (request.atMs - last.atMs < call.plan.quietMs - LEAVES_WITHIN_MS) {
    // The period begins with the commit and counts watched time alone: it is never shorter in true time.
    book.violate(`${request.callId} is dialled again before the quiet period is over`);
  }
}

/** Whoever sent it knows by its answer that no phone rings. */
function isTold({ means, gotMs }: Request): boolean {
  return gotMs !== undefined && means !== 'unknown' && means !== 'accepted';
}

function judgeRetry(
  book: Book,
  call: KnownCall,
  kinds: readonly RetriedOutcome[],
  made: number,
  sinceMs: number,
): void {
  const rules = kinds.map((kind) => call.life.retry[kind]);
  if (rules.every(({ maxAttempts }) => made >= maxAttempts))
    book.violate(`${call.life.callId} is dialled more often than its retry table says`);
  const delays = rules.map(
    ({ delaysMinutes }) => delaysMinutes[Math.min(made, delaysMinutes.length) - 1] ?? 0,
  );
  const clocksAreRight = book.scenario.faults.every(({ kind }) => kind !== 'jump');
  const skewMs = Math.max(...book.scenario.skewMs) - Math.min(...book.scenario.skewMs);
  if (clocksAreRight && sinceMs + skewMs + 1_000 < Math.min(...delays) * 60_000)
    book.violate(`${call.life.callId} is dialled again sooner than its retry table says`);
}

function judgeGate(book: Book, { plan }: KnownCall, attempt: KnownAttempt, request: Request): void {
  const { atMs } = request;
  if (atMs - (attempt.claimedAtMs ?? 0) > LEAVES_WITHIN_MS)
    book.violate(`the request of ${request.attemptId} leaves more than two seconds after its commit`);
  if (book.stoppedAtMs !== undefined && atMs - book.stoppedAtMs > HOLDS_AFTER_MS)
    book.violate(`${request.attemptId} is dialled while all dialling is stopped`);
  const suppressedMs = book.suppressedAtMs.get(plan.to);
  if (suppressedMs !== undefined && atMs - suppressedMs > HOLDS_AFTER_MS && !plan.bypass.suppression)
    book.violate(`${request.attemptId} is dialled though its number is suppressed`);
  const window = plan.window ?? book.scenario.settings.gate.window;
  if (!mayBeCalled(window, plan.zones, attempt.judgedMs ?? Number.NaN))
    book.violate(`${request.attemptId} is dialled outside of its hours`);
  if (book.scenario.hook) {
    const allowedMs = book.allowedAtMs.get(request.attemptId);
    const late = allowedMs === undefined || atMs - allowedMs > HOOK_HOLDS_MS;
    const clocksAreRight = book.scenario.faults.every(({ kind }) => kind !== 'jump');
    if (allowedMs === undefined || (late && clocksAreRight))
      book.violate(`${request.attemptId} is dialled without the hook's word`);
  }
}

function judgeRoom(book: Book, world: World, request: Request): void {
  const live = world.phones.filter(
    (phone) => phone.attemptId !== undefined && isLive(phone, request.atMs) && phone !== request.phone,
  );
  if (live.some(({ to }) => to === request.to))
    book.violate(`${request.attemptId} is dialled while another call to its number is live`);
  if (live.length + 1 > book.scenario.settings.concurrency)
    book.violate(`${live.length + 1} calls at once, and ${book.scenario.settings.concurrency} are allowed`);
}
