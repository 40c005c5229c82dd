/** The front door of `calls/` for main, the CLI and users; adapters import the ports that they stand behind. */

export { type Applied, type ApplyEvent, createApplyEvent } from './apply-event.ts';
export { type AttemptRecord, attemptRecords, isOpen } from './attempt-record.ts';
export * from './call-records.ts';
export type { CallReport, SpokenTurn } from './call-report.ts';
export type { CallRequest } from './call-request.ts';
export { attemptVariable } from './call-request.ts';
export type * from './call-store.ts';
export type { Cause, Owner } from './cause.ts';
export { type ClaimSettings, createClaimPolicy, nextPaceMs } from './decide-claims.ts';
export { isFinalCarrierStatus } from './final-status.ts';
export { type CallState, createFollowCall, type FollowCallEvent, type FollowedCall } from './follow-call.ts';
export type { GuardSettings } from './guard.ts';
export type * from './idempotency.ts';
export * from './life.ts';
export { advance } from './life-cycle.ts';
export { type DiallableLine, isDiallable, type Line, type LineProvider, sameNumber } from './line.ts';
export { type Outcome, type OutcomeKind, outcomeOf } from './outcome.ts';
export { createPlaceCall, type PlaceCall, type PlaceCallEvent, type Placement } from './place-call.ts';
export type * from './ports.ts';
export { type Reconciliation, reconcileAttempt } from './reconcile.ts';
export { type OpenAttempt, reconcileOpen } from './reconcile-open.ts';
export { type Repetition, repetitionWords } from './repetition.ts';
export { defaultRetryPolicy, type RetryPolicy, retriedOutcomes } from './retry-policy.ts';
export * from './service-ports.ts';
