import type { PlantedBug } from '../planted-bug.ts';
import { adoptsAStrangersCall } from './adopts-a-strangers-call.ts';
import { asksTheGateAtSubmissionOnly } from './asks-the-gate-at-submission-only.ts';
import { countsNoUnknowns } from './counts-no-unknowns.ts';
import { dialsANumberTwiceAtOnce } from './dials-a-number-twice-at-once.ts';
import { forgetsThePace } from './forgets-the-pace.ts';
import { givesAWebhookToTheWrongAttempt } from './gives-a-webhook-to-the-wrong-attempt.ts';
import { ignoresTheAgeOfTheCommit } from './ignores-the-age-of-the-commit.ts';
import { leasesWithoutFences } from './leases-without-fences.ts';
import { measuresByTheWallClock } from './measures-by-the-wall-clock.ts';
import { retriesThePostOn503 } from './retries-the-post-on-503.ts';
import { sendsAgainAfterTakeover } from './sends-again-after-takeover.ts';
import { sendsBeforeTheCommit } from './sends-before-the-commit.ts';
import { takesA5xxForRefused } from './takes-a-5xx-for-refused.ts';
import { takesAFailedLookForAbsence } from './takes-a-failed-look-for-absence.ts';
import { takesATimeoutForNotPlaced } from './takes-a-timeout-for-not-placed.ts';
import { takesEverySubmissionForNew } from './takes-every-submission-for-new.ts';

/** Each is to be found by the judge; the test of the test. */
export const plantedBugs: readonly PlantedBug[] = [
  retriesThePostOn503,
  sendsBeforeTheCommit,
  takesEverySubmissionForNew,
  leasesWithoutFences,
  adoptsAStrangersCall,
  asksTheGateAtSubmissionOnly,
  measuresByTheWallClock,
  takesATimeoutForNotPlaced,
  takesA5xxForRefused,
  takesAFailedLookForAbsence,
  sendsAgainAfterTakeover,
  countsNoUnknowns,
  givesAWebhookToTheWrongAttempt,
  dialsANumberTwiceAtOnce,
  ignoresTheAgeOfTheCommit,
  forgetsThePace,
];
