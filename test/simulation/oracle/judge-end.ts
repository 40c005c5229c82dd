import type { Outcome } from '../../../src/calls/index.ts';
import { truthOf } from '../world/phone.ts';
import { type Book, isHiddenByClock, type Request } from './book.ts';

export interface Ends {
  /** Attempts that the provider really placed. */
  readonly placed: number;
  /** Of these, with an outcome that the records told. */
  readonly byThemselves: number;
  /** Of these, with a person asked. */
  readonly byPerson: number;
  /** Of those with a person asked, where the records could not tell: nothing is kept, or it could not be read for minutes. */
  readonly untold: number;
}

/** Darkness that may last through a quiet period. */
const MINUTES_MS = 100_000;

/** Judges a run that is over, by the world's truth, and counts. */
export function judgeEnd(book: Book): Ends {
  for (const [id, { life, plan }] of book.calls) {
    const { attempt, result } = life;
    const asked = attempt.state === 'unknown' && attempt.asked;
    if (!result && !asked) book.violate(`call ${id} did not come to an end: it is ${attempt.state}`);
    if (result && attempt.state !== 'ended')
      book.violate(`call ${id} has a result while it is ${attempt.state}`);
    if (plan.metadata.intent === undefined) book.violate(`call ${id} belongs to nobody`);
  }
  const intents = [...book.calls.values()].map(({ intent }) => intent);
  if (new Set(intents).size < intents.length) book.violate('one intent became two calls');
  for (const [intent, callId] of book.acknowledged) {
    if (callId !== 'refused' && !book.calls.has(callId))
      book.violate(`the call of intent ${intent} was acknowledged and is not there`);
  }
  for (const { number } of book.scenario.intents) {
    if (!book.acknowledged.has(number)) book.violate(`intent ${number} was never acknowledged`);
  }
  let placed = 0;
  let byThemselves = 0;
  let byPerson = 0;
  let untold = 0;
  for (const [id, attempt] of book.attempts) {
    const request = book.requests.findLast((one) => one.attemptId === id && one.phone) ?? undefined;
    const { life } = attempt;
    if (life.ids.conversationId !== undefined && request?.phone?.conversationId !== life.ids.conversationId)
      book.violate(`attempt ${id} has taken a stranger's conversation ${life.ids.conversationId}`);
    const hidden = isHiddenByClock(book, attempt);
    if (life.state === 'ended' && !attempt.decidedByPerson && !hidden)
      judgeOutcome(book, id, life.outcome, request);
    if (!request) continue;
    placed += 1;
    if (attempt.asked) {
      byPerson += 1;
      if (recordsHide(book)) untold += 1;
    } else if (hidden && life.state === 'ended' && life.outcome.kind === 'unknown') untold += 1;
    else if (life.state === 'ended' && life.outcome.kind !== 'unknown') byThemselves += 1;
    else book.violate(`attempt ${id} was placed and has no outcome`);
  }
  return { placed, byThemselves, byPerson, untold };
}

function recordsHide({ scenario }: Book): boolean {
  const { world, faults } = scenario;
  return world.zeroRetention || faults.some((fault) => fault.kind === 'dark' && fault.forMs > MINUTES_MS);
}

function judgeOutcome(book: Book, id: string, outcome: Outcome, request: Request | undefined): void {
  const phone = request?.phone;
  const said = outcome.kind;
  if (!phone) {
    // It may be a policy's redial: then how it ended is not known, and rightly so.
    if (!['failed', 'cancelled', 'unknown'].includes(said))
      book.violate(`attempt ${id} is ${said}, and no phone ever rang`);
    return;
  }
  const truth: readonly string[] = phone.cancelled ? ['cancelled', 'no-answer'] : truthOf(phone);
  const blind = book.scenario.world.zeroRetention && phone.fate === 'voicemail' && said === 'answered';
  if (!truth.includes(said) && !blind)
    book.violate(`attempt ${id} is ${said}, and in truth ${truth.join('/')}`);
}
