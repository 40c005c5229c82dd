/** The front door of `calls/` for main, the CLI and users; adapters import the ports that they stand behind. */

export { type Applied, type ApplyEvent, createApplyEvent } from './apply-event.ts';
export { type AttemptRecord, attemptRecords, isOpen } from './attempt-record.ts';
export type { Budget, BudgetPart, Usage } from './budget.ts';
export * from './call-records.ts';
export type { CallReport, SpokenTurn } from './call-report.ts';
export type { CallRequest } from './call-request.ts';
export { attemptVariable } from './call-request.ts';
export type * from './call-store.ts';
export { calleeWish } from './callee-wish.ts';
export {
  type CallingHours,
  type CallingWindow,
  defaultHours,
  floorHours,
  type Weekday,
  weekdays,
} from './calling-window.ts';
export type { Cause, Owner } from './cause.ts';
export { type ClaimSettings, createClaimPolicy, nextPaceMs } from './decide-claims.ts';
export { isFinalCarrierStatus } from './final-status.ts';
export { type CallState, createFollowCall, type FollowCallEvent, type FollowedCall } from './follow-call.ts';
export type { GateFacts, GatePolicy, GateRequest } from './gate.ts';
export type { Bypassable, Bypassed, GateDecision, GateRule, HookAnswer } from './gate-decision.ts';
export type { GuardSettings } from './guard.ts';
export type * from './idempotency.ts';
export type { JobHandler, JobResult } from './job-handler.ts';
export type { Refusal } from './judge-call.ts';
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
export {
  createSubmitCall,
  type ServiceCaller,
  type ServiceCallRequest,
  type SubmitCall,
  type SubmitResult,
} from './submit-call.ts';
export {
  numberHash,
  type Suppression,
  type SuppressionReason,
  suppressionReasons,
} from './suppression.ts';
export { spentOf } from './take-in/spent-of.ts';
export { createTakeIn, type TakeIn, type TakenIn } from './take-in/take-in.ts';
export { isTimeZone } from './zone-offset.ts';
export { readZonePrefixes, type ZonePrefixes } from './zone-prefixes.ts';
export { createZonesOfNumber, isZoneOfCountry, type ZonesOfNumber } from './zones-of-number.ts';
