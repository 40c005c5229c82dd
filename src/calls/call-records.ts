import type { CallPlan } from './call-store.ts';
import type { AttemptLife, CallLife, TimelineEntry } from './life.ts';
import type { OutcomeKind } from './outcome.ts';

/** How a call stands, in one word: the state of its latest attempt, with unknowns that wait for a person told apart. */
export const callStatuses = ['scheduled', 'dialing', 'accepted', 'unknown', 'needs-person', 'ended'] as const;
export type CallStatus = (typeof callStatuses)[number];

export function statusOf(attempt: AttemptLife): CallStatus {
  return attempt.state === 'unknown' && attempt.asked ? 'needs-person' : attempt.state;
}

/** A call as it is read: its life, all its attempts, and its plan unless the person was forgotten. */
export interface CallRecord {
  readonly life: CallLife;
  readonly status: CallStatus;
  readonly plan: CallPlan;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly endedMs: number | undefined;
  /** Number, variables and records are erased; what remains says that a call was made and how it ended. */
  readonly forgottenMs: number | undefined;
  readonly attempts: readonly RecordedAttempt[];
}

export interface RecordedAttempt {
  readonly attempt: AttemptLife;
  readonly committedMs: number | undefined;
  readonly endedMs: number | undefined;
  readonly seconds: number | undefined;
  readonly cents: number | undefined;
}

export interface CallFilter {
  readonly status?: readonly CallStatus[] | undefined;
  readonly outcome?: readonly OutcomeKind[] | undefined;
  readonly toHash?: string | undefined;
  readonly agentId?: string | undefined;
  readonly lineId?: string | undefined;
  readonly keyId?: string | undefined;
  readonly createdAfterMs?: number | undefined;
  readonly createdBeforeMs?: number | undefined;
  /** Every pair must be in the metadata of the call. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** An entry of the timeline with its number in the call, from 1. */
export interface NumberedEntry extends TimelineEntry {
  readonly seq: number;
}

/** The reading side of the calls. */
export interface CallRecords {
  /** By the id of a call, an attempt, a conversation, or a carrier's call (SID or SIP call id). */
  get(id: string): Promise<CallRecord | undefined>;
  /** Newest first. `cursor` is what the last page gave as `nextCursor`; one that is none throws `bad-input`. */
  list(
    filter: CallFilter,
    page: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<{ readonly items: readonly CallRecord[]; readonly nextCursor: string | undefined }>;
  timeline(callId: string, afterSeq: number, limit: number): Promise<readonly NumberedEntry[]>;
}
